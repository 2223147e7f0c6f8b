"""The application's font at a size of the tokens, for what paints its own text."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication


def font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    made.setWeight(weight)
    return made
