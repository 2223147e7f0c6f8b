"""A card of figures: each a line with its word, a bar where they can be compared, and its number; one that has a list opens it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from fieldapp.domain.states import CaseState
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports.work_rows import Row, Section
from fieldapp.texts import _

_BAR_HEIGHT = 12


class FigureBar(QWidget):
    """As long as its share of the longest one; nothing where there is nothing. The number beside it says the same."""

    def __init__(self, count: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = count / most if most else 0.0
        self.setFixedHeight(_BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(90, _BAR_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._part:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().tone(Tone.TEAL).solid))
        width = max(self.width() * self._part, _BAR_HEIGHT)
        painter.drawRoundedRect(QRectF(0, 0, width, _BAR_HEIGHT), _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.end()


class SectionCard(Card):
    """`wanted` carries the state whose children the person wants to see."""

    wanted = Signal(object)

    def __init__(self, section: Section, opens: Callable[[CaseState], bool], parent: QWidget | None = None) -> None:
        super().__init__(section.title, parent=parent)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2 if section.compared else 0)
        most = max((row.count for row in section.rows), default=0)
        for line, row in enumerate(section.rows):
            grid.addWidget(self._caption(row, opens), line, 0)
            if section.compared:
                grid.addWidget(FigureBar(row.count, most), line, 1)
            grid.addWidget(count_text(row.count), line, 2)
            if row.unconfirmed:
                grid.addWidget(Text(_("{count} not confirmed").format(count=f"{row.unconfirmed:,}"), Role.SMALL_MUTED), line, 3)
        self.add(holder if section.rows else Text(_("Nothing in this time."), Role.MUTED, wrap=True))
        self.body.addStretch(1)

    def _caption(self, row: Row, opens: Callable[[CaseState], bool]) -> QWidget:
        state = row.state
        if state is None or not opens(state):
            return Text(row.caption, wrap=True)
        link = buttons.link(row.caption)
        link.setAccessibleName(_("Show the list: {what}").format(what=f"{row.caption} {row.count:,}"))
        link.setStyleSheet("QPushButton { text-align: left; padding: 0; }")
        link.clicked.connect(lambda: self.wanted.emit(state))
        return link


def count_text(count: int) -> Text:
    text = Text(f"{count:,}", Role.STRONG)
    text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return text
