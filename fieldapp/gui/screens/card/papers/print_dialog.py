"""Sheets as they will be on paper, and saving them where the person wants them: that is their act, so it says what the file holds."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.gui.letters.ink import Sheet
from fieldapp.gui.letters.pdf import as_image, as_pdf
from fieldapp.gui.letters.where import ask_for_pdf
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_SHEET = 620


class PrintDialog(QDialog):
    """`saved`: the file is written. `name` is that of the file and tells nothing of a child; `ask_where` asks for its place, None where the
    person left it."""

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
        page = ScrollPage(margin=space(2), spacing=space(4))
        for number, sheet in enumerate(sheets, start=1):
            shown = QLabel()
            shown.setPixmap(QPixmap.fromImage(as_image(sheet, _SHEET, self.devicePixelRatioF())))
            shown.setAccessibleName(_("Sheet {number}").format(number=number))
            shown.setAccessibleDescription(sheet.text)
            page.body.addWidget(shown)
        column.addWidget(page, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = buttons.plain(_("Close"))
        leave.clicked.connect(self.reject)
        save = buttons.primary(_("Save as PDF"), "printer")
        save.clicked.connect(self.save)
        foot.addWidget(leave)
        foot.addWidget(save)
        column.addLayout(foot)
        self.resize(_SHEET + 110, min(820, self.screen().availableGeometry().height() - 40))

    def pdf(self) -> bytes:
        return as_pdf(self._sheets, self._name)

    def save(self) -> None:
        path = self._ask_where(self)
        if path is None:
            return
        try:
            path.write_bytes(self.pdf())
        except OSError:
            self.message.show_warning(_("The file could not be written there."), _("Choose another place."))
            return
        self.message.show_good(_("Saved: {name}").format(name=path.name), _("Delete the file when it is printed."))
        self.saved.emit()
