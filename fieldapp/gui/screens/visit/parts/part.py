"""What every part of the visit page is: a column that shows the draft and says which answers a person gave."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from fieldapp.domain.visit import Visit
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.gui.widgets.tappable import Tappable


class VisitPart(QWidget):
    """`answered` carries the draft after a tap, `typed` after a keystroke. Nothing is kept here: the page answers with `show_visit`."""

    answered = Signal(object)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visit: Visit | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(space(2))

    def show_visit(self, visit: Visit) -> None:
        """Show these answers; fields that say so already are left alone, so that the cursor stays where it is."""
        self.visit = visit

    def answer(self, **values: Any) -> None:
        """A tap gave these fields."""
        if self.visit:
            self.answered.emit(replace(self.visit, **values))

    def type_in(self, **values: Any) -> None:
        """A keystroke gave these fields."""
        if self.visit:
            self.typed.emit(replace(self.visit, **values))

    def take_focus(self) -> None:
        """The part was opened: what is answered first gets the keyboard."""
        for tile in self.findChildren(Tappable):
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def heading(self, text: str, note: str = "") -> SectionTitle:
        title = SectionTitle(text, note)
        if self.column.count():
            self.column.addSpacing(space(3))
        self.column.addWidget(title)
        return title


def set_line(line: QLineEdit, text: str) -> None:
    if line.text().strip() != text.strip():
        line.setText(text)


def set_text(box: QPlainTextEdit, text: str) -> None:
    if box.toPlainText().strip() != text.strip():
        blocked = box.blockSignals(True)
        box.setPlainText(text)
        box.blockSignals(blocked)
