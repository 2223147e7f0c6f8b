"""The session at the district ended: the password is asked for here, and the sync goes on. What was recorded is not touched."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_FIELD_WIDTH = 360


class SignInAgain(Card):
    """`submitted` carries the password. Hidden until it is asked for."""

    submitted = Signal(str)

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Sign in to the district again"), parent=parent)
        self.add(Text(_("Your records are safe in this laptop. With the password the sync goes on."), Role.MUTED, wrap=True))
        self.add(Text(person, Role.STRONG))
        self.password = PasswordField(_("Password at the district"))
        self.password.setAccessibleName(_("Password at the district"))
        self.button = buttons.primary(_("Sign in and sync"))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self.password.setMaximumWidth(_FIELD_WIDTH)
        row.addWidget(self.password, 1)
        row.addWidget(self.button)
        row.addStretch(1)
        self.add(line)
        self.message = Message()
        self.add(self.message)
        self.button.clicked.connect(self._on_submit)
        self.password.returnPressed.connect(self._on_submit)
        self.hide()

    def ask(self) -> None:
        if self.isHidden():
            self.message.clear()
            self.show()
            self.password.setFocus()

    def refuse(self, error: Exception) -> None:
        """The password was wrong, or the district could not be asked."""
        self._set_busy(busy=False)
        self.message.show_error(error)
        self.password.setFocus()

    def done(self) -> None:
        self._set_busy(busy=False)
        self.password.clear()
        self.message.clear()
        self.hide()

    def _on_submit(self) -> None:
        if self.password.text() and self.button.isEnabled():
            self._set_busy(busy=True)
            self.submitted.emit(self.password.text())

    def _set_busy(self, *, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.password.setEnabled(not busy)
