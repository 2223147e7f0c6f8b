"""The unlock screen: whose data, right and wrong passphrases, the wait after too many tries."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp import client
from fieldapp.errors import StoreError
from fieldapp.gui.screens.unlock import ProfileTile, UnlockScreen
from tests.support.profiles import a_seat, settings_for


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> UnlockScreen:
    a_seat(tmp_path, 0, "ครูวิชัย", account="wichai")
    a_seat(tmp_path, 0, "ครูสมหญิง", account="somying")
    screen = UnlockScreen(client.list_profiles(settings_for(tmp_path)))
    qtbot.addWidget(screen)
    screen.show()
    return screen


def test_enter_asks_to_unlock_the_chosen_person(qtbot: QtBot, screen: UnlockScreen) -> None:
    tiles = screen.findChildren(ProfileTile)
    qtbot.mouseClick(tiles[1], Qt.MouseButton.LeftButton)
    screen.passphrase.setText("ข้าวเหนียว")
    with qtbot.waitSignal(screen.unlock_wanted) as wanted:
        qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert wanted.args is not None
    profile_id, passphrase = wanted.args
    chosen = next(profile for profile in screen.profiles if profile.id == profile_id)
    assert chosen.person_name in tiles[1].accessibleName()
    assert passphrase == "ข้าวเหนียว"


def test_nothing_is_asked_without_a_passphrase(qtbot: QtBot, screen: UnlockScreen) -> None:
    with qtbot.assertNotEmitted(screen.unlock_wanted):
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)


def test_a_wrong_passphrase_says_how_many_tries_are_left(screen: UnlockScreen) -> None:
    screen.passphrase.setText("ผิด")
    screen.show_error(StoreError("store.wrong_passphrase", tries_left=3, seconds=0))
    assert "รหัสผ่านประจำเครื่องไม่ถูกต้อง" in screen.message.text
    assert "3" in screen.message.text
    assert screen.button.isEnabled()
    assert screen.passphrase.selectedText()


def test_after_too_many_tries_the_wait_is_counted_down(qtbot: QtBot, screen: UnlockScreen) -> None:
    screen.show_error(StoreError("store.too_many_tries", seconds=2))
    assert "2 วินาที" in screen.message.text
    assert not screen.button.isEnabled()
    screen.second_passed()
    assert "1 วินาที" in screen.message.text
    screen.second_passed()
    assert screen.button.isEnabled()
    assert not screen.message.isVisible()


def test_while_the_key_is_derived_nothing_can_be_asked_twice(qtbot: QtBot, screen: UnlockScreen) -> None:
    screen.passphrase.setText("ข้าวเหนียว")
    screen.show_busy(True)
    with qtbot.assertNotEmitted(screen.unlock_wanted):
        qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    screen.show_busy(False)
    assert screen.button.isEnabled()


def test_the_eye_shows_what_is_typed_until_it_is_sent(qtbot: QtBot, screen: UnlockScreen) -> None:
    screen.passphrase.setText("ข้าวเหนียว")
    screen.passphrase.reveal(True)
    assert screen.passphrase.displayText() == "ข้าวเหนียว"
    qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert "ข้าว" not in screen.passphrase.displayText()
