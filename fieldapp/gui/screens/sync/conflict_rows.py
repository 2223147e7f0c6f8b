"""The line of the sync centre for a conflict: the child, the field, both values to tap, and the way to the card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.card.conflict_box import ConflictBox
from fieldapp.gui.screens.sync.aside_rows import BUTTON
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.conflicts import OpenConflict


class ConflictRow(QWidget):
    chosen = Signal(object, object)
    open_requested = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: OpenConflict | None = None
        self._name = Text("", elide=True)
        self._why = Text("", Role.SMALL_MUTED, wrap=True)
        self.open = buttons.small(_("Open card"))
        self.open.setMinimumWidth(BUTTON)
        self.open.clicked.connect(lambda: self.open_requested.emit(self._shown))
        self.box = ConflictBox(clock)
        self.box.title.hide()  # the line above it says more
        self.box.chosen.connect(self.chosen)
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self._name, 1)
        head.addWidget(Pill(_("Choose"), Tone.WARNING))
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(5), space(3), space(5), space(4))
        column.setSpacing(space(1))
        column.addLayout(head)
        column.addWidget(self._why)
        column.addSpacing(space(1))
        column.addWidget(self.box)

    def show_item(self, shown: OpenConflict) -> None:
        self._shown = shown
        self.box.show_conflict(shown)
        self._name.setText(" · ".join((self.box.title.plain, shown.child_name)))
        self._why.setText(_("Two people filled this in differently. Tap what is right."))
        self.open.setAccessibleName(f"{self.open.text()} · {shown.child_name}")
        self.setAccessibleName(f"{self._name.text()} · {self._why.plain}")
