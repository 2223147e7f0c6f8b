"""XLSForms as nobody should send them: cells swapped, emptied, filled with what belongs elsewhere; files torn."""

import io
import random
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from pyxform.xls2json_backends import xls_to_dict, xlsx_to_dict

_CELLS = [
    "",
    " ",
    "begin group",
    "end group",
    "begin repeat",
    "end repeat",
    "select_one",
    "select_one nowhere",
    "calculate",
    "note",
    "${",
    "${nowhere}",
    "${a} = ${b}",
    "a b",
]
_CELLS += [
    "yes",
    "TRUE",
    "1",
    "-1",
    "ก",
    "‘a’",
    "\xa0x",
    "int(",
    "selected(${x}, 'a')",
    "regex(., '(a+)+$')",
    "=1+1",
    "x" * 40_000,
    "<b>&amp;</b>",
    "_",
    "1a",
    "range",
    "xml-external",
]
_HEADERS = [
    "type",
    "name",
    "label",
    "label::ไทย (th)",
    "relevant",
    "calculation",
    "constraint",
    "repeat_count",
    "choice_filter",
    "default",
    "trigger",
    "bind::app:field",
    "nonsense",
    "",
]
_SHEETS = ["survey", "choices", "settings", "entities", "Survey", "osm", "nothing"]
Sheets = dict[str, list[list[Any]]]


@cache
def _read(file: Path) -> tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...]:
    told = (xls_to_dict if file.suffix == ".xls" else xlsx_to_dict)(str(file))
    sheets = []
    for name in ("survey", "choices", "settings"):
        rows = told.get(name) or []
        headers = list(dict.fromkeys(header for row in rows for header in row))
        sheets.append((name, (tuple(headers), *(tuple(row.get(header) for header in headers) for row in rows))))
    return tuple(sheets)


def workbook(draw: random.Random, file: Path) -> bytes:
    """An .xlsx file with the content of `file`, changed in some places; now and then a file that is no longer one."""
    sheets: Sheets = {name: [list(row) for row in rows] for name, rows in _read(file)}
    for _ in range(draw.randint(1, 5)):
        draw.choice((_cell, _cell, _cell, _swap, _row_gone, _row_twice, _header, _renamed))(draw, sheets)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    content = written.getvalue()
    if draw.random() < 0.05:
        at = draw.randrange(len(content))
        content = content[:at] + draw.randbytes(20) + content[at + draw.randrange(40) :]
    return content


def _some(draw: random.Random, sheets: Sheets) -> list[list[Any]]:
    return draw.choice([rows for rows in sheets.values() if len(rows) > 1 and rows[0]] or [[["type"], ["text"]]])


def _cell(draw: random.Random, sheets: Sheets) -> None:
    rows = _some(draw, sheets)
    row = draw.choice(rows[1:])
    row[draw.randrange(len(row))] = draw.choice(_CELLS)[:30_000]


def _swap(draw: random.Random, sheets: Sheets) -> None:
    rows = _some(draw, sheets)
    one, other = draw.randrange(1, len(rows)), draw.randrange(1, len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _row_gone(draw: random.Random, sheets: Sheets) -> None:
    rows = _some(draw, sheets)
    del rows[draw.randrange(1, len(rows))]


def _row_twice(draw: random.Random, sheets: Sheets) -> None:
    rows = _some(draw, sheets)
    rows.insert(draw.randrange(1, len(rows)), list(draw.choice(rows[1:])))


def _header(draw: random.Random, sheets: Sheets) -> None:
    rows = _some(draw, sheets)
    rows[0][draw.randrange(len(rows[0]))] = draw.choice(_HEADERS)


def _renamed(draw: random.Random, sheets: Sheets) -> None:
    name = draw.choice(list(sheets))
    rows = sheets.pop(name)
    sheets.setdefault(draw.choice(_SHEETS), rows)
