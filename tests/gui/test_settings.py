"""Settings and about: what is chosen is kept, and the passphrase really changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import client
from fieldapp.client import Client
from fieldapp.errors import StoreError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import ChangeLook, OpenAbout
from fieldapp.gui.screens.about import LIBRARIES, AboutScreen
from fieldapp.gui.screens.originals_card import OriginalsCard
from fieldapp.gui.screens.pin_card import PinCard
from fieldapp.gui.screens.settings import PassphraseCard, SettingsScreen
from fieldapp.gui.screens.stamp_card import StampCard
from fieldapp.gui.widgets.text import Text
from fieldapp.usecases.originals import USUAL_ORIGINAL_DAYS
from tests.support.profiles import PASSPHRASE, Seat, a_seat
from tests.support.qt import InlineTasks


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 0)


@pytest.fixture
def opened(seat: Seat) -> Iterator[Client]:
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, opened: Client) -> SettingsScreen:
    screen = SettingsScreen(opened, InlineTasks(), ChangeFeed(), client.local_now)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.refresh()
    screen.show()
    return screen


def change(screen: SettingsScreen, old: str, new: str, again: str) -> PassphraseCard:
    card = screen.findChild(PassphraseCard)
    assert card is not None
    card.old.setText(old)
    card.new.setText(new)
    card.repeated.setText(again)
    card.button.click()
    return card


def test_another_language_is_kept_and_asked_for(qtbot: QtBot, screen: SettingsScreen, seat: Seat) -> None:
    english = next(chip for chip in screen.languages.buttons() if chip.text() == "English")
    with qtbot.waitSignal(screen.navigate) as wanted:
        qtbot.mouseClick(english, Qt.MouseButton.LeftButton)
    assert wanted.args == [ChangeLook("en", "light")]
    assert client.list_profiles(seat.settings)[0].language == "en"


def test_the_dark_look_is_kept_and_asked_for(qtbot: QtBot, screen: SettingsScreen, seat: Seat) -> None:
    dark = next(chip for chip in screen.themes.buttons() if chip.text() == "มืด")
    with qtbot.waitSignal(screen.navigate) as wanted:
        qtbot.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert wanted.args == [ChangeLook("th", "dark")]
    assert client.list_profiles(seat.settings)[0].theme == "dark"


def test_the_new_passphrase_opens_and_the_old_one_no_longer(screen: SettingsScreen, opened: Client, seat: Seat) -> None:
    card = change(screen, PASSPHRASE, "มะม่วงน้ำปลาหวาน", "มะม่วงน้ำปลาหวาน")
    assert "เปลี่ยนรหัสผ่านแล้ว" in card.message.text
    assert card.new.text() == ""
    opened.close()
    with pytest.raises(StoreError, match="wrong_passphrase"):
        client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    client.unlock(seat.settings, seat.profile.id, "มะม่วงน้ำปลาหวาน").close()


def test_a_wrong_present_passphrase_is_told_at_its_field(screen: SettingsScreen) -> None:
    card = change(screen, "ไม่ใช่รหัสนี้", "มะม่วงน้ำปลาหวาน", "มะม่วงน้ำปลาหวาน")
    assert any(label.plain == "ไม่ใช่รหัสผ่านปัจจุบัน" for label in card.findChildren(Text) if label.isVisible())
    assert card.button.isEnabled()


def test_two_different_new_passphrases_change_nothing(screen: SettingsScreen, opened: Client, seat: Seat) -> None:
    change(screen, PASSPHRASE, "มะม่วงน้ำปลาหวาน", "มะม่วงน้ำปลา")
    opened.close()
    client.unlock(seat.settings, seat.profile.id, PASSPHRASE).close()


def test_settings_lead_to_about(qtbot: QtBot, screen: SettingsScreen) -> None:
    with qtbot.waitSignal(screen.navigate) as wanted:
        screen.about.click()
    assert wanted.args == [OpenAbout()]


def test_about_names_the_district_the_folder_and_every_library(qtbot: QtBot, opened: Client) -> None:
    screen = AboutScreen(opened, InlineTasks(), ChangeFeed(), client.local_now)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.refresh()
    shown = {label.text() for label in screen.findChildren(QLabel)}
    assert opened.profile.district_name in shown
    assert str(opened.folder) in shown
    assert {name for name, _licence in LIBRARIES} <= shown


def set_pin(screen: SettingsScreen, passphrase: str, pin: str) -> PinCard:
    card = screen.findChild(PinCard)
    assert card is not None
    card.passphrase.setText(passphrase)
    card.pin.setText(pin)
    card.button.click()
    return card


def test_a_pin_is_set_with_the_passphrase_and_taken_away_again(screen: SettingsScreen, opened: Client) -> None:
    card = set_pin(screen, PASSPHRASE, "4711")
    assert "ตั้ง PIN แล้ว" in card.message.text
    opened.preferences.admit("4711")
    card.passphrase.setText(PASSPHRASE)
    card.away.click()
    assert not opened.preferences.has_pin()
    with pytest.raises(StoreError, match="wrong_passphrase"):
        opened.preferences.admit("4711")


@pytest.mark.parametrize(("passphrase", "pin"), [("ไม่ใช่รหัสนี้", "4711"), ("", "4711"), (PASSPHRASE, "471")])
def test_without_the_passphrase_or_too_short_there_is_no_pin(screen: SettingsScreen, opened: Client, passphrase: str, pin: str) -> None:
    set_pin(screen, passphrase, pin)
    assert not opened.preferences.has_pin()


def test_how_long_originals_stay_is_chosen_and_kept(qtbot: QtBot, screen: SettingsScreen, opened: Client) -> None:
    card = screen.findChild(OriginalsCard)
    assert card is not None
    assert card.choice.checkedId() == USUAL_ORIGINAL_DAYS
    qtbot.mouseClick(card.choice.button(0), Qt.MouseButton.LeftButton)
    assert opened.originals.days() == 0


def test_the_stamp_on_photos_is_off_until_it_is_chosen(qtbot: QtBot, screen: SettingsScreen, opened: Client) -> None:
    card = screen.findChild(StampCard)
    assert card is not None
    assert card.choice.checkedId() == 0
    qtbot.mouseClick(card.choice.button(1), Qt.MouseButton.LeftButton)
    assert opened.preferences.stamps_photos()
