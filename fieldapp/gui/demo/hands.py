"""What a person's hands do: look for a thing by its words, click it, type, drop a file, wait until something is to be seen.

Works on what is visible only; a button that a person could not find or press is an error.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_PATIENCE_SECONDS = 60
_LOOK_EVERY_MS = 20


class NotSeen(Exception):
    """What the story waited for did not come, or what it wanted to press was not there."""


def wait_until(seen: Callable[[], object], what: str) -> None:
    """Let the window live until `seen` is true; raises NotSeen."""
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(_LOOK_EVERY_MS)
    timer.timeout.connect(lambda: loop.quit() if seen() else None)
    deadline = QTimer()
    deadline.setSingleShot(True)
    deadline.timeout.connect(loop.quit)
    timer.start()
    deadline.start(_PATIENCE_SECONDS * 1000)
    if not seen():
        loop.exec()
    if not seen():
        raise NotSeen(what)


def rest(milliseconds: int) -> None:
    """A moment in which the window finishes drawing, before a picture is taken."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def button(inside: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words; raises NotSeen."""
    for found in inside.findChildren(QAbstractButton):
        if found.isVisible() and words in (found.text(), found.accessibleName()):
            return found
    raise NotSeen(words)


def click(widget: QWidget) -> None:
    """A click in the middle, if a person could click there."""
    if not widget.isVisible() or not widget.isEnabled():
        raise NotSeen(f"{type(widget).__name__} {widget.accessibleName()}")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.rect().center())


def write(widget: QWidget, text: str) -> None:
    """Type letter by letter, Thai as well."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def drop_files(target: QWidget, files: Sequence[Path]) -> None:
    """Drag files from a folder and let them go over the widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = target.rect().center()
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(middle), action, data, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(middle), action, data, left, none))
