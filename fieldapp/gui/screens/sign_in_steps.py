"""The two pages of the first sign-in: where the district is and who asks; then the secrets of one's own. Knows no client."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.buttons import link
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark, ngettext
from fieldapp.usecases.passphrases import SHORTEST, USABLE, Strength, strength
from fieldapp.usecases.signing_in import ENDING, Asked, Connection, from_text

_SAID = {
    Strength.EASY: mark("Too easy to guess."),
    Strength.LIKE_PASSWORD: mark("This will do. Safer would be another one than the password of the account."),
    Strength.FAIR: mark("This will do. Longer is better."),
    Strength.GOOD: mark("Good: long enough."),
}
# What stands in text that was pasted, and in no address that a person types.
_PASTED = ("{", " ", "#")


class WherePage(QWidget):
    """`done`: Enter in the last field. `file_chosen` carries the name of a file."""

    done = Signal()
    file_chosen = Signal(str)

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connection: Connection | None = None
        self.address = QLineEdit(address)
        self.address.setPlaceholderText("https://")
        self.account = QLineEdit()
        self.password = PasswordField()
        self._address_field = Field(_("Server address"), self.address)
        self._account_field = Field(_("Account"), self.account)
        self._password_field = Field(_("Password, or the one-time code of the slip"), self.password)
        self._known = Text("", Role.SMALL_MUTED, wrap=True, tone=Tone.GOOD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self._address_field)
        column.addWidget(self._known)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        self.open_file = link(_("Open a connection file"))
        self.open_file.clicked.connect(self._on_open_file)
        self.paste = link(_("Paste the slip or QR text"))
        self.paste.clicked.connect(self._on_paste)
        row.addWidget(self.open_file)
        row.addWidget(self.paste)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._account_field)
        column.addWidget(self._password_field)
        self._known.hide()
        self.address.textEdited.connect(self._on_address_edited)
        self.password.returnPressed.connect(self.done)

    def asked(self) -> Asked:
        found = from_text(self.address.text()) if "/office" in self.address.text() else None
        address = found.address if found else self.address.text().strip()
        key = self._connection.key if self._connection and self._connection.address == address else ""
        return Asked(address, self.account.text().strip(), self.password.text().strip(), key)

    def take(self, connection: Connection) -> None:
        """Fill in what a file or a slip says; what a person typed stays where it says nothing."""
        self._connection = connection
        self.address.setText(connection.address)
        self.account.setText(connection.account or self.account.text())
        self.password.setText(connection.code or self.password.text())
        name = connection.district_name or connection.address
        self._known.setText(_("From the office: {district}").format(district=name))
        self._known.setVisible(bool(connection.key or connection.district_name))
        self._address_field.set_problem("")
        self.first_empty().setFocus()

    def first_empty(self) -> QLineEdit:
        return next((editor for editor in (self.address, self.account, self.password) if not editor.text()), self.password)

    def take_text(self, text: str) -> bool:
        found = from_text(text)
        if found:
            self.take(found)
        return found is not None

    def check(self, *, is_address: bool) -> bool:
        """Whether all is there; otherwise each field says what is missing and the first of them has the focus."""
        missing = _("Please fill in.")
        return _first_wrong(
            (self._address_field, self.address, "" if is_address else _("Looks like https://district.example.th")),
            (self._account_field, self.account, "" if self.account.text().strip() else missing),
            (self._password_field, self.password, "" if self.password.text().strip() else missing),
        )

    def _on_address_edited(self, text: str) -> None:
        if any(sign in text.strip() for sign in _PASTED) and self.take_text(text):
            return
        self._known.hide()

    def _on_paste(self) -> None:
        if not self.take_text(QGuiApplication.clipboard().text()):
            self._address_field.set_problem(_("No server address is in what was copied."))

    def _on_open_file(self) -> None:
        kinds = _("Connection file") + f" (*{ENDING});;" + _("All files") + " (*)"
        name, _chosen = QFileDialog.getOpenFileName(self, _("Open a connection file"), "", kinds)
        if name:
            self.file_chosen.emit(name)


class SecretsPage(QWidget):
    """An own password, where a one-time code was typed, and the passphrase of this computer. `done`: Enter in the last field."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = Asked("", "", "")
        self._with_code = False
        self.own_password, self.own_again = PasswordField(), PasswordField()
        self.passphrase, self.repeated = PasswordField(), PasswordField()
        self._own_field, self._own_again_field = Field(_("Password of your own"), self.own_password), Field(_("Once more"), self.own_again)
        self._passphrase_field, self._repeated_field = Field(_("New passphrase"), self.passphrase), Field(_("Once more"), self.repeated)
        self._judged = Text("", Role.SMALL_MUTED, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        self._own = QWidget()
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, space(2))
        own.setSpacing(space(2))
        own.addWidget(Text(_("A password of your own for the account"), Role.HEADING))
        own.addWidget(
            Text(_("It takes the place of the code. You need it when the district asks you to sign in again."), Role.SMALL_MUTED, wrap=True)
        )
        own.addLayout(_side_by_side(self._own_field, self._own_again_field))
        column.addWidget(self._own)
        column.addWidget(Text(_("A passphrase that locks this computer"), Role.HEADING))
        guidance = _(
            "You will type it each time you open the app. Choose something long that you remember, such as three words. "
            "Nobody can look it up for you."
        )
        column.addWidget(Text(guidance, Role.SMALL_MUTED, wrap=True))
        column.addLayout(_side_by_side(self._passphrase_field, self._repeated_field))
        column.addWidget(self._judged)
        self.passphrase.textChanged.connect(self._on_typed)
        self.repeated.returnPressed.connect(self.done)
        self.ask_for(self._asked, with_code=False)

    def ask_for(self, asked: Asked, *, with_code: bool) -> None:
        self._asked, self._with_code = asked, with_code
        self._own.setVisible(with_code)
        self.first = self.own_password if with_code else self.passphrase
        self._on_typed()

    @property
    def password(self) -> str:
        """The account's: the one that was typed before, or the new one."""
        return self.own_password.text() if self._with_code else self._asked.secret

    @property
    def code(self) -> str:
        return self._asked.secret if self._with_code else ""

    def check(self) -> bool:
        judged = self._strength()
        own = self.own_password.text()
        too_short = _at_least(SHORTEST)
        unlike = _("Not the same as the first.")
        weak = "" if judged in USABLE else (too_short if judged is Strength.TOO_SHORT else _(_SAID[judged]))
        return _first_wrong(
            (self._own_field, self.own_password, too_short if self._with_code and len(own) < SHORTEST else ""),
            (self._own_again_field, self.own_again, unlike if self._with_code and self.own_again.text() != own else ""),
            (self._passphrase_field, self.passphrase, weak),
            (self._repeated_field, self.repeated, "" if self.repeated.text() == self.passphrase.text() else unlike),
        )

    def _strength(self) -> Strength:
        return strength(self.passphrase.text(), self._asked.account, self.password)

    def _on_typed(self) -> None:
        judged = self._strength()
        missing = SHORTEST - len(self.passphrase.text())
        more = ngettext("{count} more character.", "{count} more characters.", missing).format(count=missing)
        self._judged.setText(more if judged is Strength.TOO_SHORT else _(_SAID[judged]))
        self._judged.setVisible(bool(self.passphrase.text()))


def _at_least(count: int) -> str:
    return ngettext("At least {count} character.", "At least {count} characters.", count).format(count=count)


def _first_wrong(*judged: tuple[Field, QLineEdit, str]) -> bool:
    for field, _editor, problem in judged:
        field.set_problem(problem)
    first = next((editor for _field, editor, problem in judged if problem), None)
    if first:
        first.setFocus()
    return first is None


def _side_by_side(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(space(3))
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row
