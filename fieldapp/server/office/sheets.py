"""Small tables that people fill in a spreadsheet: read by the names of their columns, carried from the preview to the accepting form.

Between the two nothing lies on the server: the preview's form holds the rows, and they are checked again when it comes back.
"""

import json
from collections.abc import Mapping, Sequence

from fieldapp.errors import ListError
from fieldapp.server.lists.reader import Cell, read_sheets
from fieldapp.server.office.desk import Desk
from fieldapp.server.problems import Refused

MOST_ROWS = 1_000
# A title, an empty line and a hint may stand above the header.
_HEADER_WITHIN = 10
_LONGEST = 4_000

Row = Mapping[str, str]


def uploaded(desk: Desk, name: str, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows of the file in this field of the form, as texts by column. `columns` are the headings that each column may have. Raises
    Refused wrong_value where there is no file, no such table in it or nothing in it, and too_large."""
    file = desk.form.file(name)
    if file is None:
        raise Refused("wrong_value", name, why="no_file")
    try:
        sheets = read_sheets(file.file.read())
    except ListError as error:
        raise Refused("too_large" if error.code == "list.too_large" else "wrong_value", name, why="file") from error
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
            places = _places(row.cells, columns)
            if len(places) == len(columns):
                rows = [{field: _text(below.cells, place) for field, place in places.items()} for below in sheet.rows[at + 1 :]]
                filled: list[Row] = [one for one in rows if any(one.values())]
                if len(filled) > MOST_ROWS:
                    raise Refused("too_large", name)
                if filled:
                    return filled
    raise Refused("wrong_value", name, why="no_table")


def carried(row: Row) -> str:
    """A row for a hidden field of the preview."""
    return json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"))


def brought_back(desk: Desk, name: str, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows of a preview that was accepted. Raises Refused wrong_value."""
    rows: list[Row] = []
    for text in desk.form.texts(name, longest=_LONGEST):
        try:
            row = json.loads(text)
        except ValueError as error:
            raise Refused("wrong_value", name) from error
        if not isinstance(row, dict) or set(row) != set(columns) or not all(isinstance(value, str) for value in row.values()):
            raise Refused("wrong_value", name)
        rows.append(row)
    if not rows or len(rows) > MOST_ROWS:
        raise Refused("wrong_value", name)
    return rows


def _places(cells: Sequence[Cell], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    said = [_plain(str(cell)) if cell is not None else "" for cell in cells]
    places = {}
    for field, names in columns.items():
        found = [at for at, heading in enumerate(said) if heading in {_plain(name) for name in names}]
        if found:
            places[field] = found[0]
    return places


def _plain(heading: str) -> str:
    return "".join(heading.split()).casefold()


def _text(cells: Sequence[Cell], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # Excel's way of keeping 46030001
    return "" if cell is None else str(cell).strip()[:500]
