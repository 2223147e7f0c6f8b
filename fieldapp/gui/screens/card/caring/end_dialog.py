"""What became of a risk, a goal, a help or a consent: on which day, with a note."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp import phrases, words
from fieldapp.domain.care.facts import CareState
from fieldapp.gui.screens.card.caring import sentences
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.caring import CareLine


class EndDialog(FormDialog):
    """`recorded` carries state, day and note."""

    recorded = Signal(object, object, str)

    def __init__(self, line: CareLine, today: dt.date, parent: QWidget | None = None) -> None:
        title = _("What became of it")
        super().__init__(title, Text(title, Role.TITLE), Text(sentences.title(line), Role.MUTED, wrap=True), 520, parent)
        self._today = today
        self._earliest = line.fact.on
        self.states = ChipGroup(self)
        self.chips: dict[CareState, Chip] = {}
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for state in line.next:
            chip = Chip(words.of(state))
            self.chips[state] = chip
            self.states.add(state, chip)
            flow.addWidget(chip)
        if len(line.next) == 1:
            self.states.set_value(line.next[0])
        self.column.addWidget(holder)
        self.date = DateEdit(today, optional=False)
        self.date.set_value(today)
        self.column.addWidget(Field(_("On"), self.date))
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.column.addWidget(Field(_("Note"), self.note))
        self.add_foot(_("Record it"))

    def keep(self) -> None:
        state, day = self.states.value(), self.date.value()
        if state is None:
            self.message.show_warning(_("Choose what happened."))
        elif day is None:
            self.message.show_warning(_("Choose a day."))
        elif day > self._today:
            self.message.show_warning(_("This day is still to come."))
        elif day < self._earliest:
            self.message.show_warning(_("It cannot be before {day}.").format(day=phrases.day(self._earliest)))
        else:
            self.recorded.emit(state, day, self.note.text().strip())
