"""A state in a word on a soft ground: never by colour alone. Also painted by list delegates, so the drawing stands apart."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from fieldapp.domain.states import CaseState
from fieldapp.gui import words
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import SMALL, STATE_TONES, Tone

_SIDE = 11
_HEIGHT = 24


def pill_font() -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(SMALL)
    return font


def pill_width(text: str) -> int:
    return QFontMetrics(pill_font()).horizontalAdvance(text) + 2 * _SIDE


def draw_pill(painter: QPainter, rect: QRect, text: str, tone: Tone, *, right: bool = False) -> QRect:
    """Draw the pill in the middle of `rect`'s height, at its left or right edge; returns where it is."""
    colours = current().tone(tone)
    width = min(pill_width(text), rect.width())
    left = rect.right() - width + 1 if right else rect.left()
    place = QRect(left, rect.center().y() - _HEIGHT // 2 + 1, width, _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.soft))
    painter.drawRoundedRect(place, _HEIGHT / 2, _HEIGHT / 2)
    painter.setPen(QColor(colours.text))
    painter.setFont(pill_font())
    room = place.adjusted(_SIDE - 3, 0, 3 - _SIDE, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return place


class Pill(QWidget):
    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self._text

    def set(self, text: str, tone: Tone) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._text), _HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_pill(painter, self.rect(), self._text, self._tone)
        painter.end()


class StatePill(Pill):
    """The state of a case."""

    def __init__(self, state: CaseState, *, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.short(state) if short else words.of(state), STATE_TONES[state], parent)
