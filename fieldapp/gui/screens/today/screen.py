"""วันนี้: what to do now, in visiting order, and whether the laptop is ready to leave the signal. Nothing else."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain.states import CaseState
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import (
    Clock,
    OpenChild,
    OpenChildren,
    OpenPapers,
    OpenPhonePictures,
    OpenSync,
    OpenTrip,
    RecordVisit,
    Screen,
)
from fieldapp.gui.screens.today.lines import follow_up_lines, plan_title, planned_lines
from fieldapp.gui.screens.today.papers_card import PapersCard
from fieldapp.gui.screens.today.phone_row import NewPictures, PhoneRow
from fieldapp.gui.screens.today.planned_row import Line, PlannedRow
from fieldapp.gui.screens.today.readiness_card import ReadinessCard
from fieldapp.gui.screens.today.update_card import UpdateCard
from fieldapp.gui.screens.today.work_cards import MyWorkCard, WaitingCard
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.growing_list import GrowingList
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.today import TodayView

if TYPE_CHECKING:
    from fieldapp.client import Client

_SIDE = 320
_SIDE_NARROW = 280
_NARROW = 1100


class TodayScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._plan_title = SectionTitle("")
        self._planned = GrowingList(self._visit_row)
        self._plan_card = _list_card(self._planned)
        self._follow_title = SectionTitle(_("Follow-ups"))
        self._follow_ups = GrowingList(self._follow_up_row)
        self._follow_card = _list_card(self._follow_ups)
        self._nothing_due = EmptyState("today", _("Nobody is due"), _("Other children can be visited too."), _("All my children"))
        self._nothing_due.acted.connect(lambda: self.navigate.emit(OpenChildren()))
        self._nothing_here = EmptyState(
            "children",
            _("No child is in this laptop yet"),
            _("Connect to the internet and sync. Children assigned to you appear here."),
            _("Open sync"),
        )
        self._nothing_here.acted.connect(lambda: self.navigate.emit(OpenSync()))
        self._empty_card = Card()
        self._empty_card.add(self._nothing_due)
        self._empty_card.add(self._nothing_here)
        self._readiness = ReadinessCard()
        self._readiness.sync_requested.connect(lambda: self.navigate.emit(OpenSync()))
        self._readiness.trip_wanted.connect(lambda: self.navigate.emit(OpenTrip(self._due)))
        self._due: tuple[str, ...] = ()
        self._work = MyWorkCard()
        self._work.state_chosen.connect(self._on_state_chosen)
        self._waiting = WaitingCard()
        self._waiting.opened.connect(lambda: self.navigate.emit(OpenSync()))
        self._papers = PapersCard()
        self._papers.opened.connect(lambda: self.navigate.emit(OpenPapers()))
        self._update = UpdateCard()
        self._update.put_off.connect(self._on_update_put_off)
        self.phone_row = PhoneRow()
        self.phone_row.pressed.connect(lambda: self.navigate.emit(OpenPhonePictures()))
        self.phone = buttons.link(_("Pictures from the phone"), "photo")
        self.phone.clicked.connect(lambda: self.navigate.emit(OpenPhonePictures()))
        self._new_pictures = NewPictures(client.phone_pictures, tasks, self)
        self._new_pictures.counted.connect(self.phone_row.show_count)
        self._arrange()
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Today")

    def subtitle(self) -> str:
        profile = self.client.profile
        return " · ".join(part for part in (profile.person_name, profile.school_name) if part)

    def refresh(self) -> None:
        today = self.today()
        self.tasks.run(self, lambda: (self.client.today.view(today), frozenset(self.client.visits.drafts())), self._on_loaded)
        self._new_pictures.count()

    def set_view(self, view: TodayView, drafts: frozenset[str] = frozenset()) -> None:
        """Show this day. `drafts`: cases whose visit was begun and not finished."""
        now, today = self.clock(), self.today()
        empty = view.counts.total == 0
        self._due = tuple(row.case_id for row in view.planned)
        self._plan_title.set(plan_title(view.planned), phrases.long_day(today, weekday=True))
        self._planned.set_items(planned_lines(view.planned, drafts, today))
        self._follow_ups.set_items(follow_up_lines(view.follow_ups, today))
        self._plan_title.setVisible(not empty)
        self._plan_card.setVisible(bool(view.planned))
        self._empty_card.setVisible(not view.planned)
        self._nothing_due.setVisible(not view.planned and not empty)
        self._nothing_here.setVisible(empty)
        self._follow_title.setVisible(bool(view.follow_ups))
        self._follow_card.setVisible(bool(view.follow_ups))
        self._readiness.set_readiness(view.readiness, now)
        self._readiness.setVisible(not view.practice)
        self._work.set_counts(view.counts)
        self._work.setVisible(not empty)
        self._waiting.set_unsent(view.unsent)
        self._papers.set_loose(view.loose_sheets)
        self._place_papers(urgent=view.loose_sheets > 0)
        self._papers.setVisible(not empty or view.loose_sheets > 0)
        self._update.set_offer(view.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._side.setFixedWidth(_SIDE_NARROW + space(6) if self.width() < _NARROW else _SIDE + space(6))
        super().resizeEvent(event)

    def _on_loaded(self, loaded: tuple[TodayView, frozenset[str]]) -> None:
        self.set_view(*loaded)

    def _place_papers(self, *, urgent: bool) -> None:
        """In sight where a person has something to do there."""
        side = self._side.body
        before = self._work if urgent else self._update
        side.removeWidget(self._papers)
        side.insertWidget(side.indexOf(before), self._papers)

    def _on_changed(self, changes: Changes) -> None:
        # Nearly every write moves something here: who is due, what is unsent, how the work stands.
        if changes and self.isVisible():
            self.refresh()

    def _on_state_chosen(self, state: CaseState) -> None:
        self.navigate.emit(OpenChildren(filter=ListFilter(state=state)))

    def _on_update_put_off(self, version: str) -> None:
        self.tasks.run(self, lambda: self.client.updates.put_off(version), self.changes.publish)

    def _visit_row(self) -> PlannedRow:
        row = self._row()
        row.acted.connect(lambda case_id: self.navigate.emit(RecordVisit(case_id)))
        return row

    def _follow_up_row(self) -> PlannedRow:
        row = self._row()
        row.acted.connect(lambda case_id: self.navigate.emit(OpenChild(case_id)))
        return row

    def _row(self) -> PlannedRow:
        row = PlannedRow()
        row.opened.connect(lambda case_id: self.navigate.emit(OpenChild(case_id)))
        return row

    def _arrange(self) -> None:
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self._page = main = ScrollPage(spacing=space(3))
        for widget in (self.phone_row, self._plan_title, self._plan_card, self._empty_card):
            main.body.addWidget(widget)
        main.body.addSpacing(space(2))
        main.body.addWidget(self._follow_title)
        main.body.addWidget(self._follow_card)
        main.body.addStretch(1)
        self._planned.follow(main)
        self._side = ScrollPage(spacing=space(4))
        self._side.body.setContentsMargins(0, space(5), space(6), space(6))
        for card in (self._readiness, self._work, self._waiting, self._papers, self._update):
            self._side.body.addWidget(card)
        self._side.body.addWidget(self.phone, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.body.addStretch(1)
        columns.addWidget(main, 1)
        columns.addWidget(self._side)
        main.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _list_card(rows: GrowingList[Line]) -> Card:
    card = Card()
    card.add_list(rows)
    return card
