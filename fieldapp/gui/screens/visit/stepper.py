"""The five parts at the left: which are filled and with what, which one is open, and when the draft was last saved."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.screens.visit import summaries
from fieldapp.gui.screens.visit.answers import PARTS, Part
from fieldapp.gui.screens.visit.summaries import PartState
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import BODY, SMALL, Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _

_DISC = 28
_HEIGHT = 60


class Step(Tappable):
    def __init__(self, number: int, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._state = PartState(False, "")
        self._current = False
        self.setText(summaries.title(part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: PartState, *, current_part: bool) -> None:
        self._state, self._current = state, current_part
        done = _("filled in") if state.done else _("to be filled in")
        self.setAccessibleName(f"{self._number}. {self.text()}, {done}, {state.summary}")
        self.setToolTip(state.summary)
        self.update()

    @property
    def done(self) -> bool:
        return self._state.done

    @property
    def summary(self) -> str:
        return self._state.summary

    def sizeHint(self) -> QSize:
        return QSize(190, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current:
            painter.fillRect(self.rect(), QColor(tokens.primary_soft))
            painter.fillRect(QRect(0, 0, 4, self.height()), QColor(tokens.primary))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.surface_soft))
        self._paint_disc(painter)
        room = self.rect().adjusted(space(4) + _DISC + space(3), 0, -space(2), 0)
        half = room.height() // 2
        lines = (
            (self.text(), BODY, QFont.Weight.DemiBold, tokens.text, QRect(room.left(), 7, room.width(), half - 5)),
            (self._state.summary, SMALL, QFont.Weight.Normal, tokens.muted, QRect(room.left(), half + 1, room.width(), half - 8)),
        )
        for text, size, weight, colour, place in lines:
            write_line(painter, place, text, font(size, weight), colour)
        if self.shows_focus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(6, 3, -3, -3), 8, 8)
        painter.end()

    def _paint_disc(self, painter: QPainter) -> None:
        tokens = current()
        disc = QRect(space(4), (self.height() - _DISC) // 2, _DISC, _DISC)
        good = tokens.tone(Tone.GOOD)
        if self._current and not self._state.done:
            edge, fill, ink = tokens.primary, tokens.primary, tokens.on_primary
        elif self._state.done:
            edge, fill, ink = good.solid, good.soft, good.text
        else:
            edge, fill, ink = tokens.line_strong, tokens.surface, tokens.muted
        painter.setPen(QPen(QColor(edge), 1.6))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(disc)
        if self._state.done:
            painter.drawPixmap(disc.center().x() - 7, disc.center().y() - 7, pixmap("check", ink, 16))
            return
        painter.setFont(font(SMALL, QFont.Weight.DemiBold))
        painter.setPen(QColor(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Stepper(Card):
    """`chosen` carries the part; `discard_wanted`: the person wants to throw the draft away."""

    chosen = Signal(object)
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, space(2), 0, space(3))
        column.setSpacing(0)
        self.steps: dict[Part, Step] = {}
        for number, part in enumerate(PARTS, start=1):
            step = Step(number, part)
            step.clicked.connect(lambda _checked=False, part=part: self.chosen.emit(part))
            column.addWidget(step)
            self.steps[part] = step
        # Takes what has no place at the right in a narrow window.
        self.room = ScrollPage(margin=0, spacing=0)
        self.room.body.setContentsMargins(space(4), space(3), space(2), space(2))
        self.room.body.addStretch(1)
        column.addWidget(self.room, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(space(4), 0, space(2), 0)
        foot.setSpacing(0)
        self.saved = Text("", Role.SMALL_MUTED, wrap=True)
        self._discard = TextLink(_("Throw this draft away"), small=True)
        self._discard.clicked.connect(self.discard_wanted)
        foot.addWidget(self.saved)
        foot.addWidget(self._discard, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)
        self.add(holder)

    def show_part(self, part: Part, state: PartState, *, current_part: bool) -> None:
        self.steps[part].show_state(state, current_part=current_part)

    def say_saved(self, text: str, *, worry: bool = False) -> None:
        self.saved.setText(text)
        self.saved.set_tone(Tone.DANGER if worry else None)

    def allow_discard(self, allowed: bool) -> None:
        self._discard.setVisible(allowed)
