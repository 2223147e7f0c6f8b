"""Looking after a child who is back: how it comes to school, and whether it has left again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.follow_up import Attendance
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class AttendanceDialog(FormDialog):
    """`seen` carries the attendance, the note and whether the child dropped out again. `may_drop`: its case is one of a child who is
    back."""

    seen = Signal(object, str, bool)

    def __init__(self, name: str, *, may_drop: bool, parent: QWidget | None = None) -> None:
        title = _("How the child comes to school")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 520, parent)
        self._may_drop = may_drop
        self.choices = ChipGroup(self)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for attendance in Attendance:
            chip = Chip(words.of(attendance))
            self.choices.add(attendance, chip)
            flow.addWidget(chip)
        self.choices.chosen.connect(self._on_chosen)
        self.column.addWidget(holder)
        self.dropped = QCheckBox(_("The child has dropped out again: begin a new case"))
        self.dropped.setMinimumHeight(TARGET)
        self.dropped.hide()
        self.column.addWidget(self.dropped)
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.column.addWidget(Field(_("Note"), self.note))
        self.add_foot(_("Record it"))

    def keep(self) -> None:
        attendance = self.choices.value()
        if attendance is None:
            self.message.show_warning(_("Choose how the child comes to school."))
        else:
            gone = attendance is Attendance.NOT_ATTENDING and self.dropped.isChecked()
            self.seen.emit(attendance, self.note.text().strip(), gone)

    def _on_chosen(self, attendance: object) -> None:
        self.dropped.setVisible(self._may_drop and attendance is Attendance.NOT_ATTENDING)
