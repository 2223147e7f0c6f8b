"""Promising a follow-up: a day and a few words."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.quick_days import QuickDays
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class PlanDialog(FormDialog):
    """`planned` carries the day and the note."""

    planned = Signal(object, str)

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        title = _("Plan a follow-up")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 520, parent)
        self._today = today
        self.column.addWidget(Text(_("When"), Role.STRONG))
        self._quick = QuickDays()
        self.date = DateEdit(today, optional=False)
        self._quick.chosen.connect(lambda days: self.date.set_value(today + dt.timedelta(days=days)))
        self.date.changed.connect(lambda day: self._quick.show_days((day - today).days if day else None))
        self.column.addWidget(self._quick)
        self.column.addWidget(self.date)
        self.column.addWidget(Text(_("What is to be done"), Role.STRONG))
        self.note = QLineEdit()
        self.note.setMaxLength(200)
        self.note.setAccessibleName(_("What is to be done"))
        self.note.setPlaceholderText(_("For example: call the grandmother"))
        self.column.addWidget(self.note)
        self.add_foot(_("Plan"))

    def show_plan(self, day: dt.date, note: str) -> None:
        """What was planned before."""
        self.date.set_value(day)
        self._quick.show_days((day - self._today).days)
        self.note.setText(note)

    def keep(self) -> None:
        day = self.date.value()
        if day is None:
            self.message.show_warning(_("Choose a day."))
        elif day < self._today:
            self.message.show_warning(_("The day has passed already."))
        else:
            self.planned.emit(day, self.note.text().strip())
