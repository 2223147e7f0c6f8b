"""What the buttons of the list of papers do: printing by a dialog, looking at a sheet, and the list anew."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fieldapp import phrases
from fieldapp.domain.care.paper import Paper, PaperOf
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.ink import Sheet
from fieldapp.gui.screens.card.papers.panel import PapersPanel
from fieldapp.gui.screens.card.papers.paper_viewer import PaperViewer
from fieldapp.gui.screens.card.papers.print_dialog import PrintDialog
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card
from fieldapp.usecases.papers.printing import CasePapers, PaperLine

if TYPE_CHECKING:
    from fieldapp.client import Client


class PaperSigning(QObject):
    """`failed` tells an error on the page."""

    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        page: QWidget,
        panel: PapersPanel,
        thumbnails: Thumbnails,
        *,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(page)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._page = page
        self._panel = panel
        self._thumbnails = thumbnails
        self._failed = failed
        self._card: Card | None = None
        panel.print_wanted.connect(self._print)
        panel.paper_opened.connect(self._open)

    def show(self, card: Card) -> None:
        """The list of this card's child."""
        self._card = card
        self._tasks.run(self._page, lambda: self._client.prints.of_case(card.row.case_id), self._on_read, self._failed)

    def _on_read(self, shown: CasePapers) -> None:
        if self._card and self._card.row.case_id == shown.case_id:
            self._panel.show_papers(shown)

    def _print(self, line: PaperLine) -> None:
        def read() -> tuple[Stamp, Callable[[], Sequence[Sheet]]]:
            stamp = self._client.prints.stamp(line.of_kind, line.of)
            return stamp, self._setting(line, stamp)

        def show(made: tuple[Stamp, Callable[[], Sequence[Sheet]]]) -> None:
            stamp, set_sheets = made
            sheets = set_sheets()
            child = phrases.full_name(self._card.row) if self._card else ""
            holds = _("The file is not encrypted and holds what is on the sheets. Save it only where others cannot read it.")
            dialog = PrintDialog(f"{wording.title(line)} · {child}", holds, sheets, _NAMES[line.of_kind], self._page)
            dialog.saved.connect(lambda: self._note(line, stamp, sheets))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._tasks.run(self._page, read, show, self._failed)

    def _setting(self, line: PaperLine, stamp: Stamp) -> Callable[[], Sequence[Sheet]]:
        """What is to be set is read at once; setting it is the window's."""
        # Loaded with the first paper that is printed.
        from fieldapp.gui.letters.referral import set_referral
        from fieldapp.gui.letters.signed_papers import set_consent, set_form

        if line.of_kind is PaperOf.FORM:
            form = self._client.prints.form(line.of)
            return lambda: set_form(form, stamp)
        if line.of_kind is PaperOf.CONSENT:
            consent = self._client.prints.consent(line.of)
            return lambda: set_consent(consent, stamp)
        letter = self._client.referring.letter(line.of)
        return lambda: set_referral(letter, stamp)

    def _note(self, line: PaperLine, stamp: Stamp, sheets: Sequence[Sheet]) -> None:
        printed = self._client.prints.printed
        self._tasks.run(self._page, lambda: printed(stamp, line.of_kind, len(sheets)), self._changes.publish, self._failed)

    def _open(self, paper: Paper) -> None:
        viewer = PaperViewer(paper, self._thumbnails, self._page, editable=bool(self._panel.shown and self._panel.shown.editable))
        viewer.misfiled.connect(lambda: self._misfiled(paper))
        viewer.open()

    def _misfiled(self, paper: Paper) -> None:
        def done(changes: Changes) -> None:
            self._changes.publish(changes)
            Toast.say(self._page.window(), _("The sheet is among those to be sorted now."))

        self._tasks.run(self._page, lambda: self._client.papers.misfiled(paper.id), done, self._failed, Lane.PHOTOS)


_NAMES = {PaperOf.FORM: "แบบที่กรอก", PaperOf.LETTER: "หนังสือส่งต่อ", PaperOf.SLIP: "แบบตอบรับ", PaperOf.CONSENT: "ความยินยอม"}
