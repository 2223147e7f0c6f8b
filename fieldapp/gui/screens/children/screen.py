"""The screen CHILDREN: the list, and beside it the card of the child that is chosen."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from fieldapp import phrases
from fieldapp.domain.follow_up import Attendance, FollowUpReason, FollowUpState
from fieldapp.domain.states import CaseState
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Destination, FillForm, OpenChild, OpenChildren, OpenPapers, OpenTrip, RecordVisit, Screen
from fieldapp.gui.screens.card.attendance_dialog import AttendanceDialog
from fieldapp.gui.screens.card.caring.doing import Doing
from fieldapp.gui.screens.card.deciding import Deciding
from fieldapp.gui.screens.card.edit_dialog import EditDialog
from fieldapp.gui.screens.card.panel import CardPanel
from fieldapp.gui.screens.card.papers.signing import PaperSigning
from fieldapp.gui.screens.card.plan_dialog import PlanDialog
from fieldapp.gui.screens.card.reading import KEY as READING_KEY
from fieldapp.gui.screens.card.reading import ReadingPage
from fieldapp.gui.screens.card.referrals.handing_on import HandingOn
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.children.list_panel import ListPanel
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card, CardPhoto, ListFilter
from fieldapp.usecases.follow_ups import LookedAfter

if TYPE_CHECKING:
    from fieldapp.client import Client

# Held down, an arrow key passes many rows; only where it rests is a card read.
_REST_MS = 70


class ChildrenScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._case = ""
        self._asked = False
        self._thumbnails = Thumbnails(client.photos, tasks)
        self.list = ListPanel(client.children, tasks, self._today)
        self.card = CardPanel(self._thumbnails, clock)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._load_card)
        self._deciding = Deciding(client, tasks, changes, self, failed=self.list.message.show_error, read_again=self._load_card)
        self._handing_on = HandingOn(
            client, tasks, changes, self, self.card.referrals, today=self._today, failed=self.list.message.show_error
        )
        self._handing_on.counted.connect(self.card.count_referrals)
        self._doing = Doing(client, tasks, changes, self, self.card.care, today=self._today, failed=self.list.message.show_error)
        self._doing.counted.connect(self.card.count_risks)
        self._signing = PaperSigning(client, tasks, changes, self, self.card.papers, self._thumbnails, failed=self.list.message.show_error)
        self.card.papers.take_in_wanted.connect(lambda: self.navigate.emit(OpenPapers()))
        self._lay_out()
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_visit_wanted)
        self.list.typed.connect(self.search_typed)
        # The window's search field is emptied along with the filters.
        self.list.cleared.connect(lambda: self.navigate.emit(OpenChildren()))
        self.list.failed.connect(self.list.message.show_error)
        self.list.message.acted.connect(self.refresh)
        self.list.trip_wanted.connect(self._on_trip_wanted)
        self.card.visit_wanted.connect(self._on_visit_wanted)
        self.card.form_wanted.connect(self._on_form_wanted)
        self.card.sibling_chosen.connect(lambda case_id: self.navigate.emit(OpenChild(case_id)))
        self.card.edit_wanted.connect(self._on_edit_wanted)
        self.card.follow_up_wanted.connect(self._on_follow_up_wanted)
        self.card.follow_up_closed.connect(self._on_follow_up_closed)
        self.card.photo_opened.connect(self._on_photo_opened)
        self.card.decided.connect(self._deciding.decide)
        self.card.head.large_wanted.connect(self._read_large)
        QShortcut(QKeySequence(READING_KEY), self).activated.connect(self._read_large)
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Children")

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, OpenChild):
            self.open_case(destination.case_id)
        elif isinstance(destination, OpenChildren):
            wanted = destination.filter or self.list.filter
            self._show(replace(wanted, text=destination.text))

    def refresh(self) -> None:
        self._load_counts()
        if self._asked:
            self.list.refresh()
            self._load_card()
        else:
            self._show(self.list.filter)

    def search(self, text: str) -> None:
        """What the person types into the search field of the window."""
        self._show(replace(self.list.filter, text=text))

    def open_case(self, case_id: str) -> None:
        """Show this child, taking away filters that would hide it."""
        self._show(ListFilter(sort=self.list.filter.sort, descending=self.list.filter.descending), case_id)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(space(5))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.card)
        splitter.setStretchFactor(0, 56)
        splitter.setStretchFactor(1, 44)
        splitter.setSizes([675, 535])
        self.list.setMinimumWidth(430)
        self.card.setMinimumWidth(380)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(6), space(5), space(6), space(5))
        row.addWidget(splitter)

    def _today(self) -> dt.date:
        return self.clock().astimezone().date()

    def _show(self, wanted: ListFilter, case_id: str = "") -> None:
        self._asked = True
        self.list.ask(wanted, case_id)

    def _load_counts(self) -> None:
        self.tasks.run(self, self.client.children.counts, self.list.set_counts)

    def _on_chosen(self, case_id: str) -> None:
        if not case_id:
            self._case = ""
            self._rest.stop()
            self.card.show_nothing()
            return
        if case_id != self._case:
            self._case = case_id
            self._rest.start()

    def _load_card(self) -> None:
        case_id = self._case
        if case_id:
            self.tasks.run(self, lambda: self.client.children.card(case_id), self._on_card)

    def _on_card(self, card: Card) -> None:
        if card.row.case_id == self._case:
            self.card.show_card(card, self._today())
            self._handing_on.show(card)
            self._doing.show(card)
            self._signing.show(card)

    def _on_form_wanted(self, form_id: str) -> None:
        if self.card.card:
            self.navigate.emit(FillForm(form_id, self.card.card.row.case_id))

    def _on_trip_wanted(self, everybody: bool) -> None:
        if everybody:
            self.navigate.emit(OpenTrip(everybody=self.list.filter))
        elif self._case:
            self.navigate.emit(OpenTrip((self._case,)))

    def _on_visit_wanted(self, case_id: str) -> None:
        card = self.card.card
        if case_id and not (card and card.row.case_id == case_id and not card.editable and not card.has_draft):
            self.navigate.emit(RecordVisit(case_id))

    def _on_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return  # everything is read anew when the screen comes to the front
        if changes.all or changes.cases or changes.children:
            self._load_counts()
            self.list.refresh()
        if self._case and (self._is_about_the_card(changes) or changes.photos or changes.follow_ups or changes.outbox or changes.papers):
            self._load_card()

    def _is_about_the_card(self, changes: Changes) -> bool:
        card = self.card.card
        return changes.touches_case(self._case) or (card is not None and card.child.id in changes.children)

    def _on_edit_wanted(self) -> None:
        card = self.card.card
        if card is None:
            return
        dialog = EditDialog(card.child, self)

        def keep(values: dict[str, str]) -> None:
            self.tasks.run(
                dialog,
                lambda: self.client.children.edit(card.child, values),
                lambda changes: self._on_kept(dialog, changes, _("Saved. Waiting to be sent to the district.")),
                dialog.show_error,
            )

        dialog.saved.connect(keep)
        dialog.open()

    def _on_follow_up_wanted(self) -> None:
        card = self.card.card
        if card is None:
            return
        dialog = PlanDialog(phrases.full_name(card.row), self._today(), self)

        def keep(day: dt.date, note: str) -> None:
            self.tasks.run(
                dialog,
                lambda: self.client.follow_ups.plan(card.row.case_id, day, note),
                lambda changes: self._on_kept(dialog, changes, _("Follow-up planned for {day}").format(day=phrases.day(day))),
                dialog.show_error,
            )

        dialog.planned.connect(keep)
        dialog.open()

    def _on_kept(self, dialog: EditDialog | PlanDialog, changes: Changes, said: str) -> None:
        dialog.accept()
        self.changes.publish(changes)
        Toast.say(self.window(), said)

    def _on_follow_up_closed(self, follow_up_id: str, state: FollowUpState) -> None:
        card = self.card.card
        wanted = next((one for one in card.follow_ups if one.id == follow_up_id), None) if card else None
        if card and wanted and wanted.reason is FollowUpReason.AFTER_RETURN and state is FollowUpState.DONE:
            self._look_after(card, follow_up_id)
            return
        self.tasks.run(self, lambda: self.client.follow_ups.close(follow_up_id, state), self.changes.publish)

    def _look_after(self, card: Card, follow_up_id: str) -> None:
        dialog = AttendanceDialog(phrases.full_name(card.row), may_drop=card.case.state is CaseState.RETURNED, parent=self)

        def kept(done: LookedAfter) -> None:
            dialog.accept()
            self.changes.publish(done.changes)
            if done.new_case:
                self.open_case(done.new_case)
            Toast.say(self.window(), _("Recorded. Waiting to be sent to the district."))

        def keep(attendance: Attendance, note: str, dropped: bool) -> None:
            work = self.client.follow_ups.looked_after
            self.tasks.run(dialog, lambda: work(follow_up_id, attendance, note, dropped_again=dropped), kept, dialog.show_error)

        dialog.seen.connect(keep)
        dialog.open()

    def _read_large(self) -> None:
        if self.card.card is not None:
            ReadingPage(self.card.card, self._today(), self.client.help_lines.known, self).open()

    def _on_photo_opened(self, shown: CardPhoto) -> None:
        PhotoViewer(shown.photo, self._thumbnails, self).open()
