"""The whole application with its threads: from the unlock screen to the shell, locking, other looks, and ending without loss."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import client, texts
from fieldapp.gui.app import Application
from fieldapp.gui.navigation import ChangeLook
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.shell import Shell
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.style import apply_theme
from fieldapp.usecases.children import ListFilter
from tests.support.laptop import TODAY
from tests.support.profiles import PASSPHRASE, Seat, a_seat, settings_for

Start = Callable[[], Application]


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 12)


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
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fieldapp-")]


def door(application: Application) -> UnlockScreen:
    stage = application.window.stage
    assert isinstance(stage, UnlockScreen)
    return stage


def unlock(qtbot: QtBot, application: Application) -> Shell:
    with qtbot.waitSignal(application.opened, timeout=30_000) as opened:
        door(application).passphrase.setText(PASSPHRASE)
        door(application).button.click()
    assert opened.args is not None
    shell = opened.args[0]
    assert isinstance(shell, Shell)
    return shell


def test_a_computer_without_profiles_asks_for_the_first_sign_in(start: Start) -> None:
    assert isinstance(start().window.stage, SignInScreen)


def test_the_passphrase_opens_the_shell(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    shell = unlock(qtbot, application)
    assert application.window.stage is shell
    assert type(shell.current).__name__ == "TodayScreen"


def test_a_wrong_passphrase_stays_at_the_door(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    door(application).passphrase.setText("ไม่ใช่รหัสนี้")
    door(application).button.click()
    qtbot.waitUntil(door(application).message.isVisible, timeout=30_000)
    assert "ไม่ถูกต้อง" in door(application).message.text
    assert application.session is None


def test_the_store_refuses_the_windows_thread(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    unlock(qtbot, application)
    assert application.session is not None
    with pytest.raises(RuntimeError, match="window"):
        application.session.client.syncing.overview()


def test_locking_closes_everything_and_the_door_opens_again(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    shell = unlock(qtbot, application)
    with qtbot.waitSignals([application.locked, shell.destroyed], timeout=30_000):
        application.lock()
        assert isinstance(application.window.stage, UnlockScreen)
        assert application.session is None
    unlock(qtbot, application)


def test_an_idle_computer_locks_itself(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    unlock(qtbot, application)
    assert application.session is not None
    with qtbot.waitSignal(application.locked, timeout=30_000):
        application.session.idle.emit()


def test_a_key_press_begins_the_wait_anew(qtbot: QtBot, qapp: QApplication, start: Start, seat: Seat) -> None:
    application = start()
    unlock(qtbot, application)
    assert application.session is not None
    watch = application.session.watch
    watch.stop()
    press = QKeyEvent(QEvent.Type.KeyPress, 65, qapp.keyboardModifiers())
    qapp.sendEvent(application.window, press)
    assert not watch.waiting
    watch.start()
    qapp.sendEvent(application.window, press)
    assert watch.waiting


def test_another_look_is_put_on_at_once(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    shell = unlock(qtbot, application)
    with qtbot.waitSignal(application.opened):
        shell.go(ChangeLook("en", "dark"))
    assert current().name == "dark"
    assert application.shell is not None
    qtbot.waitUntil(lambda: application.shell is not None and application.shell.current.title() == "Settings")


def test_the_language_can_be_changed_at_the_door(start: Start, seat: Seat) -> None:
    application = start()
    door(application).language_wanted.emit("en")
    assert door(application).button.text() == "Unlock"


def test_closing_the_window_loses_nothing_that_was_recorded(qtbot: QtBot, start: Start, seat: Seat) -> None:
    application = start()
    unlock(qtbot, application)
    assert application.session is not None
    tools = application.session.tools

    def plan() -> None:
        row = tools.client.children.page(ListFilter(), 0, 1)[0]
        tools.client.follow_ups.plan(row.case_id, TODAY, "โทรหายาย")

    application.tasks.run(application, plan)
    application.window.close()
    application.stop()
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    assert opened.syncing.overview().unsent.total == 1
    opened.close()


def test_the_unlock_screen_needs_none_of_the_slow_libraries(seat: Seat) -> None:
    script = f"""
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from fieldapp import config
from fieldapp.gui.app import Application
qt = QApplication([])
application = Application(qt, config.load(Path({str(seat.settings.data_dir)!r})))
application.start()
qt.processEvents()
loaded = sorted({{name.partition(".")[0] for name in sys.modules}})
application.stop()
print(json.dumps([type(application.window.stage).__name__, loaded]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    stage, loaded = json.loads(done.stdout)
    assert stage == "UnlockScreen"
    slow = {"sqlalchemy", "alembic", "requests", "pydantic", "PIL", "argon2", "nacl", "sqlcipher3", "openpyxl", "babel"}
    assert slow & set(loaded) == set()
