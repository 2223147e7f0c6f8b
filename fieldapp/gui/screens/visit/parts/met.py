"""Part 1: who was met, on which day, and who came along."""

import datetime as dt

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.visit import Met, Visit
from fieldapp.gui.screens.visit.answers import toggle_met
from fieldapp.gui.screens.visit.parts.part import VisitPart, set_line
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.choice_tile import ChoiceGrid, ChoiceTile
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class MetPart(VisitPart):
    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading(_("Who was met?"), _("Choose one or more"))
        self.grid = ChoiceGrid([(who, ChoiceTile(words.of(who))) for who in Met])
        self.grid.tapped.connect(self._on_tapped)
        self.column.addWidget(self.grid)
        self.heading(_("Details"), _("may stay empty"))
        self.date = DateEdit(today, optional=False)
        self.date.field.setAccessibleName(_("Day of the visit"))
        self.companions = QLineEdit()
        self.companions.setMaxLength(200)
        self.companions.setPlaceholderText(_("For example: the village head, a health volunteer"))
        self.note = QLineEdit()
        self.note.setMaxLength(200)
        self.note.setPlaceholderText(_("Name of the person met, or how to reach them"))
        form = QGridLayout()
        form.setHorizontalSpacing(space(4))
        form.setVerticalSpacing(space(2))
        form.setColumnStretch(1, 1)
        rows = ((_("Day of the visit"), self.date), (_("Who came along"), self.companions), (_("About the person met"), self.note))
        for place, (label, editor) in enumerate(rows):
            form.addWidget(Text(label, Role.MUTED), place, 0)
            form.addWidget(editor, place, 1)
            if isinstance(editor, QLineEdit):
                editor.setAccessibleName(label)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self.date.changed.connect(self._on_date)
        self.companions.textEdited.connect(lambda text: self.type_in(companions=text))
        self.note.textEdited.connect(lambda text: self.type_in(met_note=text))

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        self.grid.set_chosen(visit.met)
        if self.date.value() != visit.visited_on and (self.date.value() or not self.date.field.hasFocus()):
            self.date.set_value(visit.visited_on)
        set_line(self.companions, visit.companions)
        set_line(self.note, visit.met_note)

    def _on_tapped(self, who: Met) -> None:
        if self.visit:
            self.answered.emit(toggle_met(self.visit, who))

    def _on_date(self, day: dt.date | None) -> None:
        if day:
            self.answer(visited_on=day)
