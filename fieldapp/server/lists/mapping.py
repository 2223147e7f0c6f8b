"""Which column of a list is what: proposed from the header's words and the cells below, or given by a person and kept for next time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

from fieldapp.domain.national_id import arabic_digits, digits_of, is_g_code
from fieldapp.errors import ListError
from fieldapp.server.lists.fields import Field, field_of
from fieldapp.server.lists.header import Header
from fieldapp.server.lists.reader import Cell, SourceRow

_SAMPLED_ROWS = 200
_MOSTLY = 0.5
_DAMAGED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Column (counted from 0) by field."""

    columns: Mapping[Field, int]

    def cell(self, row: SourceRow, field: Field) -> Cell:
        column = self.columns.get(field)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def to_json(self) -> dict[str, str]:
        """Column letter by field: what a person reads in the spreadsheet, and what is saved."""
        return {field.value: get_column_letter(column + 1) for field, column in self.columns.items()}


def propose(header: Header, rows: Sequence[SourceRow]) -> ColumnMapping:
    """What the columns most likely are. The first column of a name wins, but a national ID is known by its digits: DMC names two columns
    เลขประจำตัวนักเรียน, and only one of them is it."""
    candidates: dict[Field, list[int]] = {}
    for column, label in enumerate(header.labels):
        field = field_of(label)
        if field:
            candidates.setdefault(field, []).append(column)
    sample = rows[:_SAMPLED_ROWS]
    columns = {field: found[0] for field, found in candidates.items()}
    id_column = _id_column(candidates.get(Field.NATIONAL_ID, []), len(header.labels), sample)
    columns.pop(Field.NATIONAL_ID, None)
    if id_column is not None:
        columns[Field.NATIONAL_ID] = id_column
    if Field.FULL_NAME in columns and Field.GIVEN_NAME in columns:
        # ชื่อ beside ชื่อสกุล: the second is the family name; beside both parts it tells nothing more.
        full = columns.pop(Field.FULL_NAME)
        columns.setdefault(Field.FAMILY_NAME, full)
    return _complete(columns)


def given(text: Mapping[str, str], header: Header) -> ColumnMapping:
    """The mapping that a person wrote: {"national_id": "C", "given_name": "ชื่อ"}, a column by its letter or its label. Raises ListError
    for a field or a column that does not exist."""
    columns: dict[Field, int] = {}
    for name, column in text.items():
        try:
            field = Field(name)
        except ValueError as error:
            raise ListError("list.unknown_field", field=name) from error
        columns[field] = _column(column, header)
    return _complete(columns)


def _complete(columns: dict[Field, int]) -> ColumnMapping:
    if Field.GIVEN_NAME not in columns and Field.FULL_NAME not in columns:
        raise ListError("list.no_name_column")
    return ColumnMapping(columns)


def _column(text: str, header: Header) -> int:
    if text in header.labels:
        return header.labels.index(text)
    if re.fullmatch(r"[A-Za-z]{1,2}", text):
        return column_index_from_string(text.upper()) - 1
    raise ListError("list.unknown_column", column=text)


def _id_column(labelled: list[int], width: int, sample: Sequence[SourceRow]) -> int | None:
    """Of the columns named like an ID the one that most often holds one; else a column without such a name that mostly does."""
    if not sample:
        return labelled[0] if labelled else None
    shares = {column: sum(1 for row in sample if _looks_like_id(row, column)) / len(sample) for column in range(width)}
    among = max(labelled, key=lambda column: shares[column], default=None)
    if among is not None and shares[among] > 0:
        return among
    best = max(shares, key=lambda column: shares[column], default=None)
    return best if best is not None and shares[best] > _MOSTLY else None


def _looks_like_id(row: SourceRow, column: int) -> bool:
    cell = row.cells[column] if column < len(row.cells) else None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell >= 1e11
    if not isinstance(cell, str):
        return False
    text = arabic_digits(cell).strip()
    return len(digits_of(text)) in (12, 13) and "/" not in text or _DAMAGED.fullmatch(text) is not None or is_g_code(text.upper())
