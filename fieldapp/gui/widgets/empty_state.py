"""What stands where nothing is to be shown: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import plain
from fieldapp.gui.widgets.text import Role, Text


class EmptyState(QWidget):
    acted = Signal()

    def __init__(self, icon: str, title: str, text: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(8), space(8), space(8), space(8))
        column.setSpacing(space(2))
        column.addStretch(1)
        picture = QLabel()
        picture.setPixmap(pixmap(icon, current().line_strong, 44))
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for words, role in ((title, Role.HEADING), (text, Role.MUTED)):
            if words:
                line = Text(words, role, wrap=True)
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(line)
        if action:
            button = plain(action)
            button.clicked.connect(self.acted)
            column.addSpacing(space(2))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
