"""The telephone numbers of help: as a block for dialogs about a child in danger, and as a dialog of their own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from fieldapp.domain.help_line import HelpLine
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_WIDTH = 540


def numbers(lines: Sequence[HelpLine]) -> QGridLayout:
    """Whom to call, the number large."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(4))
    grid.setVerticalSpacing(space(2))
    grid.setColumnStretch(1, 1)
    for place, line in enumerate(lines):
        grid.addWidget(Text(line.number, Role.FIGURE), place, 0)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Text(line.name, Role.STRONG, wrap=True))
        if line.what_for:
            told.addWidget(Text(line.what_for, Role.SMALL_MUTED, wrap=True))
        grid.addLayout(told, place, 1)
    return grid


class NumbersDialog(QDialog):
    def __init__(self, lines: Sequence[HelpLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Telephone numbers of help"))
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        column.addWidget(Text(_("Telephone numbers of help"), Role.TITLE))
        column.addWidget(Text(_("This computer cannot call for you."), Role.MUTED, wrap=True))
        column.addLayout(numbers(lines))
        close = buttons.primary(_("Close"))
        close.clicked.connect(self.accept)
        column.addWidget(close)
