"""The spreadsheet of a form as it is written: its settings, and in which row each question stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldapp.server.lists.reader import Cell, Sheet, read_sheets

ROOT = "data"
_BEGINS = ("begin group", "begin_group", "begin repeat", "begin_repeat", "begin loop", "begin_loop")
_ENDS = ("end group", "end_group", "end repeat", "end_repeat", "end loop", "end_loop")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its cells by the header of their column, lower case."""

    row: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Source:
    """`rows_of`: node path below the root ("/data/group/question") -> row of the survey sheet."""

    settings: Mapping[str, str]
    survey: tuple[Line, ...]
    choices: tuple[Line, ...]
    rows_of: Mapping[str, int]

    def row_of(self, path: str) -> int:
        """The row of a node, or of what it lies in where it has none of its own; 0 for none."""
        while path and path not in self.rows_of:
            path = path.rpartition("/")[0]
        return self.rows_of.get(path, 0)

    def row_with(self, facts: Mapping[str, str]) -> int:
        """The first row of the survey with these cells (its type, its name); 0 for none."""
        wanted = {column: value for column, value in facts.items() if column in ("type", "name")}
        return next((line.row for line in self.survey if wanted and wanted.items() <= line.cells.items()), 0)


def read_source(data: bytes) -> Source:
    """Raises ListError for a file that is no spreadsheet."""
    sheets = {sheet.name.strip().lower(): sheet for sheet in read_sheets(data)}
    survey = tuple(_lines(sheets.get("survey")))
    settings = next(iter(_lines(sheets.get("settings"))), Line(0, {})).cells
    return Source(settings, survey, tuple(_lines(sheets.get("choices"))), dict(_paths(survey)))


def _lines(sheet: Sheet | None) -> Iterator[Line]:
    if sheet is None:
        return
    header, *rows = sheet.rows
    names = [_text(cell).strip().lower() for cell in header.cells]
    for row in rows:
        yield Line(row.number, {name: _text(cell) for name, cell in zip(names, row.cells, strict=False) if name and cell not in (None, "")})


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _paths(survey: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    inside = [ROOT]
    for line in survey:
        kind, name = " ".join(line.get("type").lower().split()), line.get("name").strip()
        if kind in _ENDS:
            inside = inside[:-1] or [ROOT]
        elif name:
            yield "/" + "/".join((*inside, name)), line.row
        if kind in _BEGINS:
            inside = [*inside, name]
