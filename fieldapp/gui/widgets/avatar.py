"""A disc with the first consonant of a name: something for the eye to hold on to, without a child's picture."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone


def draw_avatar(painter: QPainter, rect: QRect, initial: str, tone: Tone = Tone.INFO) -> None:
    """Draw the disc into the square `rect`."""
    colours = current().tone(tone)
    font = QFont(QApplication.font())
    font.setPixelSize(round(rect.height() * 0.38))
    font.setWeight(QFont.Weight.DemiBold)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.soft))
    painter.drawEllipse(rect)
    painter.setPen(QColor(colours.text))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initial)
    painter.restore()


class Avatar(QWidget):
    def __init__(self, initial: str, tone: Tone = Tone.INFO, size: int = 42, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initial = initial
        self._tone = tone
        self.setFixedSize(QSize(size, size))

    def set(self, initial: str, tone: Tone = Tone.INFO) -> None:
        self._initial, self._tone = initial, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_avatar(painter, self.rect(), self._initial, self._tone)
        painter.end()
