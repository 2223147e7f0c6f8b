"""A damaged file: the person sees which backups there are and has one restored with three clicks."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import client
from fieldapp.gui.app import Application
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.care_cards import CareCard, LockCard
from fieldapp.gui.screens.repair import RepairScreen
from fieldapp.gui.screens.settings import SettingsScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.widgets.text import Text
from fieldapp.store import backups
from fieldapp.store.carry_over import Carried
from fieldapp.store.profiles import profile_dir
from fieldapp.usecases.repair import BackupView, Damage
from tests.support.profiles import PASSPHRASE, Seat, a_seat, settings_for
from tests.support.qt import InlineTasks, shot

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
BACKUPS = tuple(
    BackupView(number, NOW - dt.timedelta(days=number, hours=4), None if number == 2 else 37, None if number == 2 else number)
    for number in range(4)
)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 200)


@pytest.fixture
def application(qapp: QApplication, qtbot: QtBot, tmp_path: Path, seat: Seat) -> Iterator[Application]:
    application = Application(qapp, settings_for(tmp_path))
    qtbot.addWidget(application.window)
    application.start()
    yield application
    application.stop()
    application.deleteLater()


def test_the_backups_are_listed_and_a_third_click_restores(qtbot: QtBot) -> None:
    screen = RepairScreen(Damage(records=True, photos=False, backups=BACKUPS, can_begin_anew=True), NOW)
    qtbot.addWidget(screen)
    shot(screen, "repair-choose")
    words = " ".join(text.text() for text in screen.findChildren(Text))
    assert "เด็ก 37 คน" in words or "37" in words
    assert not screen.choice.button(2).isEnabled()
    screen.choice.button(1).click()
    screen.button.click()
    shot(screen, "repair-confirm")
    with qtbot.waitSignal(screen.restore_wanted) as wanted:
        screen.button.click()
    assert wanted.args == [1]
    screen.show_done(Carried(3, 3, 1))
    shot(screen, "repair-done")
    with qtbot.waitSignal(screen.unlock_wanted):
        screen.button.click()


def test_without_any_readable_backup_nothing_can_be_pressed(qtbot: QtBot) -> None:
    screen = RepairScreen(Damage(records=True, photos=False, backups=BACKUPS[2:3], can_begin_anew=False), NOW)
    qtbot.addWidget(screen)
    shot(screen, "repair-nothing")
    assert not screen.button.isEnabled()


def test_damage_found_at_unlock_leads_to_the_backups_and_back_to_the_children(qtbot: QtBot, application: Application, seat: Seat) -> None:
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    assert opened.care.look_after()
    opened.close()
    folder = profile_dir(seat.settings.data_dir, seat.profile.id)
    assert len(backups.backups(folder)) == 1
    with (folder / "records.db").open("r+b") as file:
        file.write(b"\x55" * 400)
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    door.passphrase.setText(PASSPHRASE)
    door.button.click()
    qtbot.waitUntil(lambda: isinstance(application.window.stage, RepairScreen), timeout=30_000)
    repair = application.window.stage
    assert isinstance(repair, RepairScreen)
    repair.button.click()
    repair.button.click()
    qtbot.waitUntil(lambda: repair.heading.text() == "กู้คืนข้อมูลแล้ว", timeout=30_000)
    repair.button.click()
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    with qtbot.waitSignal(application.opened, timeout=30_000):
        door.passphrase.setText(PASSPHRASE)
        door.button.click()
    assert application.session is not None


def test_the_settings_tell_how_the_laptop_stands_and_keep_when_it_locks(qtbot: QtBot, seat: Seat) -> None:
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    opened.care.look_after()
    screen = SettingsScreen(opened, InlineTasks(), ChangeFeed(), client.local_now)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.refresh()
    shot(screen, "settings-care")
    lock, care = screen.findChild(LockCard), screen.findChild(CareCard)
    assert isinstance(lock, LockCard) and isinstance(care, CareCard)
    assert lock.choice.checkedId() == 10
    lock.choice.button(5).click()
    assert opened.preferences.lock_minutes() == 5
    assert "มีข้อมูลสำรอง 1 ชุด" in " ".join(text.text() for text in care.findChildren(Text))
    opened.close()
