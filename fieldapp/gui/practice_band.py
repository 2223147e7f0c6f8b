"""The band over everything while someone practises: that nothing here is real, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

LEAVE_KEY = "F8"


class PracticeBand(QFrame):
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "practice")
        row = QHBoxLayout(self)
        row.setContentsMargins(space(6), space(1), space(3), space(1))
        row.setSpacing(space(3))
        row.addWidget(Text(_("Practice"), Role.STRONG))
        words = Text(_("Invented children. Nothing is sent to the district, and all of it is gone when you leave."), Role.SMALL, wrap=True)
        row.addWidget(words, 1)
        leave = QPushButton(_("Leave practice ({key})").format(key=LEAVE_KEY))
        leave.setProperty("variant", "practice")
        leave.setCursor(Qt.CursorShape.PointingHandCursor)
        leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        leave.clicked.connect(self.left)
        row.addWidget(leave)
