"""The legend of a stacked bar whose entries can be chosen, each in words and numbers beside its colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import RADIUS_SMALL, SMALL, TARGET_SMALL, space
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.stacked_bar import Segment

_HEIGHT = TARGET_SMALL
_SQUARE = 10


class ChoiceLegend(QWidget):
    """`chosen` carries the key of the entry."""

    chosen = Signal(object)

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(1))
        self._grid.setVerticalSpacing(0)
        self._entries: list[LegendEntry] = []
        self._shown: tuple[tuple[Segment, object], ...] = ()

    def set_entries(self, entries: Sequence[tuple[Segment, object]]) -> None:
        """Segments with their keys; unchanged entries are left as they are, so that focus stays where it is."""
        if tuple(entries) == self._shown:
            return
        self._shown = tuple(entries)
        empty(self._grid)
        self._entries = []
        for segment, key in entries:
            entry = LegendEntry(segment)
            entry.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._entries.append(entry)
        self._arrange()

    def entries(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._entries)

    def minimumSizeHint(self) -> QSize:
        """One column is enough; else two of them would keep the legend too wide for its place."""
        return QSize(max((entry.sizeHint().width() for entry in self._entries), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """As many columns as were asked for, or one where the words would be cut."""
        widest = max((entry.sizeHint().width() for entry in self._entries), default=0)
        columns = self._columns if (widest + space(1)) * self._columns <= self.width() else 1
        for place, entry in enumerate(self._entries):
            self._grid.addWidget(entry, place // columns, place % columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class LegendEntry(QAbstractButton):
    def __init__(self, segment: Segment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segment = segment
        self.setText(f"{segment.label} {segment.count:,}")
        self.setToolTip(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_SQUARE + space(5) + QFontMetrics(font(SMALL)).horizontalAdvance(self.text()), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface_soft))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.tone(self._segment.tone).solid))
        painter.drawRoundedRect(QRectF(space(1), (self.height() - _SQUARE) / 2, _SQUARE, _SQUARE), 3, 3)
        write_line(painter, self.rect().adjusted(_SQUARE + space(3), 0, -space(1), 0), self.text(), font(SMALL), tokens.text)
        painter.end()
