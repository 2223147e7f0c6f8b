"""Where pictures come from: the watched folder, what is plugged in, and what a person chooses or drops; and what to do where a phone shows
no folder."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.volumes import PluggedIn
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class SourcesCard(Card):
    folder_wanted = Signal()
    files_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._folder = Text("", Role.BODY, elide=True)
        self._phone = Pill("", Tone.NEUTRAL)
        self._hint = Text("", Role.SMALL_MUTED, wrap=True)
        self.folder = buttons.small("")
        self.folder.clicked.connect(self.folder_wanted)
        self.files = buttons.small(_("Choose pictures…"), "photo")
        self.files.clicked.connect(self.files_wanted)
        self.again = buttons.small(_("Look again"), "sync")
        self.again.clicked.connect(self.again_wanted)
        where = QHBoxLayout()
        where.setSpacing(space(3))
        where.addWidget(self._phone)
        where.addWidget(self._folder, 1)
        for button in (self.folder, self.files, self.again):
            where.addWidget(button)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        column.addLayout(where)
        column.addWidget(self._hint)
        holder = QWidget()
        holder.setLayout(column)
        self.add(holder)
        self.show_sources(None, (), is_there=False)

    def show_sources(self, folder: Path | None, plugged_in: Sequence[PluggedIn], *, is_there: bool) -> None:
        """`is_there`: whether the watched folder can be seen now."""
        names = ", ".join(dict.fromkeys(one.name for one in plugged_in))
        said = _("Plugged in: {names}").format(names=names) if names else _("No phone or card")
        self._phone.set(said, Tone.GOOD if names else Tone.NEUTRAL)
        if folder is None:
            self._folder.setText(_("No folder is watched yet"))
        elif is_there:
            self._folder.setText(_("Watched folder: {folder}").format(folder=folder))
        else:
            self._folder.setText(_("The watched folder is not there: {folder}").format(folder=folder))
        self.folder.setText(_("Another folder…") if folder else _("Choose a folder…"))
        self._hint.setText(hint(sys.platform))
        self._hint.setVisible(not plugged_in)


def hint(platform: str) -> str:
    """What to do where the phone shows no folder of its own."""
    if platform == "win32":
        return _(
            "An SD card or USB drive is found by itself. A phone on its cable has no drive letter: open it in File Explorer and copy its "
            "pictures into the watched folder. OneDrive, Phone Link, LINE and Bluetooth can save into that folder, too."
        )
    if platform == "darwin":
        return _(
            "An SD card is found by itself. From a phone save the pictures into the watched folder with Photos, Image Capture or AirDrop."
        )
    return _("An SD card is found by itself, a phone once the file manager has opened it. Pictures can also be dragged here.")
