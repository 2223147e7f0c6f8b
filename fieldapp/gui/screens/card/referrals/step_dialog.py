"""What became of a referral: signed, sent, answered; on which day, with a note."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp import phrases, words
from fieldapp.domain.care.referral import ReferralState
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.referrals_read import ReferralLine


class StepDialog(FormDialog):
    """`recorded` carries state, day and note."""

    recorded = Signal(object, object, str)

    def __init__(self, line: ReferralLine, today: dt.date, parent: QWidget | None = None) -> None:
        title = _("Record what came next")
        now = f"{line.receiver} · {words.of(line.state)}"
        super().__init__(title, Text(title, Role.TITLE), Text(now, Role.MUTED, wrap=True), 540, parent)
        self._today = today
        self._earliest = max((step.on for step in line.steps), default=line.referral.on)
        self.column.addWidget(Text(_("What happened"), Role.STRONG))
        self.states = ChipGroup(self)
        chips = QWidget()
        flow = FlowLayout(chips, spacing=space(2))
        self.chips: dict[ReferralState, Chip] = {}
        for state in line.next:
            chip = Chip(words.of(state))
            self.chips[state] = chip
            self.states.add(state, chip)
            flow.addWidget(chip)
        self.states.set_value(line.next[0])
        self.column.addWidget(chips)
        self.column.addWidget(Text(_("On"), Role.STRONG))
        self.date = DateEdit(today, optional=False)
        self.date.set_value(today)
        self.column.addWidget(self.date)
        self.column.addWidget(Text(_("Note"), Role.STRONG))
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Who signed, how it was sent, what they answered"))
        self.column.addWidget(self.note)
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
