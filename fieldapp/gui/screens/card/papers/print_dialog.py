"""Sheets as they will be on paper, and saving them where the person wants them: that is their act, so it says what the file holds."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.letters.ink import Sheet
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.preview import HEIGHT, WIDTH, SheetsPreview
from fieldapp.gui.letters.where import ask_for_pdf, write_paper
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class PrintDialog(QDialog):
    """`saved`: it is on a file or on its way to a printer. `name` is that of the file and tells nothing of a child; `ask_where` asks for
    its place, None where the person left it."""

    saved = Signal()

    def __init__(
        self,
        title: str,
        holds: str,
        sheets: Sequence[Sheet],
        name: str,
        parent: QWidget | None = None,
        ask_where: Callable[[QWidget], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._name = name
        self._ask_where = ask_where or (lambda parent: ask_for_pdf(parent, name))
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        self.message = Message()
        column.addWidget(Text(title, Role.TITLE, wrap=True))
        column.addWidget(Text(holds, wrap=True))
        column.addWidget(self.message)
        preview = SheetsPreview(title)
        preview.show_sheets(sheets)
        column.addWidget(preview, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = buttons.plain(_("Close"))
        leave.clicked.connect(self.reject)
        on_paper = buttons.plain(_("Print"))
        on_paper.clicked.connect(self.print)
        save = buttons.primary(_("Save as PDF"), "printer")
        save.clicked.connect(self.save)
        foot.addWidget(leave)
        foot.addWidget(on_paper)
        foot.addWidget(save)
        column.addLayout(foot)
        self.resize(WIDTH, min(HEIGHT, room_for(self)))

    def pdf(self) -> bytes:
        return as_pdf(self._sheets, self._name)

    def save(self) -> None:
        path = self._ask_where(self)
        if path is not None and write_paper(path, self.pdf(), self.message, _("Delete the file when it is printed.")):
            self.saved.emit()

    def print(self) -> None:
        # Qt's printing is loaded when somebody prints.
        from fieldapp.gui.letters.printing import ask_and_print

        if ask_and_print(self._sheets, self):
            self.saved.emit()
