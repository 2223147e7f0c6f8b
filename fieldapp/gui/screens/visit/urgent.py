"""A child in danger: whom to call now, and the mark by which the district sees the visit first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fieldapp.domain.help_line import HelpLine
from fieldapp.gui.screens.help.numbers import WIDTH, numbers
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.tall_dialog import TallDialog
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class UrgentDialog(TallDialog):
    """`marked` carries what was seen; `unmarked`: it was not urgent after all."""

    marked = Signal(str)
    unmarked = Signal()

    def __init__(self, note: str, lines: Sequence[HelpLine], *, urgent: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Urgent: a child must be protected"), WIDTH, parent)
        column = self.body
        column.addWidget(Text(_("Urgent: a child must be protected"), Role.TITLE, tone=Tone.DANGER))
        column.addWidget(Text(_("If someone is in danger now, call first. This computer cannot call for you."), wrap=True))
        column.addLayout(numbers(lines))
        column.addWidget(Text(_("What did you see or hear?"), Role.STRONG))
        self.note = QPlainTextEdit(note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(84)
        self.note.setAccessibleName(_("What did you see or hear?"))
        column.addWidget(self.note)
        column.addWidget(
            Text(_("The visit is marked as urgent and sent before everything else once there is a signal."), Role.SMALL_MUTED, wrap=True)
        )
        foot = self.foot
        foot.setSpacing(space(2))
        if urgent:
            off = buttons.link(_("It is not urgent after all"))
            off.clicked.connect(self._on_unmark)
            foot.addWidget(off)
        foot.addStretch(1)
        leave = buttons.plain(_("Close"))
        leave.clicked.connect(self.reject)
        keep = buttons.primary(_("Save") if urgent else _("Mark as urgent"))
        keep.clicked.connect(self._on_mark)
        foot.addWidget(leave)
        foot.addWidget(keep)
        self.note.setFocus()

    def _on_mark(self) -> None:
        self.marked.emit(self.note.toPlainText().strip())
        self.accept()

    def _on_unmark(self) -> None:
        self.unmarked.emit()
        self.accept()
