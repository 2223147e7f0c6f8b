"""The product's mark: two letters on an amber square."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font

# The mark is drawn, not read: it is the same in every language.
_LETTERS = "พน"


class BrandMark(QWidget):
    def __init__(self, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        corner = self.width() * 0.24
        painter.drawRoundedRect(self.rect(), corner, corner)
        painter.setFont(font(round(self.width() * 0.42), QFont.Weight.Bold))
        painter.setPen(QColor(tokens.rail))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _LETTERS)
        painter.end()
