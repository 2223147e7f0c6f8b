"""The foot of the visit page: the urgent button, always in sight, and the way back, on, or to the end."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.texts import _


class Foot(QWidget):
    urgent_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(6), space(3), space(6), space(3))
        row.setSpacing(space(3))
        self.urgent = buttons.danger(_("Urgent: protect the child"))
        self.back = buttons.plain(_("Step back"))
        self.next = buttons.primary("")
        self.finish = buttons.primary(_("Finish the visit"))
        self.urgent.clicked.connect(self.urgent_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.finish.clicked.connect(self.finish_wanted)
        row.addWidget(self.urgent)
        row.addStretch(1)
        for button in (self.back, self.next, self.finish):
            row.addWidget(button)

    def show_place(self, *, first: bool, following: str) -> None:
        """`following` is the title of the part after this one, '' on the last."""
        self.back.setVisible(not first)
        self.next.setVisible(bool(following))
        self.next.setText(_("Next · {part}").format(part=following))
        self.finish.setVisible(not following)

    def set_busy(self, busy: bool) -> None:
        self.finish.setEnabled(not busy)
