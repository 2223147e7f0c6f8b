"""One key hides everything behind a clock, and what was there comes back as it was. The whole application, with its threads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldapp import client, texts
from fieldapp.domain.visit import Met
from fieldapp.gui.app import Application
from fieldapp.gui.hiding.button import HideButton
from fieldapp.gui.hiding.cover import Cover
from fieldapp.gui.navigation import OpenChild, OpenChildren, RecordVisit
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.screens.visit.urgent import UrgentDialog
from fieldapp.gui.shell import Shell
from fieldapp.gui.theme.style import apply_theme
from fieldapp.usecases.children import ChildRow, ListFilter
from tests.support.in_sight import words_a_screen_reader_finds, words_in_sight
from tests.support.profiles import PASSPHRASE, Seat, a_seat, settings_for
from tests.support.qt import tap, type_text

# Of the app's own words, those that tell what it is for.
TELLING = ("น้อง", "เด็ก", "เยี่ยม", "โรงเรียน", "ครู", "fieldapp", "child", "school")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 12)


@pytest.fixture
def application(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seat: Seat) -> Iterator[Application]:
    application = Application(qapp, settings_for(tmp_path))
    qtbot.addWidget(application.window)
    application.start()
    unlock(qtbot, application)
    yield application
    application.stop()
    application.deleteLater()
    texts.use_language("th")
    apply_theme(qapp, "light")


@pytest.fixture
def row(qtbot: QtBot, application: Application) -> ChildRow:
    return on_the_lane(qtbot, application, lambda opened: opened.children.page(ListFilter(), 0, 1)[0])


def unlock(qtbot: QtBot, application: Application) -> None:
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    with qtbot.waitSignal(application.opened, timeout=30_000):
        door.passphrase.setText(PASSPHRASE)
        door.button.click()


def on_the_lane(qtbot: QtBot, application: Application, work: Callable[[client.Client], object]) -> object:
    answers: list[object] = []
    assert application.session is not None
    opened = application.session.client
    application.tasks.run(application, lambda: work(opened), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def hide(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_F9)


def cover_of(application: Application) -> Cover:
    cover = application.hiding.curtain.cover
    assert cover is not None
    return cover


def bring_back(qtbot: QtBot, application: Application, secret: str = PASSPHRASE) -> None:
    cover = cover_of(application)
    tap(cover)
    type_text(cover.field, secret)
    with qtbot.waitSignal(application.hiding.curtain.lifted, timeout=30_000):
        QTest.keyClick(cover.field, Qt.Key.Key_Return)


def shell_of(application: Application) -> Shell:
    assert application.shell is not None
    return application.shell


def visit_page(qtbot: QtBot, application: Application, row: ChildRow) -> VisitScreen:
    shell_of(application).go(RecordVisit(row.case_id))
    screen = shell_of(application).current
    assert isinstance(screen, VisitScreen)
    qtbot.waitUntil(lambda: screen.visit is not None, timeout=10_000)
    return screen


@pytest.mark.parametrize("place", ["today", "children", "card", "visit", "dialog"])
def test_no_name_is_left_in_sight_or_for_a_screen_reader(qtbot: QtBot, application: Application, row: ChildRow, place: str) -> None:
    shell = shell_of(application)
    from_where: QWidget = application.window
    if place == "children":
        shell.go(OpenChildren(row.given_name))
    elif place == "card":
        shell.go(OpenChild(row.case_id))
        qtbot.waitUntil(lambda: row.given_name in words_in_sight(), timeout=10_000)
    elif place in ("visit", "dialog"):
        screen = visit_page(qtbot, application, row)
        assert row.given_name in words_in_sight()
        assert row.given_name in words_a_screen_reader_finds()
        if place == "dialog":
            tap(screen.page.foot.urgent)
            dialog = screen.findChild(UrgentDialog)
            assert dialog is not None
            dialog.note.setPlainText(f"{row.given_name} ถูกตี")
            from_where = dialog.note
    hide(from_where)
    known = (row.given_name, row.family_name, row.village, "สมหญิง", *TELLING)
    for found in (words_in_sight(), words_a_screen_reader_finds()):
        assert [word for word in known if word in found] == []
        assert found.strip()


def test_a_half_typed_visit_comes_back_as_it_was(qtbot: QtBot, application: Application, row: ChildRow) -> None:
    screen = visit_page(qtbot, application, row)
    tap(screen.page.met.grid.tile(Met.CHILD))
    tap(screen.page.foot.urgent)
    dialog = screen.findChild(UrgentDialog)
    assert dialog is not None
    dialog.note.setFocus()
    type_text(dialog.note, "แขนมีรอยช้ำ แล")
    hide(dialog.note)
    assert not dialog.isVisible()
    assert not screen.isVisible()
    # What was answered is on the disk before anybody brings it back.
    saved = on_the_lane(qtbot, application, lambda opened: opened.visits.draft(row.case_id))
    assert saved.visit == screen.visit  # type: ignore[attr-defined]
    assert Met.CHILD in saved.visit.met  # type: ignore[attr-defined]
    bring_back(qtbot, application)
    assert shell_of(application).current is screen
    assert screen.isVisible()
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.note.toPlainText() == "แขนมีรอยช้ำ แล"
    type_text(dialog.note, "ะขา")
    assert dialog.note.toPlainText() == "แขนมีรอยช้ำ และขา"
    assert screen.page.met.grid.tile(Met.CHILD).isChecked()


def test_the_top_bar_and_every_dialog_have_a_target_for_a_finger(qtbot: QtBot, application: Application, row: ChildRow) -> None:
    shell = shell_of(application)
    assert min(shell.top_bar.hiding.width(), shell.top_bar.hiding.height()) >= 40
    tap(shell.top_bar.hiding)
    bring_back(qtbot, application)
    screen = visit_page(qtbot, application, row)
    tap(screen.page.foot.urgent)
    dialog = screen.findChild(UrgentDialog)
    assert dialog is not None
    button = dialog.findChild(HideButton)
    assert button is not None
    tap(button)
    assert not dialog.isVisible()
    bring_back(qtbot, application)
    assert dialog.isVisible()
    covered = [child for child in dialog.findChildren(QWidget) if child is not button and child.geometry().intersects(button.geometry())]
    assert [child for child in covered if child.parentWidget() is dialog] == []


def test_what_opens_behind_the_curtain_waits_for_the_person(qtbot: QtBot, application: Application, row: ChildRow) -> None:
    hide(application.window)
    dialog = QDialog(shell_of(application))
    QPlainTextEdit(row.given_name, dialog)
    dialog.open()
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    bring_back(qtbot, application)
    assert dialog.isVisible()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def test_a_pin_brings_it_back_and_after_five_wrong_ones_only_the_passphrase(qtbot: QtBot, application: Application) -> None:
    on_the_lane(qtbot, application, lambda opened: opened.preferences.set_pin("4711", PASSPHRASE))
    hide(application.window)
    bring_back(qtbot, application, "4711")
    hide(application.window)
    cover = cover_of(application)
    for _try in range(5):
        wrong(qtbot, cover, "0000")
    assert "รหัสผ่าน" in cover.said
    wrong(qtbot, cover, "4711")
    assert application.hiding.curtain.cover is cover
    bring_back(qtbot, application)
    hide(application.window)
    bring_back(qtbot, application, "4711")


def test_wrong_passphrases_have_to_wait_as_at_the_door(qtbot: QtBot, application: Application) -> None:
    hide(application.window)
    cover = cover_of(application)
    for _try in range(5):
        wrong(qtbot, cover, "ไม่ใช่รหัสนี้")
    assert not cover.button.isEnabled()
    assert "30" in cover.said
    for _second in range(30):
        cover.second_passed()
    assert cover.button.isEnabled()


def wrong(qtbot: QtBot, cover: Cover, secret: str) -> None:
    cover.ask()
    type_text(cover.field, secret)
    QTest.keyClick(cover.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not cover.field.isReadOnly(), timeout=30_000)
    assert cover.said
    assert cover.field.text() == ""


def test_the_laptop_locks_itself_behind_the_curtain(qtbot: QtBot, application: Application, row: ChildRow) -> None:
    screen = visit_page(qtbot, application, row)
    tap(screen.page.foot.urgent)
    dialog = screen.findChild(UrgentDialog)
    assert dialog is not None
    hide(application.window)
    assert application.session is not None
    with qtbot.waitSignals([application.locked, screen.destroyed, dialog.destroyed], timeout=30_000):
        application.session.idle.emit()
    assert application.session is None
    cover = cover_of(application)
    assert cover.isVisible()
    assert [word for word in ("สมหญิง", *TELLING) if word in words_in_sight()] == []
    wrong(qtbot, cover, "ไม่ใช่รหัสนี้")
    with qtbot.waitSignal(application.opened, timeout=30_000):
        type_text(cover.field, PASSPHRASE)
        QTest.keyClick(cover.field, Qt.Key.Key_Return)
    assert application.hiding.curtain.cover is None
    assert application.window.stage is application.shell
    assert shell_of(application).isVisible()


def test_a_dialog_of_the_window_does_not_outlive_the_lock(qtbot: QtBot, application: Application, row: ChildRow) -> None:
    dialog = QDialog(application.window)
    dialog.setWindowTitle(row.given_name)
    dialog.open()
    with qtbot.waitSignal(application.locked, timeout=30_000):
        application.lock()
    assert row.given_name not in words_in_sight()


def test_at_the_door_there_is_nothing_to_hide(qtbot: QtBot, application: Application) -> None:
    with qtbot.waitSignal(application.locked, timeout=30_000):
        application.lock()
    hide(application.window)
    assert application.hiding.curtain.cover is None
    assert isinstance(application.window.stage, UnlockScreen)
