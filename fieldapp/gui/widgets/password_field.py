"""A secret to type, with an eye to look at it while it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.widgets.field_button import FieldButton
from fieldapp.texts import _


class PasswordField(QLineEdit):
    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # No input method may remember what is typed here.
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self._reveal = FieldButton(self, "eye", _("Show what I type"), by_keyboard=True)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal_toggled)

    def reveal(self, shown: bool) -> None:
        """Show or hide what is typed, as the eye does."""
        self._reveal.setChecked(shown)

    def _on_reveal_toggled(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.describe("eye-off" if shown else "eye", _("Hide what I type") if shown else _("Show what I type"))
