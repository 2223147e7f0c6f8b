"""My work, or my school: the figures of a period as they stood on its last day, as cards. Shows a report that it is given."""

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.domain.states import CaseState
from fieldapp.gui.navigation import OpenChild, OpenChildren
from fieldapp.gui.screens.reports.figure_rows import SectionCard
from fieldapp.gui.screens.reports.work_tables import GroupCard, WaitersCard
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports import work_rows
from fieldapp.reports.work_figures import Group, WorkReport
from fieldapp.usecases.children import ListFilter

_NARROW = 820


class WorkView(QWidget):
    """`navigate` carries a Destination: the list behind a figure. A list shows what is, so only today's figures open one."""

    navigate = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        self._headline = Card()
        self._figures = QHBoxLayout()
        self._figures.setSpacing(space(4))
        self._figures.setContentsMargins(0, 0, 0, 0)
        figures = QWidget()
        figures.setLayout(self._figures)
        self._lists = Text("", Role.SMALL_MUTED, wrap=True)
        self.confirmed = Text("", wrap=True)
        self._headline.add(figures)
        self._headline.add(self._lists)
        self._headline.add(self.confirmed)
        column.addWidget(self._headline)
        self._grid = QGridLayout()
        self._grid.setSpacing(space(4))
        column.addLayout(self._grid)

    def set_report(self, report: WorkReport, today: dt.date) -> None:
        self._of_today = report.period.last == today
        self._show_headline(report)
        empty(self._grid)
        self._cards = []
        for section in work_rows.sections(report):
            card = SectionCard(section, lambda _state: self._of_today)
            card.wanted.connect(self._on_state)
            self._cards.append(card)
        waiters = WaitersCard(report.waiters)
        waiters.wanted.connect(lambda case_id: self.navigate.emit(OpenChild(case_id)))
        self._cards.append(waiters)
        self._tables: list[QWidget] = []
        for title, rows in work_rows.tables_of(report):
            table = GroupCard(title, rows, self._opens)
            table.wanted.connect(self._on_village)
            self._tables.append(table)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize() != QSize(-1, -1) and (event.oldSize().width() < _NARROW) != (self.width() < _NARROW):
            self._arrange()
        super().resizeEvent(event)

    def _show_headline(self, report: WorkReport) -> None:
        empty(self._figures)
        for row in work_rows.headline(report.all):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Text(f"{row.count:,}", Role.FIGURE))
            column.addWidget(Text(row.caption, wrap=True))
            holder.setAccessibleName(f"{row.caption} {row.count:,}")
            column.addStretch(1)
            self._figures.addWidget(holder, 1)
        self._lists.setText(" · ".join(f"{row.caption} {row.count:,}" for row in work_rows.lists(report.all)))
        self.confirmed.setText(work_rows.confirmed_words(report))

    def _arrange(self) -> None:
        if not self._cards:
            return
        columns = 1 if 0 < self.width() < _NARROW else 2
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns, Qt.AlignmentFlag(0))
        below = (len(self._cards) + columns - 1) // columns
        for place, table in enumerate(self._tables):
            self._grid.addWidget(table, below + place, 0, 1, columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _opens(self, group: Group) -> bool:
        """The list of children filters by village."""
        return self._of_today and bool(group.moo)

    def _on_state(self, state: CaseState) -> None:
        self.navigate.emit(OpenChildren(filter=ListFilter(state=state)))

    def _on_village(self, group: Group) -> None:
        self.navigate.emit(OpenChildren(filter=ListFilter(village=(group.key, group.moo))))
