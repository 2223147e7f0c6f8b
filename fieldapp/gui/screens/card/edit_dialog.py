"""Mending a few fields of a child's card: what a teacher learns at the door. Only what was changed is handed on."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from fieldapp import phrases
from fieldapp.domain.child import Child
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark

_FIELDS: tuple[tuple[str, str], ...] = (
    ("guardian_name", mark("Guardian")),
    ("guardian_relation", mark("Relation")),
    ("guardian_phone", mark("Telephone")),
    ("house_no", mark("House no.")),
    ("moo", mark("Moo")),
    ("village", mark("Village name")),
)
# As the district's forms list them (domain §3.6). They are answers, kept in Thai whatever language the screen speaks.
_RELATIONS = ("บิดา", "มารดา", "ปู่", "ย่า", "ตา", "ยาย", "ลุง", "ป้า", "น้า", "อา", "พี่", "ทวด", "พ่อเลี้ยง", "แม่เลี้ยง", "ญาติ", "ผู้อุปการะ")


class EditDialog(FormDialog):
    """`saved` carries the changed fields."""

    saved = Signal(dict)

    def __init__(self, child: Child, parent: QWidget | None = None) -> None:
        heading = Text(phrases.full_name(child), Role.TITLE, wrap=True)
        note = Text(_("Name, ID number and birth date are mended by the district office."), Role.SMALL_MUTED, wrap=True)
        super().__init__(_("Mend the card"), heading, note, 480, parent)
        self._child = child
        form = QFormLayout()
        form.setHorizontalSpacing(space(4))
        form.setVerticalSpacing(space(2))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._editors: dict[str, QLineEdit | QComboBox] = {}
        for name, label in _FIELDS:
            editor = self._editor(name)
            editor.setAccessibleName(_(label))
            self._editors[name] = editor
            form.addRow(Text(_(label)), editor)
        self.column.addLayout(form)
        self.add_foot(_("Save"))

    def changed_values(self) -> Mapping[str, str]:
        values = {name: _text_of(editor) for name, editor in self._editors.items()}
        return {name: value for name, value in values.items() if value != getattr(self._child, name)}

    def set_value(self, name: str, value: str) -> None:
        editor = self._editors[name]
        if isinstance(editor, QComboBox):
            editor.setCurrentText(value)
        else:
            editor.setText(value)

    def point_at(self, name: str) -> None:
        """The keyboard in this field, its text chosen."""
        editor = self._editors.get(name)
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _editor(self, name: str) -> QLineEdit | QComboBox:
        value = getattr(self._child, name)
        if name == "guardian_relation":
            box = QComboBox()
            box.setEditable(True)
            box.addItems(("", *_RELATIONS))
            box.setCurrentText(value)
            return box
        line = QLineEdit(value)
        line.setMaxLength(120)
        if name == "guardian_phone":
            line.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        return line

    def keep(self) -> None:
        values = self.changed_values()
        if values:
            self.saved.emit(dict(values))
        else:
            self.reject()


def _text_of(editor: QLineEdit | QComboBox) -> str:
    return (editor.currentText() if isinstance(editor, QComboBox) else editor.text()).strip()
