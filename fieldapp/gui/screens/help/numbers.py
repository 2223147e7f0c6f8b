"""The telephone numbers of help: as a block for dialogs about a child in danger, and as a dialog of their own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldapp.domain.help_line import HelpLine
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.tall_dialog import TallDialog
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

WIDTH = 720
_COLUMNS = 2


def numbers(lines: Sequence[HelpLine]) -> QGridLayout:
    """Whom to call, the number large; in two columns, the first one first."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(4))
    grid.setVerticalSpacing(space(2))
    rows = -(-len(lines) // _COLUMNS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(2 * column + 1, 1)
    for place, line in enumerate(lines):
        row, column = place % max(rows, 1), place // max(rows, 1)
        grid.addWidget(Text(line.number, Role.FIGURE), row, 2 * column)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Text(line.name, Role.STRONG, wrap=True))
        if line.what_for:
            told.addWidget(Text(line.what_for, Role.SMALL_MUTED, wrap=True))
        grid.addLayout(told, row, 2 * column + 1)
    return grid


class NumbersDialog(TallDialog):
    def __init__(self, lines: Sequence[HelpLine], parent: QWidget) -> None:
        super().__init__(_("Telephone numbers of help"), WIDTH, parent)
        column = self.body
        column.addWidget(Text(_("Telephone numbers of help"), Role.TITLE))
        column.addWidget(Text(_("This computer cannot call for you."), Role.MUTED, wrap=True))
        column.addLayout(numbers(lines))
        close = buttons.primary(_("Close"))
        close.clicked.connect(self.accept)
        self.foot.addWidget(close)
