"""From the first start to the list of children with nothing but what is on the screen: the real application and a real server."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.gui.app import Application
from fieldapp.gui.demo.hands import click, drop_files, write
from fieldapp.gui.screens.introduction import IntroductionScreen
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.server.people import codes
from fieldapp.wire.connection import Connection, as_file, fingerprint
from tests.support.district import engine
from tests.support.district_server import Running, running
from tests.support.profiles import settings_for

__all__ = ["engine", "running"]


@pytest.fixture
def application(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    made = Application(qapp, settings_for(tmp_path / "laptop"))
    qtbot.addWidget(made.window)
    made.start()
    yield made
    made.stop()
    made.deleteLater()
    texts.use_language("th")


def a_connection(server: Running, folder: Path) -> Path:
    hello = server.stranger().call("GET", "/hello").json()
    path = folder / "district.fieldapp"
    path.write_bytes(as_file(Connection(server.url, hello["district_name"], fingerprint(hello["signing_key"]))))
    return path


def test_a_connection_file_that_was_opened_fills_the_first_sign_in(application: Application, running: Running, tmp_path: Path) -> None:
    application.open_connection(a_connection(running, tmp_path))
    screen = application.window.stage
    assert isinstance(screen, SignInScreen)
    assert screen.where.address.text() == running.url
    (tmp_path / "other.fieldapp").write_bytes(b"not one of ours")
    application.open_connection(tmp_path / "other.fieldapp")
    screen = application.window.stage
    assert isinstance(screen, SignInScreen)
    assert "ไม่ใช่ไฟล์เชื่อมต่อ" in screen.message.text


def typed_in(qtbot: QtBot, application: Application, running: Running, folder: Path) -> SignInScreen:
    """Up to the last key of the second page, for a teacher of three children."""
    person = running.district.add_person("somying")
    running.district.add_cases(3, person)
    with running.district.engine.begin() as connection:
        code = codes.make(connection, running.district.id, [person.id], person.id, dt.datetime.now(dt.UTC))[person.id]
    screen = application.window.stage
    assert isinstance(screen, SignInScreen)
    drop_files(screen, [a_connection(running, folder)])
    write(screen.where.account, "somying")
    write(screen.where.password, code.lower())
    QTest.keyClick(screen.where.password, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.secrets.isVisible, timeout=30_000)
    for editor in (screen.secrets.own_password, screen.secrets.own_again):
        write(editor, "รหัสของฉันเอง")
    for editor in (screen.secrets.passphrase, screen.secrets.repeated):
        write(editor, "ข้าวเหนียว ส้มตำ ฝนตก")
    return screen


def test_a_file_and_the_code_of_a_slip_lead_to_the_list(qtbot: QtBot, application: Application, running: Running, tmp_path: Path) -> None:
    screen = typed_in(qtbot, application, running, tmp_path)
    QTest.keyClick(screen.secrets.repeated, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(application.window.stage, IntroductionScreen), timeout=30_000)
    introduction = application.window.stage
    assert isinstance(introduction, IntroductionScreen)
    with qtbot.waitSignal(application.opened, timeout=30_000):
        click(introduction.skip)
    assert application.shell is not None
    children = application.shell.current
    assert type(children).__name__ == "ChildrenScreen"
    qtbot.waitUntil(lambda: children.list.model.rowCount() == 3, timeout=30_000)  # type: ignore[attr-defined]


def test_a_download_that_is_cancelled_never_says_that_the_children_are_here(
    qtbot: QtBot, application: Application, running: Running, tmp_path: Path
) -> None:
    screen = typed_in(qtbot, application, running, tmp_path)
    QTest.keyClick(screen.secrets.repeated, Qt.Key.Key_Return)
    screen.progress.cancelled.emit()
    assert "กำลังยกเลิก" in " ".join(label.text() for label in screen.progress.findChildren(QLabel))
    qtbot.waitUntil(lambda: application.shell is not None, timeout=30_000)
    assert application.shell is not None
    assert type(application.shell.current).__name__ == "SyncScreen"
    assert "ข้อมูลเด็กยังไม่ครบ" in application.shell.message.text


def test_a_used_code_is_told_where_it_was_typed(qtbot: QtBot, application: Application, running: Running) -> None:
    person = running.district.add_person("somying")
    with running.district.engine.begin() as connection:
        code = codes.make(connection, running.district.id, [person.id], person.id, dt.datetime.now(dt.UTC))[person.id]
    running.stranger().call("POST", "/session/password", json={"account": "somying", "code": code, "password": "รหัสของคนอื่น"})
    screen = application.window.stage
    assert isinstance(screen, SignInScreen)
    for editor, text in ((screen.where.address, running.url), (screen.where.account, "somying"), (screen.where.password, code)):
        write(editor, text)
    click(screen.button)
    qtbot.waitUntil(screen.message.isVisible, timeout=30_000)
    assert "ถูกใช้ไปแล้ว" in screen.message.text
    assert screen.where.isVisible()
    assert screen.where.password.hasFocus()
