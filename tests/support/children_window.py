"""The children and visit screens over a real store, on a window's size."""

from typing import Any

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import RecordVisit, Screen
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.visit.screen import VisitScreen
from tests.support.laptop import Laptop
from tests.support.qt import InlineTasks

SIZE = (1278, 708)


def settle() -> None:
    """Let zero timers and the rest before a card is read run out."""
    QTest.qWait(90)


def a_children_screen(qtbot: QtBot, client: Any, clock: Any) -> ChildrenScreen:
    screen = ChildrenScreen(client, InlineTasks(), ChangeFeed(), clock)
    _show(qtbot, screen)
    screen.refresh()
    settle()
    return screen


def a_visit_screen(qtbot: QtBot, client: Any, clock: Any, case_id: str) -> VisitScreen:
    screen = VisitScreen(client, InlineTasks(), ChangeFeed(), clock)
    _show(qtbot, screen)
    screen.arrive(RecordVisit(case_id))
    screen.refresh()
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
