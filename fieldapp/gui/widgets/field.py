"""A field of a form: its name above, the editor, a softer hint or what is wrong below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.text import Role, Text


class Field(QWidget):
    def __init__(self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        name = Text(label, Role.SMALL)
        name.setBuddy(editor)
        editor.setAccessibleName(label)
        self._below = Text(hint, Role.SMALL_MUTED, wrap=True)
        column.addWidget(name)
        column.addWidget(editor)
        column.addWidget(self._below)
        self.set_problem("")

    def set_problem(self, problem: str) -> None:
        """What is wrong with the answer; '' shows the hint again."""
        self._below.set_tone(Tone.DANGER if problem else None)
        self._below.setText(problem or self._hint)
        self._below.setVisible(bool(problem or self._hint))
