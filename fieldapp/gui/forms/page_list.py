"""The pages of a form one below the other: which is open, which are complete, and the end."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import BODY, SMALL, Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.thai_wrap import breakable
from fieldapp.texts import _, ngettext

_HEIGHT = 52
_DISC = 22


class PageList(Card):
    """`chosen` carries the number of the page."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollPage(margin=0, spacing=0)
        self._shown: list[tuple[int, str, int]] = []
        self._at = 0
        self.lines: dict[int, PageLine] = {}
        self.saved = Text("", Role.SMALL_MUTED, wrap=True)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, space(2), 0, space(3))
        column.addWidget(self._scroll, 1)
        # Below the pages, also for what its owner puts there.
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(space(4), 0, space(2), 0)
        self.foot.addWidget(self.saved)
        column.addLayout(self.foot)
        self.add(holder)

    def show_pages(self, pages: Sequence[tuple[int, str, int]], at: int, end: int) -> None:
        """(number, title, how many answers are still to be given or mended) of each page; `end` is the number of what follows the last."""
        wanted = [*pages, (end, _("Check and finish"), 0)]
        if [number for number, _title, _count in wanted] != [number for number, _title, _count in self._shown]:
            empty(self._scroll.body)
            self.lines = {}
            for number, _title, _count in wanted:
                line = PageLine()
                line.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
                self._scroll.body.addWidget(line)
                self.lines[number] = line
            self._scroll.body.addStretch(1)
        self._shown, self._at = wanted, at
        for number, title, count in wanted:
            self.lines[number].show_state(title, count, is_open=number == at, is_end=number == end)
        # New lines have their places in the next round.
        QTimer.singleShot(0, self, self._show_open)

    def _show_open(self) -> None:
        if self._at in self.lines:
            self._scroll.ensureWidgetVisible(self.lines[self._at], 0, _HEIGHT)


class PageLine(Tappable):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing = 0
        self._open = self._end = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, title: str, missing: int, *, is_open: bool, is_end: bool) -> None:
        self.setText(title)
        self.setToolTip(title)
        self._missing, self._open, self._end = missing, is_open, is_end
        self.setAccessibleName(f"{title}, {self._said()}" if self._said() else title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def _said(self) -> str:
        if self._end:
            return ""
        if not self._missing:
            return _("nothing missing")
        return ngettext("one answer missing", "{count} answers missing", self._missing).format(count=self._missing)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._open:
            painter.fillRect(self.rect(), QColor(tokens.primary_soft))
            painter.fillRect(QRect(0, 0, 4, self.height()), QColor(tokens.primary))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.surface_soft))
        room = self.rect().adjusted(space(4), 0, -space(2), 0)
        if not self._end:
            self._paint_disc(painter)
            room.setLeft(room.left() + _DISC + space(2))
        self._paint_words(painter, room)
        if self.shows_focus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(6, 3, -3, -3), 8, 8)
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        """A title that is too long for a line takes two, smaller, and leaves it to the disc to say what is missing."""
        tokens = current()
        strong = font(BODY, QFont.Weight.DemiBold)
        if self._end:
            write_line(painter, room, self.text(), strong, tokens.text)
        elif QFontMetrics(strong).horizontalAdvance(self.text()) > room.width():
            painter.setFont(font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(QColor(tokens.text))
            wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(wrapped), breakable(self.text()))
        else:
            half = room.height() // 2
            write_line(painter, QRect(room.left(), 5, room.width(), half - 3), self.text(), strong, tokens.text)
            write_line(painter, QRect(room.left(), half + 1, room.width(), half - 6), self._said(), font(SMALL), tokens.muted)

    def _paint_disc(self, painter: QPainter) -> None:
        tokens = current()
        disc = QRect(space(4), (self.height() - _DISC) // 2, _DISC, _DISC)
        good = tokens.tone(Tone.GOOD)
        done = not self._missing
        painter.setPen(QPen(QColor(good.solid if done else tokens.line_strong), 1.6))
        painter.setBrush(QColor(good.soft if done else tokens.surface))
        painter.drawEllipse(disc)
        if done:
            painter.drawPixmap(disc.center().x() - 6, disc.center().y() - 6, pixmap("check", good.text, 14))
        else:
            painter.setFont(font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._missing))
