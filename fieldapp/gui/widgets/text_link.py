"""A word to click inside running text: flush with the text around it, unlike a link button, but still tall enough for a finger."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from fieldapp.gui.theme.tokens import BODY, SMALL, TARGET_SMALL

_HEIGHT = TARGET_SMALL


class TextLink(QPushButton):
    def __init__(self, text: str, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("variant", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        size, weight = (SMALL, 400) if small else (BODY, 600)
        self.setStyleSheet(
            f"QPushButton {{ padding: 0; min-height: {_HEIGHT}px; min-width: {_HEIGHT}px; text-align: left;"
            f" font-size: {size}px; font-weight: {weight}; }}"
            f"QPushButton:focus {{ padding: 0; min-height: {_HEIGHT}px; border: none; text-decoration: underline; }}"
        )
