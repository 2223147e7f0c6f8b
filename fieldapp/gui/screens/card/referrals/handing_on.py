"""What the buttons of the list of referrals do: dialogs over the use cases, and the list anew."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fieldapp import phrases
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import ReferralState
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.referrals.draft_dialog import DraftDialog
from fieldapp.gui.screens.card.referrals.letter_dialog import LetterDialog
from fieldapp.gui.screens.card.referrals.panel import ReferralPanel
from fieldapp.gui.screens.card.referrals.step_dialog import StepDialog
from fieldapp.gui.screens.card.referrals.transfer_dialog import TransferDialog
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.widgets.toast import Toast
from fieldapp.reports.referral_letter import Letter
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card
from fieldapp.usecases.referrals_read import CaseReferrals, ReferralLine, TransferLine
from fieldapp.usecases.referring import WantedReferral, WantedTransfer

if TYPE_CHECKING:
    from fieldapp.client import Client


class HandingOn(QObject):
    """`counted` carries how many are on their way. `failed` tells an error on the page."""

    counted = Signal(int)

    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        page: QWidget,
        panel: ReferralPanel,
        *,
        today: Callable[[], dt.date],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(page)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._page = page
        self._panel = panel
        self._today = today
        self._failed = failed
        self._card: Card | None = None
        panel.new_wanted.connect(self._write)
        panel.correction_wanted.connect(self._write)
        panel.step_wanted.connect(self._record_step)
        panel.letter_wanted.connect(self._show_letter)
        panel.transfer_wanted.connect(self._ask_transfer)
        panel.call_off_wanted.connect(self._call_off)

    def show(self, card: Card) -> None:
        """The list of this card's child."""
        self._card = card
        self._tasks.run(self._page, lambda: self._client.referring.of_case(card.row.case_id), self._on_read, self._failed)

    def _on_read(self, shown: CaseReferrals) -> None:
        if self._card and self._card.row.case_id == shown.case_id:
            self._panel.show_referrals(shown)
            self.counted.emit(self._panel.open_count)

    def _write(self, line: ReferralLine | None = None) -> None:
        card, shown = self._card, self._panel.shown
        if card is None or shown is None:
            return
        before = line.referral if line else None
        dialog = DraftDialog(phrases.full_name(card.row), shown, self._today(), before, self._page)

        def keep(wanted: WantedReferral) -> None:
            if before:
                self._run(dialog, lambda: self._client.referring.correct(before.id, wanted), _("The draft is kept."))
            else:
                self._run(dialog, lambda: self._client.referring.draft(shown.case_id, wanted), _("The draft is kept."))

        dialog.written.connect(keep)
        dialog.open()

    def _record_step(self, line: ReferralLine) -> None:
        dialog = StepDialog(line, self._today(), self._page)

        def keep(state: ReferralState, day: dt.date, note: str) -> None:
            said = _("Recorded. Waiting to be sent to the district.")
            self._run(dialog, lambda: self._client.referring.step(line.referral.id, state, day, note), said)

        dialog.recorded.connect(keep)
        dialog.open()

    def _ask_transfer(self) -> None:
        card, shown = self._card, self._panel.shown
        if card is None or shown is None:
            return
        dialog = TransferDialog(phrases.full_name(card.row), shown.schools, self._page)

        def keep(wanted: WantedTransfer) -> None:
            said = _("Asked for. Waiting to be sent to the district.")
            self._run(dialog, lambda: self._client.referring.ask_transfer(shown.case_id, wanted), said)

        dialog.asked.connect(keep)
        dialog.open()

    def _call_off(self, line: TransferLine) -> None:
        self._tasks.run(self._page, lambda: self._client.referring.call_off_transfer(line.transfer.id), self._changes.publish, self._failed)

    def _show_letter(self, line: ReferralLine) -> None:
        def read(thai_digits: bool, then: Callable[[Letter], None]) -> None:
            letter = self._client.referring.letter
            self._tasks.run(self._page, lambda: letter(line.referral.id, thai_digits=thai_digits), then, self._failed)

        def opened(letter: Letter, stamp: Stamp) -> None:
            dialog = LetterDialog(letter, self._page, stamp=stamp)
            dialog.saved.connect(lambda: self._note_printed(stamp, dialog.letter_pages))
            dialog.digits_chosen.connect(lambda thai: read(thai, dialog.show_letter))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        def stamped(stamp: Stamp) -> None:
            read(False, lambda letter: opened(letter, stamp))

        self._tasks.run(self._page, lambda: self._client.prints.stamp(PaperOf.LETTER, line.referral.id), stamped, self._failed)

    def _note_printed(self, stamp: Stamp, pages: int) -> None:
        """From now on the signature is waited for."""
        printed = self._client.prints.printed
        self._tasks.run(self._page, lambda: printed(stamp, PaperOf.LETTER, pages), self._changes.publish, self._failed)

    def _run(self, dialog: FormDialog, work: Callable[[], Changes], said: str) -> None:
        def kept(changes: Changes) -> None:
            dialog.accept()
            self._changes.publish(changes)
            Toast.say(self._page.window(), said)

        self._tasks.run(dialog, work, kept, dialog.show_error)
