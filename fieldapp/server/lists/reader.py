"""Rows out of a file's bytes: .xlsx and .csv, told apart by content and never by name. It must not know what a column means."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fieldapp.errors import ListError

# What this program makes sense of; anything else that a workbook may hold (formulas, durations) is read as its text.
Cell = str | int | float | dt.datetime | dt.date | None

MAX_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_ROWS = 60_000
MAX_COLUMNS = 200
_TOLD_EVERY = 500

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = (",", ";", "\t", "|")
# Tab, line feed, carriage return are text; the other control characters are not.
_CONTROL = frozenset(range(32)) - {9, 10, 13}
# A formula without its result: programs that only write files leave it to Excel to reckon. Excel itself writes an empty text as t="str".
_NOT_RECKONED = re.compile(rb'<c(?![^>]*t="str")[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`number` is the row as the person sees it in the spreadsheet, counted from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that are not empty."""

    name: str
    rows: tuple[SourceRow, ...]


def read_sheets(data: bytes, *, first: int | None = None, told: Callable[[int], None] | None = None) -> tuple[Sheet, ...]:
    """The sheets with something in them, in the file's order; of each only the `first` rows where that is given. `told` hears how many rows
    were read. Raises ListError for what cannot be read."""
    if not data.strip():
        raise ListError("list.empty")
    if len(data) > MAX_BYTES:
        raise ListError("list.too_large", limit_mb=MAX_BYTES // 1_000_000)
    if data.startswith(_OLE):
        raise ListError("list.encrypted" if _ENCRYPTED in data else "list.old_excel")
    wanted = _Wanted(first, told)
    sheets = tuple(_workbook(data, wanted)) if data.startswith(_ZIP) else (Sheet("", _rows(_csv_records(_decoded(data)), wanted)),)
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise ListError("list.empty")
    return filled


@dataclass(frozen=True, slots=True)
class _Wanted:
    first: int | None
    told: Callable[[int], None] | None


def _workbook(data: bytes, wanted: _Wanted) -> Iterator[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise ListError("list.unreadable")
            # A small file can unpack to gigabytes: what it says of itself is looked at before anything is unpacked.
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED_BYTES:
                raise ListError("list.too_large", limit_mb=MAX_UNPACKED_BYTES // 1_000_000)
            _require_results(package)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # Many programs write a wrong size of the sheet, and rows beyond it would be lost.
                sheet.reset_dimensions()
                yield Sheet(sheet.title, _rows(sheet.iter_rows(values_only=True), wanted))
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError, EOFError, TypeError) as error:
        raise ListError("list.unreadable") from error


def _require_results(package: zipfile.ZipFile) -> None:
    """Cells whose results are missing would read as empty, and whole rows would be lost in silence."""
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and _NOT_RECKONED.search(package.read(name)):
            raise ListError("list.not_reckoned")


def _rows(records: Iterable[Iterable[object]], wanted: _Wanted) -> tuple[SourceRow, ...]:
    rows = []
    for number, record in enumerate(islice(records, wanted.first), start=1):
        if wanted.told and number % _TOLD_EVERY == 0:
            wanted.told(number)
        if number > MAX_ROWS:
            raise ListError("list.too_large", limit_rows=MAX_ROWS)
        cells = tuple(cell if isinstance(cell, str | int | float | dt.date | None) else str(cell) for cell in islice(record, MAX_COLUMNS))
        if any(cell is not None and str(cell).strip() for cell in cells):
            rows.append(SourceRow(number, cells))
    return tuple(rows)


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        encodings: tuple[str, ...] = ("utf-16",)
    elif _CONTROL.intersection(data):
        raise ListError("list.unreadable")
    else:
        encodings = ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListError("list.unreadable")


def _csv_records(text: str) -> Iterator[list[str]]:
    if text.lstrip()[:1] in ("<", "{", "["):  # a web page or JSON under the name of a list
        raise ListError("list.unreadable")
    head = text[:20_000]
    delimiter = max(_DELIMITERS, key=head.count)
    if not head.count(delimiter):
        raise ListError("list.unreadable")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ListError("list.unreadable") from error
