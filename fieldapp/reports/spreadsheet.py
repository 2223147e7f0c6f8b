"""Writing spreadsheets: text stays text whatever it begins with, numbers are numbers, columns are as wide as Thai words need."""

import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | dt.date | None

# What a spreadsheet would run as a formula when the text comes first in a cell (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 8, 60
# Excel allows no more, and none of these.
_TITLE_LENGTH = 31
_NOT_IN_TITLES = str.maketrans("[]:*?/\\", "-------")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`above` are lines over the table; `header` names its columns."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx with these sheets, headers in bold and frozen."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        _write(book.create_sheet(one.title.translate(_NOT_IN_TITLES)[:_TITLE_LENGTH]), one)
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def append(sheet: Worksheet, cells: Sequence[Any], *, bold: bool = False) -> None:
    """A row in which no text can become a formula, also after someone has edited the cell."""
    # Asking the sheet for its last row instead looks through all its cells.
    sheet.append([_cell(sheet, value, bold) if bold or _is_formula(value) else value for value in cells])


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def _cell(sheet: Worksheet, value: Any, bold: bool) -> SheetCell:
    cell = WriteOnlyCell(sheet, value)
    if _is_formula(value):
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def display_width(text: str) -> int:
    """How many columns the text takes: Thai vowels and tone marks above and below the line take none."""
    return sum(1 for letter in text if unicodedata.category(letter) not in ("Mn", "Cf"))


def _write(sheet: Worksheet, content: Sheet) -> None:
    for line in content.above:
        append(sheet, [line])
    append(sheet, content.header, bold=True)
    top = sheet.max_row
    sheet.freeze_panes = f"A{top + 1}"
    widths = [display_width(str(name)) for name in content.header]
    for row in content.rows:
        append(sheet, row)
        widths = [max(width, display_width(str(cell))) if cell is not None else width for width, cell in zip(widths, row, strict=True)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, _NARROWEST), _WIDEST)
    for cell in sheet[top]:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
