"""The settings page's card about hiding the screen, and the PIN that brings it back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout

from fieldapp.errors import StoreError
from fieldapp.gui.navigation import Screen
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, plain
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_SHORTEST, _LONGEST = 4, 6


class PinCard(Card):
    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Hide the screen"))
        self._screen = screen
        hint = _(
            "F9 or the crossed-out eye at the top hides everything behind a clock, and nothing is lost. Your passphrase brings it back; "
            "a short PIN does it faster. After five wrong tries only the passphrase is taken."
        )
        self.add(Text(hint, Role.SMALL_MUTED, wrap=True))
        self.passphrase, self.pin = PasswordField(), PasswordField()
        self.pin.setValidator(QRegularExpressionValidator(f"[0-9]{{0,{_LONGEST}}}", self.pin))
        self._passphrase_field = Field(_("Present passphrase"), self.passphrase)
        self._pin_field = Field(_("PIN, {shortest} to {longest} digits").format(shortest=_SHORTEST, longest=_LONGEST), self.pin)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for field in (self._passphrase_field, self._pin_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.body.addLayout(row)
        self.message = Message()
        self.add(self.message)
        foot = QHBoxLayout()
        self.button = plain(_("Set the PIN"))
        self.button.clicked.connect(self._on_set)
        self.pin.returnPressed.connect(self._on_set)
        self.away = link(_("No PIN any more"))
        self.away.clicked.connect(self._on_away)
        self.away.hide()
        foot.addWidget(self.button)
        foot.addWidget(self.away)
        foot.addStretch(1)
        self.body.addLayout(foot)
        screen.tasks.run(self, screen.client.preferences.has_pin, self.away.setVisible)

    def _on_set(self) -> None:
        short = len(self.pin.text()) < _SHORTEST
        self._pin_field.set_problem(_("At least {count} digits.").format(count=_SHORTEST) if short else "")
        if self._passphrase_given() and not short:
            self._keep(self.pin.text())

    def _on_away(self) -> None:
        self._pin_field.set_problem("")
        if self._passphrase_given():
            self._keep("")

    def _passphrase_given(self) -> bool:
        self.message.clear()
        self._passphrase_field.set_problem("" if self.passphrase.text() else _("Please fill in."))
        return bool(self.passphrase.text())

    def _keep(self, pin: str) -> None:
        self.button.setEnabled(False)
        set_pin, passphrase = self._screen.client.preferences.set_pin, self.passphrase.text()
        self._screen.tasks.run(self, lambda: set_pin(pin, passphrase), lambda _done: self._on_kept(pin), self._on_failed)

    def _on_kept(self, pin: str) -> None:
        self.button.setEnabled(True)
        for field in (self.passphrase, self.pin):
            field.clear()
            field.reveal(False)
        self.away.setVisible(bool(pin))
        self.message.show_good(_("The PIN is set.") if pin else _("There is no PIN any more."))

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, StoreError) and error.code == "store.wrong_passphrase":
            self._passphrase_field.set_problem(_("This is not the present passphrase."))
            self.passphrase.setFocus()
            return
        self.message.show_error(error)
