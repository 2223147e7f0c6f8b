"""Signed papers: where they come in, and how many wait to be sorted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldapp.gui.theme.tokens import Tone
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext


class PapersCard(Card):
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Signed papers"), parent=parent)
        self._note = Text("", Role.SMALL_MUTED, wrap=True)
        self._open = buttons.link("")
        self._open.clicked.connect(self.opened)
        self.add(self._note)
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_loose(0)

    def set_loose(self, count: int) -> None:
        """How many sheets wait to be sorted."""
        waits = ngettext("{count} sheet to sort", "{count} sheets to sort", count).format(count=count)
        self._note.setText(waits if count else _("Photos and scans of signed sheets find their child by themselves."))
        self._note.set_tone(Tone.WARNING if count else None)
        self._open.setText(_("Sort them") if count else _("Take in signed sheets"))
