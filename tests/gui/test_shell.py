"""The shell: rail, keys, search, what waits, and the way back; with real screens over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import client
from fieldapp.client import Client
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.errors import Offline, SignInNeeded, StoreError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import (
    SCREENS,
    ChangeLook,
    GoBack,
    OpenAbout,
    OpenChildren,
    OpenHelp,
    OpenSettings,
    OpenSync,
    OpenToday,
    RecordVisit,
    Tools,
    entry_for,
)
from fieldapp.gui.shell import Shell
from fieldapp.gui.sync_runner import SyncRunner
from tests.support.laptop import TODAY
from tests.support.profiles import PASSPHRASE, a_seat
from tests.support.qt import InlineTasks


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Client]:
    seat = a_seat(tmp_path, 12)
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def tools(qapp: QApplication, opened: Client) -> Tools:
    tasks, changes = InlineTasks(), ChangeFeed()
    runner = SyncRunner(opened, tasks, changes)  # type: ignore[arg-type]
    return Tools(opened, tasks, changes, client.local_now, runner)  # type: ignore[arg-type]


@pytest.fixture
def shell(qtbot: QtBot, tools: Tools) -> Shell:
    shell = Shell(tools)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    qtbot.waitExposed(shell)
    QApplication.processEvents()
    return shell


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.key)
def test_every_screen_is_built_and_has_a_title(tools: Tools, qtbot: QtBot, entry: object) -> None:
    screen = entry.factory(tools)  # type: ignore[attr-defined]
    qtbot.addWidget(screen)
    if entry.key == "visit":  # type: ignore[attr-defined]
        row = tools.client.children.page(client_filter(), 0, 1)[0]
        screen.arrive(RecordVisit(row.case_id))
    screen.refresh()
    assert screen.title()


def client_filter() -> object:
    from fieldapp.usecases.children import ListFilter

    return ListFilter()


def test_the_rail_leads_to_its_screens(qtbot: QtBot, shell: Shell) -> None:
    for entry in SCREENS:
        if entry.icon:
            qtbot.mouseClick(shell.rail.button(entry.key), Qt.MouseButton.LeftButton)
            assert shell.rail.button(entry.key).isChecked()
            assert type(shell.current).__name__.lower().startswith(entry.key)


def test_ctrl_and_a_number_lead_to_the_screens_in_their_order(qtbot: QtBot, shell: Shell) -> None:
    shell.activateWindow()
    names = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(shell, key, Qt.KeyboardModifier.ControlModifier)
        names.append(type(shell.current).__name__)
    assert names == ["ChildrenScreen", "SyncScreen", "TodayScreen"]


def test_going_back_leads_where_the_person_came_from(shell: Shell) -> None:
    shell.go(OpenSettings())
    shell.go(OpenAbout())
    shell.go(GoBack())
    assert type(shell.current).__name__ == "SettingsScreen"
    shell.go(GoBack())
    assert type(shell.current).__name__ == "TodayScreen"
    shell.go(GoBack())
    assert type(shell.current).__name__ == "TodayScreen"


def test_typing_into_the_search_leads_to_the_children_and_searches_them(qtbot: QtBot, shell: Shell) -> None:
    shell.activateWindow()
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.top_bar.search.hasFocus()
    qtbot.keyClicks(shell.top_bar.search, "46")
    assert type(shell.current).__name__ == "ChildrenScreen"
    assert shell.top_bar.search.text() == "46"
    assert shell.top_bar.search.hasFocus()


def test_arriving_with_a_text_shows_it_in_the_search_and_leaving_clears_it(shell: Shell) -> None:
    shell.go(OpenChildren("กมลชนก"))
    assert shell.top_bar.search.text() == "กมลชนก"
    shell.go(OpenToday())
    assert shell.top_bar.search.text() == ""


def test_what_waits_to_be_sent_is_counted_in_the_rail_and_the_bar(qtbot: QtBot, shell: Shell, tools: Tools) -> None:
    assert not shell.top_bar.unsent.isVisible()
    row = tools.client.children.page(client_filter(), 0, 1)[0]  # type: ignore[arg-type]
    tools.changes.publish(tools.client.follow_ups.plan(row.case_id, TODAY, "โทรหายาย"))
    qtbot.waitUntil(shell.top_bar.unsent.isVisible)
    assert shell.top_bar.unsent.text() == "รอส่ง 1 รายการ"
    assert shell.rail.button("sync").accessibleDescription() == "รออยู่ 1 รายการ"
    assert FollowUpState.OPEN in {follow_up.state for follow_up in tools.client.children.card(row.case_id).follow_ups}


def test_an_error_that_nobody_handled_is_told_and_can_be_closed(qtbot: QtBot, shell: Shell, tools: Tools) -> None:
    tools.tasks.unhandled.emit(StoreError("store.disk_full"))
    assert "พื้นที่ในเครื่องเต็ม" in shell.message.text
    assert shell.message.isVisible()
    shell.message.acted.emit()
    assert not shell.message.isVisible()


def test_being_offline_is_not_an_error_of_the_window(shell: Shell, tools: Tools) -> None:
    tools.sync.finished.emit(None, Offline())
    assert not shell.message.isVisible()


def test_an_error_of_the_sync_is_told_once(shell: Shell, tools: Tools) -> None:
    tools.sync.finished.emit(None, SignInNeeded("sign_in.account_closed"))
    assert "บัญชีของท่านถูกปิด" in shell.message.text
    shell.go(OpenSync())
    tools.sync.finished.emit(None, SignInNeeded("sign_in.account_closed"))
    assert not shell.message.isVisible()


def test_another_look_is_the_applications_business(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.look_wanted) as wanted:
        shell.current.navigate.emit(ChangeLook("en", "dark"))
    assert wanted.args == [ChangeLook("en", "dark")]


def test_ctrl_l_asks_to_lock(qtbot: QtBot, shell: Shell) -> None:
    shell.activateWindow()
    with qtbot.waitSignal(shell.lock_wanted):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("destination", [OpenToday(), OpenSync(), OpenHelp("x"), RecordVisit("c")])
def test_every_destination_has_a_screen(destination: object) -> None:
    assert isinstance(destination, entry_for(destination).destinations)  # type: ignore[arg-type]


def test_the_window_fits_a_small_laptop_at_125_percent(shell: Shell) -> None:
    shell.resize(1093, 614)
    QApplication.processEvents()
    assert shell.width() == 1093
    assert shell.minimumSizeHint().width() <= 1093
    assert shell.top_bar.last_sync.geometry().right() <= shell.top_bar.width()
