"""For which children of the house the same answers stand."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import ChildRow


def ask_whom_it_is_for(parent: QWidget, siblings: Sequence[ChildRow], then: Callable[[tuple[str, ...]], None]) -> "SharingDialog":
    dialog = SharingDialog(siblings, parent)
    dialog.accepted.connect(lambda: then(dialog.chosen()))
    dialog.open()
    return dialog


class SharingDialog(QDialog):
    """All of them are ticked: they live in one house."""

    def __init__(self, siblings: Sequence[ChildRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Children of this house"))
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        column.addWidget(
            Text(_("These answers are about the house. For which other children do they stand as well?"), Role.BODY, wrap=True)
        )
        self.boxes: dict[str, QCheckBox] = {}
        for row in siblings:
            box = QCheckBox(phrases.full_name(row))
            box.setMinimumHeight(TARGET)
            box.setChecked(not row.handed_over)
            box.setEnabled(not row.handed_over)
            column.addWidget(box)
            self.boxes[row.case_id] = box
        answers = QDialogButtonBox()
        answers.addButton(_("Finish the form"), QDialogButtonBox.ButtonRole.AcceptRole)
        answers.addButton(_("Back to the form"), QDialogButtonBox.ButtonRole.RejectRole)
        answers.accepted.connect(self.accept)
        answers.rejected.connect(self.reject)
        column.addWidget(answers)

    def chosen(self) -> tuple[str, ...]:
        return tuple(case_id for case_id, box in self.boxes.items() if box.isChecked())
