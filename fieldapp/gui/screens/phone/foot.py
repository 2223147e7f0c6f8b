"""The foot of the page: what is chosen and the one button, or what is under way and the way to stop it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.phone import words
from fieldapp.gui.screens.phone.reading import Reading
from fieldapp.gui.screens.phone.taking import Taking
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.phone_pictures import Choice


class PhoneFoot(QWidget):
    take_wanted = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Text("", Role.BODY, elide=True)
        self.take = buttons.primary("")
        self.take.clicked.connect(self.take_wanted)
        still = QWidget()
        row = QHBoxLayout(still)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(self._said, 1)
        row.addWidget(self.take)
        self.progress = ProgressStrip(_("Stop"))
        self.progress.cancelled.connect(self.stopped)
        self._stack = QStackedLayout()
        self._stack.addWidget(still)
        self._stack.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider())
        around = QHBoxLayout()
        around.setContentsMargins(space(6), space(2), space(6), space(2))
        around.addLayout(self._stack)
        column.addLayout(around)

    def show_standing(self, choices: Sequence[Choice], reading: Reading, taking: Taking) -> None:
        busy = taking.running or reading.running
        self._stack.setCurrentIndex(1 if busy else 0)
        if taking.running:
            said = _("Taking in the pictures… {done} of {total}").format(done=taking.done, total=taking.total)
            self.progress.show_progress(said, "", taking.done, taking.total)
        elif reading.running:
            total = len(reading.listing.files)
            said = _("Looking at the pictures… {done} of {total}").format(done=reading.done, total=total)
            self.progress.show_progress(said, "", reading.done, total)
        self._said.setText(words.chosen(choices))
        self.take.setText(_("Take in {pictures}").format(pictures=words.pictures(len(choices))) if choices else _("Take in the pictures"))
        self.take.setEnabled(bool(choices))
