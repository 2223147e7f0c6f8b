"""Promising a follow-up: a day and a few words."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.quick_days import QuickDays
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class PlanDialog(QDialog):
    """`planned` carries the day and the note; the dialog stays until it is told that they were kept (`accept`) or why not."""

    planned = Signal(object, str)

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Plan a follow-up"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        column.addWidget(Text(_("Plan a follow-up"), Role.TITLE))
        column.addWidget(Text(name, Role.MUTED, wrap=True))
        self._message = Message()
        column.addWidget(self._message)
        column.addWidget(Text(_("When"), Role.STRONG))
        self._quick = QuickDays()
        self._date = DateEdit(today, optional=False)
        self._quick.chosen.connect(lambda days: self._date.set_value(today + dt.timedelta(days=days)))
        self._date.changed.connect(lambda day: self._quick.show_days((day - today).days if day else None))
        column.addWidget(self._quick)
        column.addWidget(self._date)
        column.addWidget(Text(_("What is to be done"), Role.STRONG))
        self._note = QLineEdit()
        self._note.setMaxLength(200)
        self._note.setAccessibleName(_("What is to be done"))
        self._note.setPlaceholderText(_("For example: call the grandmother"))
        column.addWidget(self._note)
        keep = buttons.primary(_("Plan"))
        keep.setDefault(True)
        keep.clicked.connect(self._on_keep)
        leave = buttons.plain(_("Cancel"))
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(keep)
        column.addSpacing(space(2))
        column.addLayout(foot)

    @property
    def date(self) -> DateEdit:
        return self._date

    @property
    def note(self) -> QLineEdit:
        return self._note

    def show_error(self, error: Exception) -> None:
        self._message.show_error(error)

    def _on_keep(self) -> None:
        day = self._date.value()
        if day is None:
            self._message.show_warning(_("Choose a day."))
        elif day < self._today:
            self._message.show_warning(_("The day has passed already."))
        else:
            self.planned.emit(day, self._note.text().strip())
