"""Asking that a child goes to another school: one of the district, found by typing, or another place in words."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.referrals.pick_box import PickBox
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.referring import WantedTransfer


class TransferDialog(FormDialog):
    """`asked` carries a WantedTransfer. `schools`: names by code."""

    asked = Signal(object)

    def __init__(self, name: str, schools: Mapping[str, str], parent: QWidget | None = None) -> None:
        title = _("Ask for a transfer")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 540, parent)
        where = _("School of this district, or another place in words")
        self.place = PickBox(where, _("Type part of the school's name"))
        self.place.show_options(list(schools.items()))
        self.grade = _line(_("Grade"), 40, _("For example: Grade 5"))
        self.reason = _line(_("Reason"), 500, _("For example: moves with the parents"))
        for label, editor in ((where, self.place), (_("Grade"), self.grade), (_("Reason"), self.reason)):
            self.column.addWidget(Text(label, Role.STRONG))
            self.column.addWidget(editor)
        note = _("The district office decides. The child stays with you until it is accepted.")
        self.column.addWidget(Text(note, Role.SMALL_MUTED, wrap=True))
        self.add_foot(_("Ask for it"))

    def keep(self) -> None:
        reason = self.reason.text().strip()
        if not self.place.words():
            self.message.show_warning(_("Say where the child is to go."))
        elif not reason:
            self.message.show_warning(_("Say why."))
        else:
            code = self.place.value()
            place = "" if code else self.place.words()
            self.asked.emit(WantedTransfer(reason, to_school=code or None, to_place=place, grade=self.grade.text().strip()))


def _line(name: str, longest: int, example: str) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(longest)
    line.setAccessibleName(name)
    line.setPlaceholderText(example)
    return line
