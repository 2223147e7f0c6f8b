"""Figures side by side: a line a teacher, a village or a class; and the children who wait longest."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.screens.reports.figure_rows import FigureBar, count_text
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports import work_rows
from fieldapp.reports.work_figures import Group, Waiter
from fieldapp.texts import _, ngettext

# A screen is for the first ones; the file has all.
_LINES = 12
_WAITERS = 10
_COUNT = 84


class GroupCard(Card):
    """`wanted` carries the group whose children the person wants to see."""

    wanted = Signal(object)

    def __init__(
        self, title: str, rows: Sequence[tuple[str, Group]], opens: Callable[[Group], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for column, caption in enumerate(work_rows.GROUP_HEAD, start=2):
            head = Text(_(caption), Role.SMALL_MUTED, wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, column)
            grid.setColumnMinimumWidth(column, _COUNT)
        most = max((group.work.children for _name, group in rows), default=0)
        for line, (name, group) in enumerate(rows[:_LINES], start=1):
            grid.addWidget(self._name(name, group, opens), line, 0)
            grid.addWidget(FigureBar(group.work.children, most), line, 1)
            for column, count in enumerate(work_rows.group_cells(group), start=2):
                grid.addWidget(count_text(count), line, column)
        self.add(holder)
        left = len(rows) - _LINES
        if left > 0:
            more = ngettext("and {count} more, in the saved file", "and {count} more, in the saved file", left)
            self.add(Text(more.format(count=f"{left:,}"), Role.SMALL_MUTED))

    def _name(self, name: str, group: Group, opens: Callable[[Group], bool]) -> QWidget:
        if not opens(group):
            return Text(name, elide=True)
        link = buttons.link(name)
        link.setAccessibleName(_("Show the list: {what}").format(what=name))
        link.setStyleSheet("QPushButton { text-align: left; padding: 0; }")
        link.clicked.connect(lambda: self.wanted.emit(group))
        return link


class WaitersCard(Card):
    """Children nobody has visited, the longest waiting first. `wanted` carries a case's id."""

    wanted = Signal(str)

    def __init__(self, waiters: Sequence[Waiter], parent: QWidget | None = None) -> None:
        super().__init__(_("Not visited yet, waiting longest"), parent=parent)
        if not waiters:
            self.add(Text(_("Every child was visited."), Role.MUTED, wrap=True))
        for one in waiters[:_WAITERS]:
            name = phrases.full_name(one)
            days = ngettext("{count} day", "{count} days", one.days).format(count=f"{one.days:,}")
            link = buttons.link(f"{name} · {days}")
            link.setStyleSheet("QPushButton { text-align: left; padding: 0; }")
            link.clicked.connect(lambda _checked=False, case_id=one.case_id: self.wanted.emit(case_id))
            self.add(link)
        left = len(waiters) - _WAITERS
        if left > 0:
            self.add(
                Text(ngettext("and {count} more child", "and {count} more children", left).format(count=f"{left:,}"), Role.SMALL_MUTED)
            )
        self.body.addStretch(1)
