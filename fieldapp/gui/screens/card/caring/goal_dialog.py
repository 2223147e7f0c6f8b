"""A goal for one child: what shall be so, how one will see it, until when."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.care.goal import CareAspect
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.quick_days import QuickDays
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class GoalDialog(FormDialog):
    """`wanted` carries the aspect, the goal, its measure and the day or None."""

    wanted = Signal(object, str, str, object)

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        title = _("Set a goal")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 560, parent)
        self._today = today
        self.aspects = ChipGroup(self)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for aspect in (CareAspect.HELP, CareAspect.PROMOTE):
            chip = Chip(words.of(aspect))
            self.aspects.add(aspect, chip)
            flow.addWidget(chip)
        self.aspects.set_value(CareAspect.HELP)
        self.column.addWidget(holder)
        self.goal, self.measure = QLineEdit(), QLineEdit()
        self.goal.setMaxLength(300)
        self.goal.setPlaceholderText(_("For example: comes to school every day"))
        self.measure.setMaxLength(300)
        self.measure.setPlaceholderText(_("For example: absent at most one day a month"))
        self.column.addWidget(Field(_("What shall be so"), self.goal))
        self.column.addWidget(Field(_("How you will see it"), self.measure))
        self.due = DateEdit(today)
        quick = QuickDays()
        quick.chosen.connect(lambda days: self.due.set_value(today + dt.timedelta(days=days)))
        self.due.changed.connect(lambda day: quick.show_days((day - today).days if day else None))
        self.column.addWidget(Field(_("Until"), self.due))
        self.column.addWidget(quick)
        self.add_foot(_("Set the goal"))

    def keep(self) -> None:
        goal, day = self.goal.text().strip(), self.due.value()
        if not goal:
            self.message.show_warning(_("Say what shall be so."))
        elif day is not None and day < self._today:
            self.message.show_warning(_("The day has passed already."))
        else:
            self.wanted.emit(self.aspects.value() or CareAspect.HELP, goal, self.measure.text().strip(), day)
