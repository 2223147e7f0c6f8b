"""The history of a case as dots on a line, newest first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.screens.card.sentences import Entry, entry
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import Delivery, TimelineItem

_DOT = 12


class _Line(QWidget):
    """The dot, and the line down to the next one."""

    def __init__(self, tone: Tone, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._last = last
        self.setFixedWidth(_DOT + 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = _DOT // 2, 6
        if not self._last:
            painter.setPen(QPen(QColor(current().line), 2))
            painter.drawLine(middle, top + _DOT + 3, middle, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().tone(self._tone).solid))
        painter.drawEllipse(0, top, _DOT, _DOT)
        painter.end()


class TimelineEntry(QWidget):
    def __init__(self, said: Entry, *, received: bool, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        head = Text(f"{said.what} · {said.rest}", wrap=True)
        grid.addWidget(_Line(said.tone, last=last), 0, 0, 3, 1)
        grid.addWidget(head, 0, 1)
        if said.detail:
            grid.addWidget(Text(said.detail, Role.SMALL_MUTED, wrap=True), 1, 1)
        if said.delivery:
            grid.addWidget(Text(f"{said.delivery} ✓" if received else said.delivery, Role.SMALL, tone=said.delivery_tone), 2, 1)
        grid.setRowMinimumHeight(3, space(3))


class Timeline(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_items(self, items: tuple[TimelineItem, ...]) -> None:
        while taken := self._column.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        if not items:
            self._column.addWidget(Text(_("Nothing has happened yet."), Role.MUTED))
        for place, item in enumerate(items):
            received = item.delivery is Delivery.RECEIVED
            self._column.addWidget(TimelineEntry(entry(item), received=received, last=place == len(items) - 1))
        self._column.addStretch(1)
