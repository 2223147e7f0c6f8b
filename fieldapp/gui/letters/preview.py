"""Sheets as they will be on paper, one below the other."""

from collections.abc import Sequence

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from fieldapp.gui.letters.ink import Sheet
from fieldapp.gui.letters.pdf import as_image
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.texts import _

_SHEET = 620
# A dialog that shows them and nothing beside.
WIDTH = _SHEET + 110
HEIGHT = 820


class SheetsPreview(ScrollPage):
    """`name` is what a screen reader calls the page that scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(margin=space(2), spacing=space(4), parent=parent)
        self.take_keyboard(name)
        self.images: list[QLabel] = []

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        for old in self.images:
            old.hide()
            old.deleteLater()
        self.images = []
        for number, sheet in enumerate(sheets, start=1):
            shown = QLabel()
            shown.setPixmap(QPixmap.fromImage(as_image(sheet, _SHEET, self.devicePixelRatioF())))
            shown.setAccessibleName(_("Sheet {number}").format(number=number))
            shown.setAccessibleDescription(sheet.text)
            self.images.append(shown)
            self.body.addWidget(shown)
