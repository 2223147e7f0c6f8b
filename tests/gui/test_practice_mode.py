"""Practice in the running application: entered from three places, plainly marked, and gone without a trace when it is left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp import client, texts
from fieldapp.gui.app import Application
from fieldapp.gui.navigation import OpenHelp, OpenSettings
from fieldapp.gui.practice_band import PracticeBand
from fieldapp.gui.screens.help.screen import HelpScreen
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.shell import Shell
from fieldapp.gui.theme.style import apply_theme
from fieldapp.usecases.children import ListFilter
from tests.support.profiles import PASSPHRASE, a_seat, settings_for
from tests.support.qt import tap

Start = Callable[[], Application]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    running: list[Application] = []

    def begin() -> Application:
        application = Application(qapp, settings_for(tmp_path))
        qtbot.addWidget(application.window)
        running.append(application)
        application.start()
        return application

    yield begin
    for application in running:
        application.stop()
        application.deleteLater()
    texts.use_language("th")
    apply_theme(qapp, "light")


def practising(qtbot: QtBot, application: Application, enter: Callable[[], object]) -> Shell:
    with qtbot.waitSignal(application.opened, timeout=30_000) as opened:
        enter()
    assert opened.args is not None
    assert application.session is not None
    assert application.session.client.is_practice
    return opened.args[0]


def left(tmp_path: Path) -> list[Path]:
    home = tmp_path / "practice"
    return list(home.iterdir()) if home.is_dir() else []


def test_who_has_never_signed_in_can_practise_and_comes_back_to_the_same_door(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    application = start()
    door = application.window.stage
    assert isinstance(door, SignInScreen)
    shell = practising(qtbot, application, door.practise.click)
    assert shell.findChild(PracticeBand).isVisible()
    assert len(left(tmp_path)) == 1
    with qtbot.waitSignal(application.locked, timeout=30_000):
        QTest.keyClick(shell, Qt.Key.Key_F8)
    assert isinstance(application.window.stage, SignInScreen)
    assert left(tmp_path) == []
    assert client.list_profiles(settings_for(tmp_path)) == ()


def test_from_help_the_real_profile_is_closed_first_and_one_tap_leads_out(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    a_seat(tmp_path, 3)
    application = start()
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    with qtbot.waitSignal(application.opened, timeout=30_000):
        door.passphrase.setText(PASSPHRASE)
        door.button.click()
    assert application.shell is not None
    assert application.shell.findChild(PracticeBand) is None
    application.shell.go(OpenHelp())
    page = application.shell.current
    assert isinstance(page, HelpScreen)
    shell = practising(qtbot, application, page.practise.click)
    with qtbot.waitSignal(application.locked, timeout=30_000):
        tap(shell.findChild(PracticeBand).findChild(QPushButton))
    assert isinstance(application.window.stage, UnlockScreen)
    assert left(tmp_path) == []


def test_closing_the_window_while_practising_leaves_nothing(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    application = start()
    practising(qtbot, application, application.window.stage.practise.click)  # type: ignore[union-attr]
    application.stop()
    assert left(tmp_path) == []


def test_what_a_killed_program_left_goes_and_what_another_window_practises_with_stays(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    (tmp_path / "practice" / "killed").mkdir(parents=True)
    opened = client.practise(settings, "th")
    client.forget_practice(settings)
    assert left(tmp_path) == [opened.folder]
    assert opened.children.count(ListFilter()) > 10
    opened.close()
    assert left(tmp_path) == []


def test_practice_offers_no_passphrase_to_change(qtbot: QtBot, start: Start) -> None:
    application = start()
    shell = practising(qtbot, application, application.window.stage.practise.click)  # type: ignore[union-attr]
    shell.go(OpenSettings())
    qtbot.waitUntil(lambda: shell.current.layout() is not None, timeout=10_000)
    assert not any(type(each).__name__ in ("PassphraseCard", "PinCard") for each in shell.current.findChildren(object))
