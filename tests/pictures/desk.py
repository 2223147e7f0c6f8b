"""A laptop on a desk, ready to be photographed: the real window with its shell over an open profile, and whatever is opened over it.

Work that the app does on its lanes is done at once here, so that a picture never waits for anything.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fieldapp.client import Client
from fieldapp.gui.hiding.curtain import Curtain
from fieldapp.gui.navigation import Destination, Screen
from fieldapp.gui.session import Session
from fieldapp.gui.shell import Shell
from fieldapp.gui.theme.current import current
from fieldapp.gui.window import Window
from fieldapp.texts import _
from tests.pictures.seats import Filled, Seats
from tests.support.laptop import Clock
from tests.support.qt import InlineTasks

W = TypeVar("W", bound=QWidget)
_ROUNDS = 6
_MOST_WAIT_MS = 400
_TITLE_BAR = 30


class Desk:
    """`size` is that of the window in logical pixels. One window for all its pictures: the stage is changed, as in the app."""

    def __init__(self, seats: Seats, size: tuple[int, int]) -> None:
        self.seats = seats
        self.size = size
        self.clock = Clock()
        self.tasks = InlineTasks()
        self.window = Window()
        self.window.resize(*size)
        self.window.show()
        self.curtain = Curtain(self.window, self.clock)
        # As in the app with an open profile: each dialog gets its button for hiding.
        self.curtain.allowed = True
        self._qt = QCoreApplication.instance()
        assert self._qt is not None
        self._qt.installEventFilter(self.curtain)
        self._open: dict[Filled, Client] = {}
        self._own: list[Client] = []
        self._session: Session | None = None
        self.shell: Shell | None = None

    def sit_down(self, filled: Filled = Filled.USUAL, *, writes: bool = False) -> None:
        """Open this profile; `writes`: a copy of it, closed with the scene."""
        if writes:
            self.keep(self.seats.open(self.seats.copy(filled)))
            return
        if filled not in self._open:
            self._open[filled] = self.seats.open(self.seats.profiles(filled)[0])
        self._sit_before(self._open[filled])

    def keep(self, opened: Client) -> None:
        """Sit before a profile that is closed with the scene."""
        self._own.append(opened)
        self._sit_before(opened)

    def go(self, destination: Destination) -> Screen:
        """In the shell, which begins there if there is none yet."""
        if self.shell is None:
            self.shell = Shell(self.session.tools, destination)
            self.show_stage(self.shell)
        else:
            self.shell.go(destination)
        self.settle()
        return self.shell.current

    def _sit_before(self, opened: Client) -> None:
        self._session = Session(opened, self.tasks, self.clock, self.tasks)  # type: ignore[arg-type]

    def show_stage(self, stage: QWidget) -> None:
        self.window.show_stage(stage, _("Bring them back to school"))
        self.settle()

    @property
    def client(self) -> Client:
        assert self._session is not None
        return self._session.client

    @property
    def session(self) -> Session:
        assert self._session is not None
        return self._session

    def the(self, kind: type[W], inside: QWidget | None = None) -> W:
        """The visible one of its kind."""
        self.settle()
        return next(one for one in (inside or self.window).findChildren(kind) if one.isVisible())

    def settle(self) -> None:
        """Let timers run out and everything be laid out. What ticks for ever (a clock, a caret) is not waited for."""
        waited = 0
        while waited < _MOST_WAIT_MS and any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= _MOST_WAIT_MS for timer in self.window.findChildren(QTimer)
        ):
            QTest.qWait(5)
            waited += 5
        # A layout that grew inside asks its surroundings in the next round.
        for _round in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            QApplication.processEvents()

    def over(self) -> list[QWidget]:
        """Dialogs, menus and lists that are open over the window."""
        tops = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not self.window]
        return sorted(tops, key=lambda top: not isinstance(top, QDialog))

    def picture(self, *, alone: bool = False) -> QPixmap:
        """What a person sees. A dialog stands in the middle of the window, with a bar for its title as a desktop would give it; `alone`:
        the dialog without the window."""
        self.settle()
        over = self.over()
        if alone and over:
            return over[0].grab()
        drawn = self.window.grab()
        painter = QPainter(drawn)
        for top in over:
            self._place(painter, top)
        painter.end()
        return drawn

    def clear(self) -> None:
        """Put away what a scene has opened, and what it has written."""
        if self.curtain.cover is not None:
            self.curtain.lift()
        for top in self.over():
            top.close()
            top.deleteLater()
        self.window.show_stage(QWidget(), "")
        if self._session is not None:
            self._session.deleteLater()
            self._session, self.shell = None, None
        self._sweep()
        for opened in self._own:
            opened.close()
        self._own.clear()
        self.clock = Clock()

    def leave(self) -> None:
        self.clear()
        for opened in self._open.values():
            opened.close()
        assert self._qt is not None
        self._qt.removeEventFilter(self.curtain)
        self.window.close()
        self.window.deleteLater()
        self._sweep()

    def _place(self, painter: QPainter, top: QWidget) -> None:
        picture = top.grab()
        room = QRect(QPoint(0, 0), top.size())
        tokens = current()
        if isinstance(top, QDialog):
            room.moveCenter(self.window.rect().center() + QPoint(0, _TITLE_BAR // 2))
            bar = QRect(room.left(), room.top() - _TITLE_BAR, room.width(), _TITLE_BAR)
            painter.fillRect(bar.united(room).adjusted(-1, -1, 1, 1), QColor(tokens.muted))
            painter.fillRect(bar, QColor(tokens.line))
            painter.setPen(QColor(tokens.text))
            painter.drawText(bar.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, top.windowTitle())
        else:
            room.moveTopLeft(self.window.mapFromGlobal(top.pos()))
            room.moveBottom(min(room.bottom(), self.window.height() - 1))
        painter.drawPixmap(room.topLeft(), picture)

    def _sweep(self) -> None:
        for _round in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()


Pose = Callable[[Desk], None]
