"""A disc with the first consonant of a name: something for the eye to hold on to, without a child's picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import Tone


class Avatar(QWidget):
    def __init__(self, size: int = 42, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initial = ""
        self._tone = Tone.INFO
        self.setFixedSize(QSize(size, size))

    def set(self, initial: str, tone: Tone) -> None:
        self._initial, self._tone = initial, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = current().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.soft))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(colours.text))
        painter.setFont(font(round(self.height() * 0.38), QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initial)
        painter.end()
