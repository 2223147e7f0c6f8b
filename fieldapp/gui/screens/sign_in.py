"""The first sign-in on a computer: the district's address, the account, and the passphrase that will lock this computer."""

import platform
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.error_words import ErrorWords, words_for, words_for_code
from fieldapp.errors import FieldappError
from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, primary
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark, ngettext
from fieldapp.usecases.signing_in import FirstSignIn

SHORTEST_PASSPHRASE = 8
_CHECK_LINE = mark("Check the signal and the server address, then try again.")
_TRY_LATER = mark("Try again in a moment. If it stays so, tell the district office.")
# Nothing goes on by itself or at the next sync while nobody is signed in: what to do is said in other words here.
_NEXT_STEPS = {
    "offline.unreachable": _CHECK_LINE,
    "offline.timeout": _CHECK_LINE,
    "offline.broken_answer": _TRY_LATER,
    "server_failed": _TRY_LATER,
    "server_busy": _TRY_LATER,
    "server_full": _TRY_LATER,
    "protocol_unsupported": mark("Install the newest version of the app, then sign in."),
    "sign_in.account_expired": mark("Please ask the district office to extend it."),
}
# A wrong path after the right server's name; an account or password of impossible length.
_MEANS = {"not_found": "offline.not_the_server", "wrong_value": "sign_in.wrong_password", "too_large": "sign_in.wrong_password"}


class SignInScreen(Stage):
    """`sign_in_wanted` carries a FirstSignIn; the answer comes back through `show_progress`, `show_error` and `show_cancelled`."""

    sign_in_wanted = Signal(object)
    cancelled = Signal()
    back_wanted = Signal()

    def __init__(self, address: str = "", *, can_go_back: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(space(2))
        self.column.addWidget(Text(_("First sign-in on this computer"), Role.FIGURE))
        self.column.addWidget(Text(_("Needs a signal this once. Afterwards the app works without."), Role.MUTED, wrap=True))
        self.column.addSpacing(space(1))
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(space(2))
        self.address = QLineEdit(address)
        self.address.setPlaceholderText("https://")
        self.account = QLineEdit()
        self.password = PasswordField()
        self.passphrase = PasswordField()
        self.repeated = PasswordField()
        self._address_field = Field(_("Server address"), self.address)
        self._account_field = Field(_("Account"), self.account)
        self._password_field = Field(_("Password"), self.password)
        self._passphrase_field = Field(_("New passphrase"), self.passphrase)
        self._repeated_field = Field(_("Once more"), self.repeated)
        form.addWidget(self._address_field)
        form.addLayout(_side_by_side(self._account_field, self._password_field))
        form.addSpacing(space(2))
        form.addWidget(Text(_("A passphrase that locks this computer"), Role.HEADING))
        guidance = _(
            "You will type it each time you open the app. Choose something long that you remember, such as three words. "
            "Nobody can look it up for you."
        )
        form.addWidget(Text(guidance, Role.SMALL_MUTED, wrap=True))
        form.addLayout(_side_by_side(self._passphrase_field, self._repeated_field))
        self.column.addWidget(self._form)
        self.message = Message()
        self.column.addWidget(self.message)
        self.button = primary(_("Sign in and download"), "next")
        self.button.clicked.connect(self._on_submit)
        self.repeated.returnPressed.connect(self._on_submit)
        self.column.addSpacing(space(1))
        self.column.addWidget(self.button)
        self._back = link(_("Back"), "back")
        self._back.clicked.connect(self.back_wanted)
        self.column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._back.setVisible(can_go_back)
        self._can_go_back = can_go_back
        self._progress_card = Card()
        self.progress = ProgressStrip(_("Cancel"))
        self.progress.cancelled.connect(self._on_cancel)
        self._progress_card.add(self.progress)
        self.column.addWidget(self._progress_card)
        self._progress_card.hide()
        self.setFocusProxy(self.account if address else self.address)

    def show_progress(self, title: str, detail: str, done: int, total: int) -> None:
        self._set_busy(True)
        self.progress.show_progress(title, detail, done, total)

    def show_error(self, error: Exception) -> None:
        self._set_busy(False)
        code = error.code if isinstance(error, FieldappError) else ""
        told = words_for_code(_MEANS[code]) if code in _MEANS else words_for(error)
        next_step = _(_NEXT_STEPS[code]) if code in _NEXT_STEPS else told.next_step
        self.message.show_error(ErrorWords(told.happened, _("Nothing was set up on this computer."), next_step))

    def show_cancelled(self) -> None:
        self._set_busy(False)
        self.message.show_info(_("Cancelled."), _("Nothing was set up on this computer. You can sign in again at any time."))

    def _set_busy(self, busy: bool) -> None:
        self._form.setVisible(not busy)
        self.button.setVisible(not busy)
        self._back.setVisible(not busy and self._can_go_back)
        self._progress_card.setVisible(busy)
        if busy:
            self.message.clear()

    def _on_cancel(self) -> None:
        self.progress.set_cancel_enabled(False)
        self.cancelled.emit()

    def _on_submit(self) -> None:
        if not self._check():
            return
        self.progress.set_cancel_enabled(True)
        request = FirstSignIn(
            address=self.address.text().strip(),
            account=self.account.text().strip(),
            password=self.password.text(),
            passphrase=self.passphrase.text(),
            device_name=platform.node() or platform.system(),
        )
        self.show_progress(_("Asking the district…"), request.address, 0, 0)
        self.sign_in_wanted.emit(request)

    def _check(self) -> bool:
        """Whether all is there; otherwise each field says what is missing and the first of them has the focus."""
        short = ngettext("At least {count} character.", "At least {count} characters.", SHORTEST_PASSPHRASE)
        wrong = (
            (self._address_field, self.address, "" if is_address(self.address.text()) else _("Looks like https://district.example.th")),
            (self._account_field, self.account, "" if self.account.text().strip() else _("Please fill in.")),
            (self._password_field, self.password, "" if self.password.text() else _("Please fill in.")),
            (
                self._passphrase_field,
                self.passphrase,
                "" if len(self.passphrase.text()) >= SHORTEST_PASSPHRASE else short.format(count=SHORTEST_PASSPHRASE),
            ),
            (
                self._repeated_field,
                self.repeated,
                "" if self.repeated.text() == self.passphrase.text() else _("Not the same as the first."),
            ),
        )
        for field, _editor, problem in wrong:
            field.set_problem(problem)
        first = next((editor for _field, editor, problem in wrong if problem), None)
        if first:
            first.setFocus()
        return first is None


def is_address(text: str) -> bool:
    """Whether it could be a server's address; http or https may be left out."""
    words = text.strip()
    try:
        host = urlsplit(words if "://" in words else f"https://{words}").hostname
    except ValueError:
        return False
    return bool(host) and " " not in words


def _side_by_side(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(space(3))
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row
