"""ซิงก์: what goes on, what needs a person, what of this laptop the district holds, and how earlier syncs went."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.error_words import words_for
from fieldapp.errors import Offline, SignInNeeded
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Destination, OpenChild, OpenSync, Screen
from fieldapp.gui.screens.card.deciding import Deciding
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.screens.sync.aside_actions import AsideActions
from fieldapp.gui.screens.sync.aside_rows import Aside, AsideRow
from fieldapp.gui.screens.sync.conflict_rows import ConflictRow
from fieldapp.gui.screens.sync.progress_card import ProgressCard
from fieldapp.gui.screens.sync.receipt_dialog import ReceiptDialog
from fieldapp.gui.screens.sync.rows import ItemRow, RunRow
from fieldapp.gui.screens.sync.sign_in_again import SignInAgain
from fieldapp.gui.screens.sync.stick_card import StickCard
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.card import Card, Divider
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.growing_list import GrowingList
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.conflicts import OpenConflict
from fieldapp.usecases.syncing import ReceiptView, SentItem, SyncOverview, SyncProgress, SyncResult, SyncRun

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.gui.sync_runner import SyncRunner

_RUNS = 10
_SIDE = 380
_SIDE_NARROW = 300
_NARROW = 1100
# A closed account or a revoked device is not opened again by a password.
_PASSWORD_HELPS = frozenset({"sign_in.session_ended", "sign_in.wrong_password"})


class SyncScreen(Screen):
    def __init__(
        self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, runner: "SyncRunner", parent: QWidget | None = None
    ) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._runner = runner
        self._paused = False
        self._asked_for = ""
        self.receipt_dialog: ReceiptDialog | None = None
        self.progress = ProgressCard(clock)
        self.message = Message()
        self.stick = StickCard(client, tasks, changes, clock, self.message)
        self.aside = AsideActions(client, tasks, changes, clock, self.message, self)
        self._deciding = Deciding(client, tasks, changes, self, failed=self.message.show_error, read_again=self._load_overview)
        self.sign_in = SignInAgain(client.profile.person_name)
        self.conflicts: GrowingList[OpenConflict] = GrowingList(self._conflict_row)
        self.needs_you: GrowingList[Aside] = GrowingList(self._needs_you_row)
        self.items: GrowingList[SentItem] = GrowingList(self._item_row)
        self.runs: GrowingList[SyncRun] = GrowingList(lambda: RunRow(clock))
        self._arrange()
        self.progress.sync_requested.connect(runner.start)
        self.progress.pause_requested.connect(self._on_pause)
        self.aside.navigate.connect(self.navigate)
        self.aside.done.connect(self._load_overview)
        self.sign_in.submitted.connect(self._on_password)
        runner.started.connect(self._on_started)
        runner.progressed.connect(self.show_progress)
        runner.finished.connect(self._on_finished)
        # Also when the app locks or ends: whatever writes then stops.
        runner.cancelled.connect(self.stick.stop)
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Sync")

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, OpenSync):
            self._asked_for = destination.event_id

    def refresh(self) -> None:
        if self._runner.running:
            self._on_started()
            if self._runner.progress:
                self.show_progress(self._runner.progress)
        elif self._runner.last_error:
            self.show_error(self._runner.last_error)
        self._load_overview()
        self.stick.refresh()

    def set_overview(self, overview: SyncOverview) -> None:
        """Show how everything stands."""
        self.progress.set_overview(overview)
        needs_you: tuple[Aside, ...] = (*overview.needs_you, *overview.aside_photos)
        self.needs_you.set_items(needs_you)
        self.conflicts.set_items(overview.conflicts)
        self._needs_you_parts[1].setVisible(bool(overview.conflicts and needs_you))
        count = len(needs_you) + len(overview.conflicts)
        self._needs_you_card.setVisible(bool(count))
        self._needs_you_count.set(f"{count:,}", Tone.DANGER)
        self.items.set_items(overview.items)
        self._items_card.setVisible(bool(overview.items))
        self._no_items.setVisible(not overview.items)
        self.runs.set_items(overview.runs[:_RUNS])
        self._runs_card.setVisible(bool(overview.runs))
        self._open_what_was_asked_for(overview)

    def show_progress(self, progress: SyncProgress) -> None:
        self.progress.show_progress(progress)

    def show_error(self, error: Exception) -> None:
        """What happened, what is safe, what to do; with the password asked for where it helps."""
        if isinstance(error, SignInNeeded) and error.code in _PASSWORD_HELPS:
            self.message.clear()
            self.sign_in.ask()
            # One way on, not two: the sync begins with the password.
            self.progress.button.hide()
        elif isinstance(error, Offline):
            # No signal is how the day goes, not a fault.
            words = words_for(error)
            self.message.show_info(words.happened, f"{words.safe} {words.next_step}", guide=words.guide)
        else:
            self.message.show_error(error)

    def show_receipt(self, item: SentItem, view: ReceiptView | None) -> None:
        if view is None:
            self.message.show_info(_("The receipt is not in this laptop"), _("Sync again to fetch it."))
            return
        self.receipt_dialog = ReceiptDialog(view, wording.item_title(item), self)
        self.receipt_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.receipt_dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._side.setFixedWidth(_SIDE_NARROW if self.width() < _NARROW else _SIDE)
        super().resizeEvent(event)

    def _on_started(self) -> None:
        self._paused = False
        self.message.clear()
        self._close_sign_in()
        self.progress.begin()

    def _on_pause(self) -> None:
        self._paused = True
        self._runner.cancel()

    def _on_finished(self, result: SyncResult | None, error: Exception | None) -> None:
        self.progress.end()
        if error:
            self.show_error(error)
        elif self._paused or (result and result.cancelled):
            self.message.show_info(_("Paused"), _("What is not yet sent stays in this laptop. Sync goes on from there."))
        elif result:
            self._tell(result)
        if self.isVisible():
            self._load_overview()

    def _load_overview(self) -> None:
        self.tasks.run(self, self.client.syncing.overview, self.set_overview)

    def _tell(self, result: SyncResult) -> None:
        moved = wording.result_words(result)
        if result.conflicts or result.rejected:
            self.message.show_warning(_("Sync is complete, and something needs you"), moved)
        else:
            self.message.show_good(_("Sync is complete"), moved)

    def _on_changed(self, changes: Changes) -> None:
        if changes and self.isVisible() and not self._runner.running:
            self._load_overview()

    def _on_password(self, password: str) -> None:
        self.tasks.run(
            self, lambda: self.client.syncing.sign_in_again(password), self._on_signed_in, self.sign_in.refuse, lane=Lane.NETWORK
        )

    def _on_signed_in(self, _result: None) -> None:
        self._close_sign_in()
        self._runner.start()

    def _close_sign_in(self) -> None:
        self.sign_in.done()
        self.progress.button.show()

    def _open_receipt(self, item: SentItem) -> None:
        self.tasks.run(self, lambda: self.client.syncing.receipt(item.event_id), lambda view: self.show_receipt(item, view))

    def _open_what_was_asked_for(self, overview: SyncOverview) -> None:
        asked, self._asked_for = self._asked_for, ""
        for item in overview.items:
            if asked and item.event_id == asked and item.receipt_number:
                self._open_receipt(item)

    def _item_row(self) -> ItemRow:
        row = ItemRow(self.clock)
        row.receipt_requested.connect(self._open_receipt)
        return row

    def _needs_you_row(self) -> AsideRow:
        row = AsideRow(self.clock)
        row.open_requested.connect(self.aside.open)
        row.retry_requested.connect(self.aside.retry)
        row.help_requested.connect(self.aside.ask_for_help)
        return row

    def _conflict_row(self) -> ConflictRow:
        row = ConflictRow(self.clock)
        row.open_requested.connect(lambda shown: self.navigate.emit(OpenChild(shown.case_id)))
        row.chosen.connect(self._deciding.decide)
        return row

    def _arrange(self) -> None:
        page = ScrollPage()
        page.fill(self)
        for widget in (self.progress, self.message, self.sign_in):
            page.body.addWidget(widget)
        self._needs_you_count = Pill("", Tone.DANGER)
        self._needs_you_parts = (self.conflicts, Divider(), self.needs_you)
        both = QWidget()
        needs_you = QVBoxLayout(both)
        needs_you.setContentsMargins(0, 0, 0, 0)
        needs_you.setSpacing(0)
        for part in self._needs_you_parts:
            needs_you.addWidget(part)
        self._needs_you_card = _list_card(_("Needs you"), both, self._needs_you_count)
        self._items_card = _list_card(_("Records in this laptop"), self.items)
        self._no_items = Card()
        self._no_items.add(
            EmptyState("cloud-done", _("Nothing has been recorded yet"), _("What you record appears here with its receipt."))
        )
        self._runs_card = _list_card(_("Earlier syncs"), self.runs)
        columns = QHBoxLayout()
        columns.setSpacing(space(4))
        left = QVBoxLayout()
        left.setSpacing(space(4))
        left.addWidget(self._needs_you_card)
        left.addWidget(self._items_card)
        left.addWidget(self._no_items)
        left.addStretch(1)
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space(4))
        # Above the list that grows: whoever has no signal must not have to look for it.
        right.addWidget(self.stick)
        right.addWidget(self._runs_card)
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addWidget(self._side)
        page.body.addLayout(columns)
        page.body.addStretch(1)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.items.follow(page)


def _list_card(title: str, rows: QWidget, trailing: QWidget | None = None) -> Card:
    card = Card(title, trailing=trailing)
    card.add_list(rows)
    return card
