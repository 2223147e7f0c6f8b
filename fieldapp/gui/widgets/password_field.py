"""A secret to type, with an eye to look at it while it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import icon
from fieldapp.texts import _


class PasswordField(QLineEdit):
    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # No input method may remember what is typed here.
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self._reveal = self.addAction(icon("eye", current().muted), QLineEdit.ActionPosition.TrailingPosition)
        self._reveal.setCheckable(True)
        self._reveal.setToolTip(_("Show what I type"))
        self._reveal.toggled.connect(self._on_reveal_toggled)

    def reveal(self, shown: bool) -> None:
        """Show or hide what is typed, as the eye does."""
        self._reveal.setChecked(shown)

    def _on_reveal_toggled(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.setIcon(icon("eye-off" if shown else "eye", current().muted))
        self._reveal.setToolTip(_("Hide what I type") if shown else _("Show what I type"))
