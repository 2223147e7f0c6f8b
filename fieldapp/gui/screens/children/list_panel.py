"""The left side: filters, table, and a foot that says how many. It owns the question asked of the model, not the card beside it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.gui.screens.children.delegate import RowDelegate
from fieldapp.gui.screens.children.filters import FilterBar
from fieldapp.gui.screens.children.model import ChildrenModel
from fieldapp.gui.screens.children.table import ChildrenTable
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.card import Card as Frame
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import Children, ListCounts, ListFilter, SortBy


class ListPanel(Frame):
    """`chosen` carries the case of the row that is now current, or '' when there is none; `trip_wanted` whether everybody of the list is
    put on the trip, or the current one."""

    chosen = Signal(str)
    opened = Signal(str)
    typed = Signal(str)
    cleared = Signal()
    failed = Signal(object)
    trip_wanted = Signal(bool)

    def __init__(self, children: Children, tasks: Tasks, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._total = self._handed_over = 0
        self._wanted_case = ""
        self.filters = FilterBar()
        self.model = ChildrenModel(children, tasks, today, self)
        self.table = ChildrenTable()
        self.table.setModel(self.model)
        self.table.setItemDelegate(RowDelegate(today, self.table))
        self.message = Message()
        self._foot = Text("", Role.SMALL_MUTED)
        self._none = EmptyState(
            "children", _("No children on this laptop yet"), _("They come with the next sync once the district has assigned them.")
        )
        self._no_match = EmptyState(
            "search", _("No child matches"), _("Try fewer letters, or take the filters away."), _("Clear search and filters")
        )
        self._pages = QStackedWidget()
        for page in (self.table, self._none, self._no_match):
            self._pages.addWidget(page)
        self._lay_out()
        self.filters.changed.connect(self._on_filter_changed)
        self.table.sort_wanted.connect(self._on_sort_wanted)
        self.table.opened.connect(lambda index: self.opened.emit(self._case_at(index)))
        self.table.typed.connect(self.typed)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.model.listed.connect(self._on_listed)
        self.model.failed.connect(self.failed)
        self._no_match.acted.connect(self.clear)
        self._no_match.acted.connect(self.cleared)

    @property
    def filter(self) -> ListFilter:
        return self.model.filter

    @property
    def current_case(self) -> str:
        return self._case_at(self.table.currentIndex())

    def ask(self, wanted: ListFilter, case_id: str = "") -> None:
        """Ask for this list; `case_id` is made current when it is in it."""
        self.filters.set_filter(wanted)
        self._wanted_case = case_id or self._wanted_case or self.current_case
        self.model.show(wanted, self._wanted_case or None)

    def refresh(self) -> None:
        self._wanted_case = self._wanted_case or self.current_case
        self.model.refresh(self._wanted_case or None)

    def clear(self) -> None:
        self.ask(ListFilter(sort=self.filter.sort, descending=self.filter.descending))

    def set_counts(self, counts: ListCounts) -> None:
        self._total, self._handed_over = counts.total, counts.handed_over
        self.filters.set_counts(counts)
        self._say_how_many()

    def _lay_out(self) -> None:
        head = QWidget()
        padded = QVBoxLayout(head)
        padded.setContentsMargins(space(4), 13, space(4), 13)
        padded.addWidget(self.filters)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(space(4), 0, space(4), 0)
        line.addWidget(self._foot, 1)
        self.to_trip, self.all_to_trip = TextLink(_("This child on the trip"), small=True), TextLink(_("All on the trip"), small=True)
        self.to_trip.clicked.connect(lambda: self.trip_wanted.emit(False))
        self.all_to_trip.clicked.connect(lambda: self.trip_wanted.emit(True))
        line.setSpacing(space(4))
        for each in (self.to_trip, self.all_to_trip):
            each.setMinimumHeight(TARGET)
            line.addWidget(each)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, Divider(), self.message):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(Divider())
        column.addWidget(foot)
        self.add(holder)
        self.body.setContentsMargins(0, 0, 0, 0)

    def _case_at(self, index: QModelIndex) -> str:
        row = self.model.row_at(index.row()) if index.isValid() else None
        return row.case_id if row else ""

    def _on_filter_changed(self, wanted: ListFilter) -> None:
        now = self.filter
        self.ask(replace(wanted, text=now.text, sort=now.sort, descending=now.descending))

    def _on_sort_wanted(self, sort: SortBy) -> None:
        """The same heading again turns the order round."""
        self.ask(replace(self.filter, sort=sort, descending=sort is self.filter.sort and not self.filter.descending))

    def _on_listed(self, count: int, position: object) -> None:
        self.message.clear()
        self._say_how_many()
        plain = replace(self.filter, sort=SortBy.NAME, descending=False) == ListFilter()
        self._pages.setCurrentWidget(self.table if count else self._none if plain else self._no_match)
        if not count:
            self._wanted_case = ""
            self.chosen.emit("")
            return
        if isinstance(position, int):
            self._make_current(position)
        elif not self.table.currentIndex().isValid() or self._wanted_case:
            self._wanted_case = ""
            self._make_current(0)

    def _make_current(self, position: int) -> None:
        index = self.model.index(position, 0)
        already = self.table.currentIndex().row() == position and self._case_at(index) == self._wanted_case
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        if not already:
            self.table.scrollTo(index)
        wanted, self._wanted_case = self._wanted_case, ""
        case_id = self._case_at(index) or wanted
        if case_id:
            self.chosen.emit(case_id)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._wanted_case:
            self.chosen.emit(self._case_at(current))

    def _say_how_many(self) -> None:
        shown, here = self.model.rowCount(), self._total + self._handed_over
        if shown == here and self._handed_over:
            # They are in the list, but no one's work here any more: not added to the others.
            mine = ngettext("{count} child", "{count} children", self._total).format(count=f"{self._total:,}")
            left = ngettext("{count} handed over, until it is sent", "{count} handed over, until they are sent", self._handed_over)
            self._foot.setText(f"{mine} · {left.format(count=f'{self._handed_over:,}')}")
        elif shown == here or not here:
            self._foot.setText(ngettext("{count} child", "{count} children", shown).format(count=f"{shown:,}"))
        else:
            self._foot.setText(_("{shown} of {total} children").format(shown=f"{shown:,}", total=f"{here:,}"))
