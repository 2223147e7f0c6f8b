"""The history of a case as dots on a line, newest first."""

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.screens.card.sentences import Entry, entry
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.thai_wrap import breakable
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
        grid.addWidget(_Line(said.tone, last=last), 0, 0, 3, 1)
        grid.addWidget(_rich(f"<b>{_safe(said.what)}</b> · {_safe(said.rest)}", Role.BODY), 0, 1)
        delivery = f"{said.delivery} ✓" if received else said.delivery
        parts = [_safe(said.detail)] if said.detail else []
        if delivery:
            colour = current().tone(said.delivery_tone).text
            parts.append(f'<span style="color:{colour}">{_safe(delivery)}</span>')
        if parts:
            grid.addWidget(_rich(" · ".join(parts), Role.SMALL_MUTED), 1, 1)
        grid.setRowMinimumHeight(2, space(3))


def _safe(text: str) -> str:
    """Names and notes are text, whatever signs they hold."""
    return html.escape(breakable(text))


def _rich(text: str, role: Role) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setProperty("role", role.value)
    label.setWordWrap(True)
    return label


class Timeline(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_items(self, items: tuple[TimelineItem, ...]) -> None:
        empty(self._column)
        if not items:
            self._column.addWidget(Text(_("Nothing has happened yet."), Role.MUTED))
        for place, item in enumerate(items):
            received = item.delivery is Delivery.RECEIVED
            self._column.addWidget(TimelineEntry(entry(item), received=received, last=place == len(items) - 1))
        self._column.addStretch(1)
