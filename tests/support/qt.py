"""For tests of windows: a task runner without threads, and pictures to look at."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.gui.tasks import Failed, Lane, ignore

SHOTS = Path(__file__).resolve().parents[2] / "build" / "shots"
WINDOW = (1366, 768)


class InlineTasks(QObject):
    """`Tasks` that do the work at once, so that a screen's test contains no waiting. An error that nobody handles is raised."""

    unhandled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes: list[Lane] = []

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], None] = ignore,
        failed: Failed | None = None,
        lane: Lane = Lane.STORE,
    ) -> None:
        self.lanes.append(lane)
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the same contract as Tasks
            if failed is None:
                raise
            failed(error)
            return
        if shiboken6.isValid(owner):
            then(result)

    def progress(self, owner: QObject, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        def show(value: Any) -> None:
            if shiboken6.isValid(owner):
                callback(value)

        return show

    def join(self) -> None:
        """Nothing runs."""


class LaterTasks:
    """`Tasks` that keep the work until `finish_all`, as if it took long."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.lanes: list[Lane] = []

    def run(self, owner: QObject, work: Any, then: Any, failed: Any = None, lane: Lane = Lane.STORE) -> None:
        self.lanes.append(lane)
        self.waiting.append(lambda: then(work()))

    def finish_all(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def tap(widget: QWidget) -> None:
    # A layout that grew inside asks its surroundings in the next round.
    for _round in range(4):
        QApplication.processEvents()
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_text(field: QWidget, text: str) -> None:
    """Type as an input method does; QTest's own keys know no Thai."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def shot(widget: QWidget, name: str, size: tuple[int, int] = WINDOW) -> Path:
    """Draw the widget at this size into build/shots/NAME.png (or $FIELDAPP_SHOTS), for people to look at."""
    folder = Path(os.environ.get("FIELDAPP_SHOTS", SHOTS))
    folder.mkdir(parents=True, exist_ok=True)
    widget.resize(*size)
    widget.show()
    # A layout that grew inside asks its surroundings in the next round.
    for _round in range(4):
        QApplication.processEvents()
    path = folder / f"{name}.png"
    widget.grab().save(str(path))
    return path
