"""A risk that a person saw: in a few words, and how bad it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.care.risk import RiskLevel
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class RiskDialog(FormDialog):
    """`found` carries the reason, the level and the note."""

    found = Signal(str, object, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        title = _("Record a risk")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 520, parent)
        hint = _("A child in danger now is no risk to be listed: use the red button of the visit.")
        self.column.addWidget(Text(hint, Role.SMALL_MUTED, wrap=True))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(_("For example: absent more than five days this month"))
        self.column.addWidget(Field(_("What you saw"), self.reason))
        self.levels = ChipGroup(self)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for level in RiskLevel:
            chip = Chip(words.of(level))
            self.levels.add(level, chip)
            flow.addWidget(chip)
        self.levels.set_value(RiskLevel.RISK)
        self.column.addWidget(holder)
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.column.addWidget(Field(_("Note"), self.note))
        self.add_foot(_("Record it"))

    def keep(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.message.show_warning(_("Say what you saw."))
        else:
            self.found.emit(reason, self.levels.value() or RiskLevel.RISK, self.note.text().strip())
