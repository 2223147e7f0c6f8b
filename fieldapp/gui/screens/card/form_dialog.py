"""The frame of the card's dialogs: a heading with a note, what is to be filled in, and the way to keep it or leave."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Text
from fieldapp.texts import _


class FormDialog(QDialog):
    """Put editors into `column`, then call `add_foot`. The dialog stays until it is told that all was kept (`accept`) or why not
    (`show_error`)."""

    def __init__(self, title: str, heading: Text, note: Text, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space(6), space(5), space(6), space(5))
        self.column.setSpacing(space(3))
        self.message = Message()
        for widget in (heading, note, self.message):
            self.column.addWidget(widget)

    def add_foot(self, keep_words: str) -> None:
        keep = buttons.primary(keep_words)
        keep.setDefault(True)
        keep.clicked.connect(self.keep)
        leave = buttons.plain(_("Cancel"))
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(keep)
        self.column.addSpacing(space(2))
        self.column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is in it needs at this width: Qt makes a window no higher than two thirds of the screen, which on a small one
        cuts what wraps."""
        super().showEvent(event)
        layout, room = self.layout(), room_for(self)
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), min(max(self.height(), layout.totalHeightForWidth(self.width())), room))
        elif self.height() > room:
            self.resize(self.width(), room)

    def keep(self) -> None:
        """Say what was filled in, or what is wrong with it."""
        raise NotImplementedError

    def show_error(self, error: Exception) -> None:
        self.message.show_error(error)
