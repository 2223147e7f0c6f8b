"""Faces made unrecognisable by hand, before a visit is finished. What is saved takes the photo's place."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.visit.blur.canvas import BlurCanvas
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.blurring import Region


class BlurDialog(QDialog):
    """`save` takes the regions and what to do with an error; the dialog is closed by whoever saved."""

    def __init__(
        self,
        sha256: str,
        thumbnails: Thumbnails,
        save: Callable[[tuple[Region, ...], Callable[[Exception], None]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._keep = save
        self.setWindowTitle(_("Blur faces"))
        self.resize(parent.window().size() * 0.9)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(5), space(4), space(5), space(4))
        column.setSpacing(space(3))
        hint = _(
            "Drag over each face. A place can be moved, and sized at its lower right corner. "
            "Keys: Insert adds, arrows move, Shift with arrows sizes, Space goes to the next, Delete removes."
        )
        column.addWidget(Text(hint, Role.SMALL_MUTED, wrap=True))
        self.message = Message()
        column.addWidget(self.message)
        self.canvas = BlurCanvas()
        self.canvas.changed.connect(self._dress)
        column.addWidget(self.canvas, 1)
        column.addLayout(self._tools())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo.click)
        thumbnails.picture(self, sha256, self._show)
        self._dress()

    def _tools(self) -> QHBoxLayout:
        self.oval, self.box = Chip(_("Oval")), Chip(_("Rectangle"))
        self._shapes = QButtonGroup(self)
        for chip in (self.oval, self.box):
            self._shapes.addButton(chip)
        self.oval.setChecked(True)
        self._shapes.buttonClicked.connect(self._on_shape)
        self.add = buttons.plain(_("Add a place"))
        self.add.clicked.connect(self._on_add)
        self.remove = buttons.plain(_("Remove the place"))
        self.remove.clicked.connect(self._on_remove)
        self.undo = buttons.plain(_("Undo one step"))
        self.undo.clicked.connect(self._on_undo)
        self.cancel = buttons.plain(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = buttons.primary(_("Save the blurred photo"))
        self.save.clicked.connect(self._on_save)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        for button in (self.oval, self.box, self.add, self.remove, self.undo):
            button.setMinimumHeight(TARGET)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return row

    def _show(self, data: bytes | None) -> None:
        if not data or not self.canvas.show_picture(data):
            self.message.show_warning(_("This picture cannot be shown. It may be on another device."))
        self.canvas.setFocus()
        self._dress()

    def _on_shape(self) -> None:
        self.canvas.fields.set_oval(self.oval.isChecked())
        self.canvas.touched()

    def _on_add(self) -> None:
        self.canvas.fields.add()
        self.canvas.touched()
        self.canvas.setFocus()

    def _on_remove(self) -> None:
        self.canvas.fields.remove()
        self.canvas.touched()

    def _on_undo(self) -> None:
        self.canvas.fields.undo()
        self.canvas.touched()

    def _on_save(self) -> None:
        self.message.clear()
        self.save.setEnabled(False)
        self._keep(self.canvas.fields.regions, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.message.show_error(error)
        self._dress()

    def _dress(self) -> None:
        fields = self.canvas.fields
        self.undo.setEnabled(fields.can_undo)
        self.remove.setEnabled(fields.chosen is not None)
        self.save.setEnabled(bool(fields.regions))
        if fields.chosen is not None:
            (self.oval if fields.chosen.oval else self.box).setChecked(True)
