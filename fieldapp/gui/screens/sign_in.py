"""The first sign-in on a computer: the district's address, the account, and the passphrase that will lock this computer."""

import platform
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from fieldapp.error_words import ErrorWords, words_for, words_for_code
from fieldapp.error_words.guide import guide_place
from fieldapp.errors import FieldappError
from fieldapp.gui.screens.sign_in_steps import SecretsPage, WherePage
from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, primary
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark
from fieldapp.usecases.signing_in import Asked, FirstSignIn, Found, from_file

_LONGEST_FILE = 10_000
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


# What the district says of the secrets that were chosen on the second page.
_OF_SECRETS = ("sign_in.short_password",)
# Mended on the first page: where the district is, and who asks.
_ABOUT_WHO = ("offline", "sign_in", "not_found", "wrong_value", "too_large", "protocol_unsupported")


class SignInScreen(Stage):
    """`look_up_wanted` carries an Asked and `sign_in_wanted` a FirstSignIn; the answers come back through `show_found`, `show_progress`,
    `show_error` and `show_cancelled`. A connection file or a slip's text may be dropped on it."""

    look_up_wanted = Signal(object)
    sign_in_wanted = Signal(object)
    cancelled = Signal()
    back_wanted = Signal()

    def __init__(self, address: str = "", *, can_go_back: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._asked = Asked("", "", "")
        self._can_go_back = can_go_back
        self.column.setSpacing(space(2))
        self.column.addWidget(Text(_("First sign-in on this computer"), Role.FIGURE))
        self._lead = Text("", Role.MUTED, wrap=True)
        self.column.addWidget(self._lead)
        self.column.addSpacing(space(1))
        self.where = WherePage(address)
        self.secrets = SecretsPage()
        for page in (self.where, self.secrets):
            self.column.addWidget(page)
            page.done.connect(self._on_submit)
        self.where.file_chosen.connect(self.open_connection)
        self.message = Message()
        self.column.addWidget(self.message)
        self.button = primary("", "next")
        self.button.clicked.connect(self._on_submit)
        self.column.addSpacing(space(1))
        self.column.addWidget(self.button)
        self._back = link(_("Back"), "back")
        self._back.clicked.connect(self._on_back)
        self.column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.practise = link(_("Practise with invented children"))
        self.practise.clicked.connect(self.practice_wanted)
        self.column.addWidget(self.practise, 0, Qt.AlignmentFlag.AlignLeft)
        self._progress_card = Card()
        self.progress = ProgressStrip(_("Cancel"))
        self.progress.cancelled.connect(self._on_cancel)
        self._progress_card.add(self.progress)
        self.column.addWidget(self._progress_card)
        self._turn_to(self.where)
        self.begins_at = self.where.account if address else self.where.address

    def open_connection(self, name: str) -> None:
        """Take over what a file from the office says."""
        try:
            with Path(name).open("rb") as file:
                found = from_file(file.read(_LONGEST_FILE))
        except OSError:
            found = None
        if found is None:
            self.message.show_error(
                ErrorWords(
                    _("This is not a connection file."),
                    _("Nothing was changed."),
                    _("Choose the .fieldapp file that the district office gave you."),
                    guide_place("sign_in"),
                )
            )
            return
        self.message.clear()
        self._turn_to(self.where)
        self.where.take(found)

    def show_found(self, found: Found) -> None:
        """The district answered: now the secrets of one's own."""
        self._asked = Asked(found.address, self._asked.account, self._asked.secret, self._asked.key)
        self.secrets.ask_for(self._asked, with_code=found.is_code)
        self._turn_to(self.secrets)
        self._lead.setText(f"{found.district_name} · {self._asked.account}")
        self.secrets.first.setFocus()

    def show_progress(self, title: str, detail: str, done: int, total: int) -> None:
        self._set_busy(True)
        self.progress.show_progress(title, detail, done, total)

    def show_error(self, error: Exception) -> None:
        code, facts = (error.code, error.data) if isinstance(error, FieldappError) else ("", {})
        self._turn_to(self.where if code.partition(".")[0] in _ABOUT_WHO and code not in _OF_SECRETS else self._page)
        told = words_for_code(_MEANS[code]) if code in _MEANS else words_for(error)
        next_step = _(_NEXT_STEPS[code]) if code in _NEXT_STEPS else told.next_step
        if code == "protocol_unsupported" and (address := str(facts.get("address", ""))):
            next_step = next_step + " " + _("It is at {address}").format(address=address)
        self.message.show_error(replace(told, safe=_("Nothing was set up on this computer."), next_step=next_step))
        if code.startswith("sign_in.") and self._page is self.where:
            # What was refused is typed anew; the address is right.
            self.where.password.selectAll()
            self.where.password.setFocus()

    def show_cancelled(self) -> None:
        self._set_busy(False)
        self.message.show_info(_("Cancelled."), _("Nothing was set up on this computer. You can sign in again at any time."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_connection(files[0])
        elif self.where.take_text(event.mimeData().text()):
            self._turn_to(self.where)
        event.acceptProposedAction()

    def _turn_to(self, page: QWidget) -> None:
        self._page = page
        self.button.setText(_("Next") if page is self.where else _("Sign in and download"))
        if page is self.where:
            self._lead.setText(_("Needs a signal this once. Afterwards the app works without."))
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self.where.setVisible(not busy and self._page is self.where)
        self.secrets.setVisible(not busy and self._page is self.secrets)
        self.button.setVisible(not busy)
        self._back.setVisible(not busy and (self._can_go_back or self._page is self.secrets))
        self.practise.setVisible(not busy and self._page is self.where)
        self._progress_card.setVisible(busy)
        self.message.clear()

    def _on_back(self) -> None:
        if self._page is self.secrets:
            self._turn_to(self.where)
            self.where.password.setFocus()
        else:
            self.back_wanted.emit()

    def _on_cancel(self) -> None:
        self.progress.set_cancel_enabled(False)
        # An answer that is under way is waited for.
        self.progress.show_progress(_("Cancelling…"), "", 0, 0)
        self.cancelled.emit()

    def _on_submit(self) -> None:
        self.progress.set_cancel_enabled(True)
        if self._page is self.where:
            asked = self.where.asked()
            if self.where.check(is_address=is_address(asked.address)):
                self._asked = asked
                self.show_progress(_("Asking the district…"), asked.address, 0, 0)
                self.look_up_wanted.emit(asked)
        elif self.secrets.check():
            self.show_progress(_("Signing in…"), self._asked.address, 0, 0)
            self.sign_in_wanted.emit(self._request())

    def _request(self) -> FirstSignIn:
        return FirstSignIn(
            address=self._asked.address,
            account=self._asked.account,
            password=self.secrets.password,
            passphrase=self.secrets.passphrase.text(),
            device_name=platform.node() or platform.system(),
            code=self.secrets.code,
            key=self._asked.key,
        )


def is_address(text: str) -> bool:
    """Whether it could be a server's address; http or https may be left out."""
    words = text.strip()
    try:
        host = urlsplit(words if "://" in words else f"https://{words}").hostname
    except ValueError:
        return False
    return bool(host) and " " not in words
