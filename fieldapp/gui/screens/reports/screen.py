"""รายงาน: a person's own work or their school's, and the ladder of what they may see, as of any date; on paper and as files."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.ladder import Rounding, Share
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.work_report import Headed
from fieldapp.gui.navigation import Clock, OpenSync, Screen
from fieldapp.gui.screens.reports.causes_card import CausesCard
from fieldapp.gui.screens.reports.figure import base_words, percent_words
from fieldapp.gui.screens.reports.ladder_card import LadderCard
from fieldapp.gui.screens.reports.paper_dialog import PaperDialog
from fieldapp.gui.screens.reports.saving import ask_for_file, suggested, write_ladder
from fieldapp.gui.screens.reports.work_view import WorkView
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role as TextRole
from fieldapp.gui.widgets.text import Text
from fieldapp.reports.period import Span
from fieldapp.reports.work_rows import days_of, span_name
from fieldapp.texts import _, mark
from fieldapp.usecases.changes import Changes

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.reports.ladder import LadderReport
    from fieldapp.reports.work_figures import WorkReport

_PRESETS = {"district": mark("the district's way of counting"), "ministry": mark("the ministry's way of counting")}
_ROUNDINGS = {Rounding.HALF_UP: mark("percentages rounded to two decimals"), Rounding.TRUNCATE: mark("percentages cut after two decimals")}
_NARROW = 900
_WORK, _LADDER = "work", "ladder"


class ReportsScreen(Screen):
    """`choose_file` asks where to save: given a suggested path it returns the chosen one, or None."""

    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        clock: Clock,
        parent: QWidget | None = None,
        choose_file: Callable[[QWidget, Path], Path | None] | None = None,
    ) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._choose_file = choose_file or ask_for_file
        self._report: LadderReport | None = None
        self._work: WorkReport | None = None
        # The district's staff have the district's figures; work per person is on the office's pages.
        self._has_work = client.profile.role not in DISTRICT_ROLES
        self._part, self._span = _WORK, Span.TERM
        self.parts = ChipGroup(self)
        self.spans = ChipGroup(self)
        self.work = WorkView()
        self.on_paper = buttons.plain(_("Print or save"), "printer")
        today = self.today()
        self.date = DateEdit(today, optional=False)
        self.date.set_value(today)
        self.date.field.setAccessibleName(_("As of"))
        self.export = buttons.plain(_("Save as Excel"))
        self.message = Message()
        self.ladders = tuple(LadderCard(words.of(list_type)) for list_type in OBEC_LISTS)
        self.causes = tuple(CausesCard(_("Causes · {list}").format(list=words.of(list_type))) for list_type in OBEC_LISTS)
        self._total = Text("", TextRole.STRONG, wrap=True)
        self._footnote = Text("", TextRole.SMALL_MUTED, wrap=True)
        self._empty = Card()
        nothing = EmptyState(
            "reports",
            _("No figures on this date"),
            _("No child in this laptop was listed yet. Choose a later date, or sync."),
            _("Open sync"),
        )
        nothing.acted.connect(lambda: self.navigate.emit(OpenSync()))
        self._empty.add(nothing)
        self._arrange()
        self.date.changed.connect(lambda date: self.refresh() if date else None)
        self.export.clicked.connect(self._on_export)
        self.on_paper.clicked.connect(self._on_paper)
        self.parts.chosen.connect(self._on_part)
        self.spans.chosen.connect(self._on_span)
        self.work.navigate.connect(self.navigate)
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Reports")

    def refresh(self) -> None:
        as_of = self.date.value()
        if as_of is None:
            return
        if self._shows_work():
            span = self._span
            self.tasks.run(self, lambda: self.client.reports.work(as_of, span), self.set_work)
        else:
            self.tasks.run(self, lambda: self.client.reports.ladder(as_of), self.set_report)

    def show_part(self, part: str) -> None:
        """`work` or `ladder`."""
        self._part = part
        self.parts.set_value(part)
        works = self._shows_work()
        for widget in (self.work, self.on_paper, self._span_row):
            widget.setVisible(works)
        for widget in (self._figures, self._total, self._footnote, self.export):
            widget.setVisible(not works)
        self._empty.hide()
        self.message.hide()

    def set_work(self, report: "WorkReport") -> None:
        """Show these figures, unless the ladder was asked for in the meantime."""
        if not self._shows_work():
            return
        self._work = report
        filled = report.all.children > 0
        self.work.set_report(report, self.today())
        self.work.setVisible(filled)
        self._footnote.setText(f"{self._scope_words(report.all.children, report.period.last)}\n{_work_words(report)}")
        self._footnote.setVisible(filled)
        self._empty.setVisible(not filled)
        self.on_paper.setEnabled(filled)

    def set_report(self, report: "LadderReport") -> None:
        """Show these figures, unless the work was asked for in the meantime."""
        if self._shows_work():
            return
        self._report = report
        total = report.total
        filled = total.listed > 0
        for ladder, card, causes in zip(report.ladders, self.ladders, self.causes, strict=True):
            card.set_ladder(ladder, report.rounding)
            causes.set_causes(ladder, report.cause_names, report.rounding)
        self._total.setText(_total_words(total.listed, total.traced_share, report.rounding))
        counted_how = f"{_(_PRESETS.get(report.preset, report.preset))} · {_(_ROUNDINGS[report.rounding])}"
        self._footnote.setText(f"{self._scope_words(total.listed, report.as_of)}\n{counted_how}")
        for widget in (self._figures, self._total, self._footnote):
            widget.setVisible(filled)
        self._empty.setVisible(not filled)
        self.export.setEnabled(filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        direction = QBoxLayout.Direction.TopToBottom if self.width() < _NARROW else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(direction)
        super().resizeEvent(event)

    def _shows_work(self) -> bool:
        return self._has_work and self._part == _WORK

    def _on_part(self, part: object) -> None:
        # Pressed again: there is always one.
        self.show_part(part if isinstance(part, str) else self._part)
        self.refresh()

    def _on_span(self, span: object) -> None:
        self._span = span if isinstance(span, Span) else self._span
        self.spans.set_value(self._span)
        self.refresh()

    def _on_paper(self) -> None:
        if self._work is not None:
            self.tasks.run(self, self.client.reports.school_name, self._show_paper)

    def _show_paper(self, school: str) -> None:
        if self._work is not None:
            profile = self.client.profile
            headed = Headed(school, profile.person_name, profile.role == Role.SCHOOL_HEAD)
            self.paper = PaperDialog(self._work, headed, self)
            self.paper.open()

    def _scope_words(self, children: int, as_of: dt.date) -> str:
        role = self.client.profile.role
        if role in DISTRICT_ROLES:
            text = _("Counted from the {count} children of the district in this laptop, from steps dated up to {day}.")
        elif role == Role.SCHOOL_HEAD:
            text = _("Only the {count} children of your school, from steps dated up to {day}. Not the figures of the district.")
        else:
            text = _("Only the {count} children in your care, from steps dated up to {day}. Not the figures of the district.")
        return text.format(count=f"{children:,}", day=phrases.day(as_of))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.all or changes.cases or changes.reference):
            self.refresh()

    def _on_export(self) -> None:
        report = self._report
        if report is None:
            return
        path = self._choose_file(self, suggested(report.as_of))
        if path:
            self.tasks.run(self, lambda: write_ladder(report, path), self._on_exported, self._on_export_failed)

    def _on_exported(self, path: Path) -> None:
        self.message.show_good(_("Saved {name}").format(name=path.name), _("The file holds figures only, no child's name."))

    def _on_export_failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.message.show_warning(
                _("The file could not be saved"),
                _("It may be open in another program, or the folder is full or locked. Choose another place."),
            )
        else:
            self.message.show_error(error)

    def _arrange(self) -> None:
        page = ScrollPage()
        page.fill(self)
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(Text(_("Figures as of"), TextRole.HEADING))
        head.addWidget(self.date)
        head.addStretch(1)
        head.addWidget(self.export)
        head.addWidget(self.on_paper)
        page.body.addLayout(head)
        page.body.addWidget(self._choices())
        page.body.addWidget(self.message)
        self._figures = QWidget()
        figures = QVBoxLayout(self._figures)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(space(4))
        self._rows = []
        for cards in (self.ladders, self.causes):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(space(4))
            for card in cards:
                row.addWidget(card, 1)
            figures.addLayout(row)
            self._rows.append(row)
        for widget in (self.work, self._total, self._figures, self._footnote, self._empty):
            page.body.addWidget(widget)
        page.body.addStretch(1)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_part(_WORK if self._has_work else _LADDER)

    def _choices(self) -> QWidget:
        """Which report, and for the work how far back. Nothing to choose for the district's staff."""
        own = _("My school") if self.client.profile.role == Role.SCHOOL_HEAD else _("My work")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for key, text in ((_WORK, own), (_LADDER, _("Ladder"))):
            chip = Chip(text, filled=True)
            self.parts.add(key, chip)
            row.addWidget(chip)
        row.addStretch(1)
        self._span_row = QWidget()
        spans = QHBoxLayout(self._span_row)
        spans.setContentsMargins(0, 0, 0, 0)
        for span in Span:
            chip = Chip(span_name(span))
            self.spans.add(span, chip)
            spans.addWidget(chip)
        row.addWidget(self._span_row)
        self.spans.set_value(Span.TERM)
        holder.setVisible(self._has_work)
        return holder


def _work_words(report: "WorkReport") -> str:
    words_of_days = _("Visits, forms, photos and follow-ups done are those from {period}. Place and class are as the card has them now.")
    return words_of_days.format(period=days_of(report.period))


def _total_words(listed: int, traced: Share, rounding: Rounding) -> str:
    share = f"{percent_words(traced, rounding)} {base_words(traced)}"
    return _("Both lists together: {listed} listed, {traced} traced ({share})").format(
        listed=f"{listed:,}", traced=f"{traced.count:,}", share=share
    )
