"""Which rows of a sheet name its columns. Lists begin with titles, dates and merged cells, so it is found by its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.canonical import sha256_hex
from fieldapp.errors import ListError
from fieldapp.server.lists.fields import Field, field_of
from fieldapp.server.lists.reader import Cell, Sheet, SourceRow

_SEARCHED_ROWS = 40
_FEWEST_KNOWN = 3
_NAMES = frozenset({Field.GIVEN_NAME, Field.FULL_NAME})


@dataclass(frozen=True, slots=True)
class Header:
    """`labels` has one text a column, '' where none stands; the children begin after row `last_row`."""

    labels: tuple[str, ...]
    last_row: int

    @property
    def sha256(self) -> str:
        """Names the layout, for the mapping that a person made of it."""
        return sha256_hex("\x1f".join(self.labels).encode())


def find_header(sheets: Sequence[Sheet]) -> tuple[Sheet, Header]:
    """The sheet that is a list of children, with its header. Raises ListError where no row names enough columns."""
    for sheet in sheets:
        header = _header_of(sheet)
        if header:
            return sheet, header
    raise ListError("list.no_header")


def _header_of(sheet: Sheet) -> Header | None:
    searched = sheet.rows[:_SEARCHED_ROWS]
    best = max(range(len(searched)), key=lambda place: len(_known(searched[place])))
    if best + 1 < len(searched) and _is_second_line(searched[best], searched[best + 1]):
        upper, lower, last = searched[best], searched[best + 1], searched[best + 1].number
    elif best > 0 and _is_second_line(searched[best - 1], searched[best]):
        upper, lower, last = searched[best - 1], searched[best], searched[best].number
    else:
        upper, lower, last = searched[best], None, searched[best].number
    labels = _joined(upper, lower)
    known = {field for field in map(field_of, labels) if field}
    return Header(labels, last) if len(known) >= _FEWEST_KNOWN and known & _NAMES else None


def _is_second_line(upper: SourceRow, lower: SourceRow) -> bool:
    """A header in two rows: 'ที่อยู่' above, 'บ้านเลขที่ หมู่ ตำบล' below it in columns that the upper row leaves empty."""
    pairs = [(_text(upper, column), _text(lower, column)) for column in range(len(lower.cells))]
    added = sum(1 for above, below in pairs if field_of(below) and (not above or not field_of(above) or field_of(above) is Field.ADDRESS))
    return added >= 2 and len(_known(upper)) >= 2 and not any(below and field_of(above) and not field_of(below) for above, below in pairs)


def _joined(upper: SourceRow, lower: SourceRow | None) -> tuple[str, ...]:
    if lower is None:
        return tuple(_text(upper, column) for column in range(len(upper.cells)))
    labels, group = [], ""
    for column in range(max(len(upper.cells), len(lower.cells))):
        above, below = _text(upper, column), _text(lower, column)
        # A merged cell keeps its text in its first column only: 'ผู้ปกครอง' above 'ชื่อ' and 'นามสกุล' names both.
        group = above or (group if below else "")
        labels.append(below + group if below and field_of(below + group) else below or above)
    return tuple(labels)


def _known(row: SourceRow) -> set[Field]:
    return {field for field in (field_of(_text(row, column)) for column in range(len(row.cells))) if field}


def _text(row: SourceRow, column: int) -> str:
    cell: Cell = row.cells[column] if column < len(row.cells) else None
    return " ".join(cell.split()) if isinstance(cell, str) else ""
