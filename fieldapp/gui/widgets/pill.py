"""A state in a word on a soft ground: never by colour alone. Also painted by list delegates, so the drawing stands apart."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import SMALL, Tone
from fieldapp.gui.widgets.painting import write_line

_SIDE = 11
_HEIGHT = 24


def pill_width(text: str) -> int:
    return QFontMetrics(font(SMALL)).horizontalAdvance(text) + 2 * _SIDE


def draw_pill(painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
    """Draw the pill in the middle of `rect`'s height, at its left edge."""
    colours = current().tone(tone)
    width = min(pill_width(text), rect.width())
    place = QRect(rect.left(), rect.center().y() - _HEIGHT // 2 + 1, width, _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.soft))
    painter.drawRoundedRect(place, _HEIGHT / 2, _HEIGHT / 2)
    room = place.adjusted(_SIDE - 3, 0, 3 - _SIDE, 0)
    write_line(painter, room, text, font(SMALL), colours.text, Qt.AlignmentFlag.AlignCenter)
    painter.restore()


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
