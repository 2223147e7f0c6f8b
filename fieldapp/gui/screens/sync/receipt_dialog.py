"""A receipt, open to look at: what it proves, its facts, and ways to keep it on paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QShowEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.screens.sync import receipt_text
from fieldapp.gui.theme.tokens import SMALL, Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card, Divider
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.syncing import ReceiptView

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WIDTH = 620
_GROUP = 16


class ReceiptDialog(QDialog):
    """`about` says whose record it is; it stands on the screen only, never in what is copied or printed."""

    def __init__(self, view: ReceiptView, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setWindowTitle(_("Receipt {number}").format(number=view.number))
        self.setFixedWidth(_WIDTH)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(5))
        layout.setSpacing(space(4))
        message = Message()
        if view.verified:
            message.show_good(_("The district holds this record"), receipt_text.proves(view))
        else:
            message.show_warning(_("This receipt is not right"), receipt_text.proves(view))
        message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(message)
        layout.addWidget(self._facts(about))
        layout.addLayout(self._buttons())

    def showEvent(self, event: QShowEvent) -> None:
        # Wrapped lines know their height only once the width is known.
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))
        self.close_button.setFocus()
        super().showEvent(event)

    def text(self) -> str:
        return receipt_text.as_text(self._view)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText(_("Copied ✓"))

    def print_on(self, printer: "QPrinter") -> None:
        document = QTextDocument()
        document.setPlainText(self.text())
        document.print_(printer)

    def _facts(self, about: str) -> Card:
        card = Card()
        card.add(Text(about, Role.HEADING, elide=True))
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        card.add(Divider())
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(1, 1)
        facts = receipt_text.facts(self._view)
        for line, (caption, value) in enumerate(facts):
            grid.addWidget(Text(caption, Role.SMALL_MUTED), line, 0, Qt.AlignmentFlag.AlignTop)
            shown = Text(_grouped(value), wrap=True)
            shown.setAccessibleName(f"{caption}: {value}")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if value in (self._view.receipt.sha256, self._view.receipt.subject):
                font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                shown.setStyleSheet(f"font-family: '{font.family()}'; font-size: {SMALL}px")
            if value == receipt_text.signature_words(self._view):
                shown.set_tone(Tone.GOOD if self._view.verified else Tone.DANGER)
            grid.addWidget(shown, line, 1)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        card.add(holder)
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(space(2))
        self.copy_button = buttons.plain(_("Copy as text"))
        self.print_button = buttons.plain(_("Print"), "printer")
        self.close_button = buttons.primary(_("Close"))
        self.copy_button.clicked.connect(self.copy)
        self.print_button.clicked.connect(self._on_print)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.copy_button)
        row.addWidget(self.print_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row

    def _on_print(self) -> None:
        # Qt's printing is loaded when somebody prints.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)


def _grouped(value: str) -> str:
    """A long hash in groups, so that it can be compared by eye and broken into lines."""
    if " " in value or len(value) < 2 * _GROUP + 8:
        return value
    return " ".join(value[at : at + _GROUP] for at in range(0, len(value), _GROUP))
