"""The children, visit and form screens over a real store, on a window's size."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import FillForm, RecordVisit, Screen
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.gui.screens.visit.screen import VisitScreen
from tests.support.laptop import Laptop
from tests.support.qt import InlineTasks

SIZE = (1278, 708)


def settle(screen: Screen) -> None:
    """Let the screen's timers run out (those of the model, and the rest before a card is read), then let it be laid out."""
    while any(timer.isActive() for timer in screen.findChildren(QTimer)):
        QTest.qWait(1)
    # A layout that grew inside asks its surroundings in the next round.
    for _round in range(4):
        QApplication.processEvents()


def a_children_screen(qtbot: QtBot, client: Any, clock: Any) -> ChildrenScreen:
    screen = ChildrenScreen(client, InlineTasks(), ChangeFeed(), clock)
    _show(qtbot, screen)
    screen.refresh()
    settle(screen)
    return screen


def a_visit_screen(qtbot: QtBot, client: Any, clock: Any, case_id: str) -> VisitScreen:
    screen = VisitScreen(client, InlineTasks(), ChangeFeed(), clock)
    _show(qtbot, screen)
    screen.arrive(RecordVisit(case_id))
    screen.refresh()
    return screen


def a_form_screen(qtbot: QtBot, client: Any, clock: Any, destination: FillForm) -> FormScreen:
    screen = FormScreen(client, InlineTasks(), ChangeFeed(), clock)
    _show(qtbot, screen)
    screen.arrive(destination)
    screen.refresh()
    QApplication.processEvents()
    return screen


def over(laptop: Laptop) -> Any:
    """The laptop's use cases under the names by which a screen finds them at a client."""
    return laptop


def destinations(screen: Screen) -> list[Any]:
    """Where the screen asks to go, from now on."""
    asked: list[Any] = []
    screen.navigate.connect(asked.append)
    return asked


def _show(qtbot: QtBot, screen: Screen) -> None:
    qtbot.addWidget(screen)
    screen.resize(*SIZE)
    screen.show()
