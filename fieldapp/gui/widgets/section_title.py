"""The line above a group: a title, and a softer note beside it."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.text import Role, Text


class SectionTitle(QWidget):
    def __init__(self, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        self._text = Text(text, Role.HEADING, elide=True)
        self._note = Text(note, Role.SMALL_MUTED)
        row.addWidget(self._text)
        row.addWidget(self._note)
        row.addStretch(1)

    def set(self, text: str, note: str = "") -> None:
        self._text.setText(text)
        self._note.setText(note)
