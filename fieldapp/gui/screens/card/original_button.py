"""Saves the file that a photo was made of, as it came from the phone or camera. There only while that file is kept."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.photo import Photo
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _


class OriginalButton(QWidget):
    """`message` takes what went wrong."""

    def __init__(self, photo: Photo, thumbnails: Thumbnails, message: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self._message = message
        self._ending = ""
        self._photo = photo
        self._thumbnails = thumbnails
        self.button: QPushButton = buttons.plain(_("Save the original"))
        self.button.setToolTip(_("The file as it came from the phone or camera. It is saved without encryption."))
        self.button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        self.hide()
        thumbnails.original_ending(self, photo.sha256, self._on_known)

    def save_to(self, target: Path) -> None:
        self._thumbnails.save_original(self, self._photo.sha256, target, self._on_saved, self._on_failed)

    def _on_known(self, ending: str | None) -> None:
        self._ending = ending or ""
        self.setVisible(bool(ending))

    def _on_clicked(self) -> None:
        # Nothing of the child in a name that anyone can read.
        taken = self._photo.taken_at
        proposed = f"{words.short(self._photo.kind)}{taken.astimezone():-%Y%m%d-%H%M}" if taken else words.short(self._photo.kind)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save the original"), f"{proposed}.{self._ending}")
        if chosen:
            self.save_to(Path(chosen))

    def _on_saved(self, saved: bool) -> None:
        if saved:
            Toast.say(self.window(), _("Saved without encryption. Delete the file when it is needed no more."))
        else:
            self.hide()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._message.show_warning(
                _("The file could not be written there."), _("The photo is safe. Choose another folder or another stick.")
            )
        else:
            self._message.show_error(error)
