"""Where a child studies now: level, place, class and, for one who came back, since when."""

import datetime as dt

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.visit import Outcome, ReturnLevel, Visit
from fieldapp.gui.screens.visit.parts.part import VisitPart, set_line
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

# Grades as they are written in Thailand; data, not words.
_LADDER = (("อ.", 3), ("ป.", 6), ("ม.", 6), ("ปวช.", 3), ("ปวส.", 2))
GRADES = tuple(f"{level}{year}" for level, years in _LADDER for year in range(1, years + 1))


class Schooling(VisitPart):
    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading(_("Studies where?"))
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        self.level = ChipGroup(self)
        self.levels: dict[ReturnLevel, Chip] = {}
        for level in ReturnLevel:
            chip = Chip(words.of(level))
            self.level.add(level, chip)
            self.levels[level] = chip
            flow.addWidget(chip)
        self.column.addWidget(holder)
        self.place = QLineEdit()
        self.place.setMaxLength(160)
        self.place.setPlaceholderText(_("School or place of study"))
        self.place.setAccessibleName(_("School or place of study"))
        self.grade = QComboBox()
        self.grade.setEditable(True)
        self.grade.setMaximumWidth(140)
        self.grade.addItems(("", *GRADES))
        self.grade.setAccessibleName(_("Class"))
        self.since = DateEdit(today)
        self.since.field.setAccessibleName(_("Day of return"))
        self._since_label = Text(_("Day of return"), Role.MUTED)
        form = QGridLayout()
        form.setHorizontalSpacing(space(3))
        form.setVerticalSpacing(space(2))
        form.setColumnStretch(1, 1)
        form.addWidget(Text(_("Place"), Role.MUTED), 0, 0)
        form.addWidget(self.place, 0, 1)
        form.addWidget(Text(_("Class"), Role.MUTED), 0, 2)
        form.addWidget(self.grade, 0, 3)
        form.addWidget(self._since_label, 1, 0)
        form.addWidget(self.since, 1, 1, 1, 3)
        self.column.addLayout(form)
        self.level.chosen.connect(lambda level: self.answer(return_level=level))
        self.place.textEdited.connect(lambda text: self.type_in(return_place=text))
        self.grade.currentTextChanged.connect(self._on_grade)
        self.since.changed.connect(lambda day: self.answer(return_on=day))

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        self.level.set_value(visit.return_level)
        set_line(self.place, visit.return_place)
        if self.grade.currentText().strip() != visit.return_grade:
            blocked = self.grade.blockSignals(True)
            self.grade.setCurrentText(visit.return_grade)
            self.grade.blockSignals(blocked)
        if self.since.value() != visit.return_on:
            self.since.set_value(visit.return_on)
        returned = visit.outcome is Outcome.RETURNED
        self.since.setVisible(returned)
        self._since_label.setVisible(returned)

    def _on_grade(self, text: str) -> None:
        if self.visit and text.strip() != self.visit.return_grade:
            self.type_in(return_grade=text.strip())
