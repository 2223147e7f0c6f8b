"""Sheets to a printer of this computer."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from fieldapp.gui.letters.ink import PAGE_HEIGHT, PAGE_WIDTH, Sheet, draw


def print_sheets(sheets: Sequence[Sheet], printer: QPrinter) -> None:
    painter = QPainter(printer)
    for number, sheet in enumerate(sheets):
        if number:
            printer.newPage()
        painter.save()
        page = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        painter.scale(page.width() / PAGE_WIDTH, page.height() / PAGE_HEIGHT)
        draw(sheet, painter)
        painter.restore()
    painter.end()


def ask_and_print(sheets: Sequence[Sheet], parent: QWidget) -> bool:
    """Whether the person went on to print them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_sheets(sheets, printer)
    return True
