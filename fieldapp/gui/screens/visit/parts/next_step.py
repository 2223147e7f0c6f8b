"""Part 5: what happens next, and by when."""

import datetime as dt

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.visit import NextStep, Visit
from fieldapp.gui.screens.visit.answers import choose_next_step
from fieldapp.gui.screens.visit.parts.part import VisitPart, set_line
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.choice_tile import ChoiceGrid, ChoiceTile
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.quick_days import QuickDays
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.texts import _


class NextStepPart(VisitPart):
    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = False
        self.heading(_("What happens next?"), _("Choose one"))
        self.grid = ChoiceGrid([(step, ChoiceTile(words.of(step))) for step in NextStep])
        self.grid.tapped.connect(self._on_tapped)
        self.column.addWidget(self.grid)
        self._when = QWidget()
        block = QVBoxLayout(self._when)
        block.setContentsMargins(0, space(3), 0, 0)
        block.setSpacing(space(2))
        block.addWidget(SectionTitle(_("By when?"), _("counted from the day of the visit; becomes a follow-up of yours")))
        self.quick = QuickDays()
        self.quick.chosen.connect(self._on_quick)
        self.date = DateEdit(today)
        self.date.field.setAccessibleName(_("By when?"))
        self.date.changed.connect(self._on_date)
        block.addWidget(self.quick)
        block.addWidget(self.date)
        self.column.addWidget(self._when)
        self.heading(_("What is to be done"), _("may stay empty"))
        self.note = QLineEdit()
        self.note.setMaxLength(200)
        self.note.setAccessibleName(_("What is to be done"))
        self.note.setPlaceholderText(_("For example: bring the uniform, call the grandmother"))
        self.note.textEdited.connect(lambda text: self.type_in(next_note=text))
        self.column.addWidget(self.note)
        self.column.addStretch(1)

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        self.grid.set_chosen({visit.next_step} - {None})
        self._when.setVisible(visit.next_step is not NextStep.NONE)
        if self.date.value() != visit.next_on:
            self.date.set_value(visit.next_on)
        self.quick.show_days((visit.next_on - visit.visited_on).days if visit.next_on else None)
        set_line(self.note, visit.next_note)

    def _on_tapped(self, step: NextStep) -> None:
        if self.visit:
            before = self.visit
            after = choose_next_step(before, step, self._suggested)
            self._suggested = after.next_on is not None and (self._suggested or after.next_on != before.next_on)
            self.answered.emit(after)

    def _on_quick(self, days: int) -> None:
        if self.visit:
            self._suggested = False
            self.answer(next_on=self.visit.visited_on + dt.timedelta(days=days))

    def _on_date(self, day: dt.date | None) -> None:
        if self.visit and day != self.visit.next_on:
            self._suggested = False
            self.answer(next_on=day)
