"""A picture as an answer: chosen, dropped or pasted, made small before it is kept, and shown small."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.errors import PhotoError
from fieldapp.gui.forms.attachments import Attachments
from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.drop_zone import DropZone, ask_for_picture, pictures_in
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.photo_tile import PhotoTile
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_TILE = QSize(184, 132)
_WIDEST = 560


def only_pictures() -> str:
    """What can be attached, for those who have something else."""
    return _(
        "Only pictures can be attached (JPG, PNG, WEBP, HEIC). Photograph a paper, or scan it as a picture; PDF and other files cannot be."
    )


class PictureAnswer(AnswerWidget):
    """One picture. `of_files`: the form asks for a file, so it is said what can be attached."""

    def __init__(self, attachments: Attachments, *, of_files: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachments = attachments
        self._name = ""
        self._taking = 0
        self.setAcceptDrops(True)
        self.zone = DropZone(_("+ Add a photo"), _("drop it here, Ctrl+V or choose a file"))
        self.zone.setMaximumWidth(_WIDEST)
        self.zone.files_wanted.connect(self._ask)
        self.tile = PhotoTile(_("Open the photo"), _TILE)
        self.tile.clicked.connect(lambda: attachments.open(self._name))
        self.another = buttons.small(_("Another photo"), "photo")
        self.another.clicked.connect(self._ask)
        self.remove = buttons.small(_("Remove this photo"), "trash")
        self.remove.clicked.connect(self._take_out)
        self._busy = Text(_("Taking in the photo…"), Role.MUTED)
        self.message = Message()
        self._held = QWidget()
        self._lay_out(of_files=of_files)
        self._dress()

    @property
    def is_empty(self) -> bool:
        return not self._name and not self._taking

    def show_answer(self, text: str) -> None:
        if text == self._name:
            return
        self._name = text
        self.tile.set_picture(None)
        if text:
            self._attachments.thumbnail(self, text, lambda data: self._show(text, data))
        self._dress()

    def take(self, sources: list[Path | bytes]) -> None:
        """The first of them: a question has room for one."""
        self.message.clear()
        if len(sources) > 1:
            self.message.show_info(_("One photo answers this question. The first one was taken."))
        self._taking += 1
        # The newest one wins, however long each takes.
        number = self._taking
        self._attachments.take(self, sources[0], lambda name: self._on_taken(number, name), self._on_refused)
        self._dress()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()
            self.zone.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.zone.set_hot(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.zone.set_hot(False)
        if sources := pictures_in(event.mimeData()):
            event.acceptProposedAction()
            self.take(sources)

    def _lay_out(self, *, of_files: bool) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(space(2))
        beside.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        row = QHBoxLayout(self._held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        row.addWidget(self.tile)
        row.addLayout(beside)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        if of_files:
            column.addWidget(Text(only_pictures(), Role.SMALL_MUTED, wrap=True))
        # What is wrong stands above, where the eye is: below might be out of sight.
        for part in (self.message, self.zone, self._held, self._busy):
            column.addWidget(part)

    def _ask(self) -> None:
        chosen = ask_for_picture(self)
        if chosen is not None:
            self.take([chosen])

    def _take_out(self) -> None:
        self.message.clear()
        self.show_answer("")
        self.answered.emit("", False)
        self.zone.setFocus()

    def _on_taken(self, number: int, name: str) -> None:
        if number == self._taking:
            self._taking = 0
            self.show_answer(name)
            self.answered.emit(name, False)
        self._dress()

    def _on_refused(self, error: Exception) -> None:
        self._taking = 0
        if isinstance(error, PhotoError) and error.code == "photo.unreadable":
            self.message.show_warning(_("This cannot be attached"), only_pictures())
        else:
            self.message.show_error(error)
        self._dress()

    def _show(self, name: str, data: bytes | None) -> None:
        if name == self._name:
            self.tile.set_picture(data, _("cannot be shown"))

    def _dress(self) -> None:
        self.zone.setVisible(self.is_empty)
        self._held.setVisible(bool(self._name))
        self._busy.setVisible(self._taking > 0)
        self.setFocusProxy(self.another if self._name else self.zone)
