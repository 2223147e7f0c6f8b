"""A field of a form: its name above, the editor, and below it what is wrong."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.text import Role, Text


class Field(QWidget):
    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        name = Text(label, Role.SMALL)
        name.setBuddy(editor)
        editor.setAccessibleName(label)
        self._below = Text("", Role.SMALL_MUTED, wrap=True, tone=Tone.DANGER)
        column.addWidget(name)
        column.addWidget(editor)
        column.addWidget(self._below)
        self.set_problem("")

    def set_problem(self, problem: str) -> None:
        """What is wrong with the answer; '' where nothing is."""
        self._below.setText(problem)
        self._below.setVisible(bool(problem))
