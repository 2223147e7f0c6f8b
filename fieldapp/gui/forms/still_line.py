"""A line of a table that nobody is filling in now: its answers painted where their fields would stand. A table of ten people would else be
nine hundred widgets."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import BODY, RADIUS, SMALL, TARGET, space
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.tappable import Tappable

_HEIGHT = TARGET
_BELOW = 24
_SIDE = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """`share` of the line's width; `shown` where it is asked at all; `wrong` where something is to be mended."""

    share: int
    words: str = ""
    shown: bool = True
    wrong: bool = False


class StillLine(Tappable):
    """`wanted` carries the number of the cell that a person goes to: by a tap, or by the keyboard to the first, backwards to the last."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: Sequence[Cell] = ()
        self._below = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, cells: Sequence[Cell], below: str, said: str) -> None:
        """`below`: words under the line; `said`: the line for those who hear it."""
        if bool(below) != bool(self._below):
            self.updateGeometry()
        if (cells, below) != (self._cells, self._below):
            self._cells, self._below = cells, below
            self.update()
        self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT + (_BELOW if self._below else 0))

    def cell_at(self, x: int) -> int:
        """The nearest cell that is asked."""
        rooms = [(number, room) for number, room in enumerate(self._rooms()) if self._cells[number].shown]
        near = min(rooms, key=lambda one: max(one[1].left() - x, x - one[1].right(), 0), default=(0, QRect()))
        return near[0]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.shows_focus:
            asked = [number for number, cell in enumerate(self._cells) if cell.shown] or [0]
            to = asked[-1 if event.reason() is Qt.FocusReason.BacktabFocusReason else 0]
            # The keyboard does not go on while it is still arriving.
            QTimer.singleShot(0, self, lambda: self.wanted.emit(to))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if inside:
            self.wanted.emit(self.cell_at(round(event.position().x())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, room in zip(self._cells, self._rooms(), strict=True):
            if cell.shown:
                edge = tokens.danger if cell.wrong else tokens.muted if self.underMouse() else tokens.line_strong
                painter.setPen(QPen(QColor(edge), 1))
                painter.setBrush(QColor(tokens.surface))
                painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
                write_line(painter, room.adjusted(_SIDE, 0, -_SIDE, 0), cell.words, font(BODY), tokens.text)
        room = QRect(0, _HEIGHT, self.width(), _BELOW)
        write_line(painter, room, self._below, font(SMALL), tokens.muted)
        painter.end()

    def _rooms(self) -> list[QRect]:
        """Where a line's layout puts its fields: each its share of what the gaps and the button at the end leave."""
        gap = space(2)
        width = self.width() - TARGET - gap * len(self._cells)
        whole = sum(cell.share for cell in self._cells)
        rooms, left, shares = [], 0, 0
        for number, cell in enumerate(self._cells):
            shares += cell.share
            right = round(width * shares / whole) + gap * number
            rooms.append(QRect(left, 0, right - left, _HEIGHT))
            left = right + gap
        return rooms
