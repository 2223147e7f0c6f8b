"""Which column of a list is what: proposed from the header's words and the cells below, or given by a person and kept for next time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

from fieldapp.domain.national_id import arabic_digits, digits_of, is_g_code
from fieldapp.errors import ListError
from fieldapp.server.lists.fields import Field, field_of, risk_field_of
from fieldapp.server.lists.header import Header
from fieldapp.server.lists.levels import level_said, names_group
from fieldapp.server.lists.reader import Cell, SourceRow
from fieldapp.server.lists.values import text_of

_SAMPLED_ROWS = 200
_BETWEEN = ","
_MOSTLY = 0.5
_DAMAGED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Column (counted from 0) by field; `aspects` are the columns of the aspects of a screening; `labels` the headings of all."""

    columns: Mapping[Field, int]
    aspects: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()

    def cell(self, row: SourceRow, of: Field) -> Cell:
        column = self.columns.get(of)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def label(self, column: int) -> str:
        """What the column is called: its heading, else its letter."""
        return (self.labels[column] if column < len(self.labels) else "") or get_column_letter(column + 1)

    def to_json(self) -> dict[str, str]:
        """Column letter by field: what a person reads in the spreadsheet, and what is saved."""
        written = {of.value: get_column_letter(column + 1) for of, column in self.columns.items()}
        if self.aspects:
            written[Field.RISK_ASPECT.value] = _BETWEEN.join(get_column_letter(column + 1) for column in self.aspects)
        return written

    def places(self) -> dict[str, int]:
        """Column by the name under which a person changes its cell; aspects by their column, too."""
        aspects = {f"{Field.RISK_ASPECT.value}:{column}": column for column in self.aspects}
        return {**{of.value: column for of, column in self.columns.items()}, **aspects}


def from_json(written: Mapping[str, str], labels: Sequence[str]) -> ColumnMapping:
    """What `to_json` wrote, for a layout with these labels."""
    columns: dict[Field, int] = {}
    aspects: tuple[int, ...] = ()
    for name, letters in written.items():
        places = [column_index_from_string(letter) - 1 for letter in letters.split(_BETWEEN)]
        if name == Field.RISK_ASPECT:
            aspects = tuple(places)
        else:
            columns[Field(name)] = places[0]
    return ColumnMapping(columns, aspects, tuple(labels))


def propose(header: Header, rows: Sequence[SourceRow], *, risks: bool = False) -> ColumnMapping:
    """What the columns most likely are. The first column of a name wins, but a national ID is known by its digits: DMC names two columns
    เลขประจำตัวนักเรียน, and only one of them is it. `risks`: it is an export of a web site, which tells of risks, too."""
    candidates: dict[Field, list[int]] = {}
    for column, label in enumerate(header.labels):
        of = field_of(label) or (risk_field_of(label) if risks else None)
        if of:
            candidates.setdefault(of, []).append(column)
    sample = rows[:_SAMPLED_ROWS]
    columns = {of: found[0] for of, found in candidates.items()}
    id_column = _id_column(candidates.get(Field.NATIONAL_ID, []), len(header.labels), sample)
    columns.pop(Field.NATIONAL_ID, None)
    if id_column is not None:
        columns[Field.NATIONAL_ID] = id_column
    if Field.FULL_NAME in columns and Field.GIVEN_NAME in columns:
        # ชื่อ beside ชื่อสกุล: the second is the family name; beside both parts it tells nothing more.
        full = columns.pop(Field.FULL_NAME)
        columns.setdefault(Field.FAMILY_NAME, full)
    aspects = _aspect_columns(header, sample, set(columns.values())) if risks else ()
    return _complete(columns, aspects, header)


def given(text: Mapping[str, str], header: Header) -> ColumnMapping:
    """The mapping that a person wrote: {"national_id": "C", "given_name": "ชื่อ"}, a column by its letter or its label. Raises ListError
    for a field or a column that does not exist."""
    columns: dict[Field, int] = {}
    aspects: tuple[int, ...] = ()
    for name, column in text.items():
        try:
            of = Field(name)
        except ValueError as error:
            raise ListError("list.unknown_field", field=name) from error
        if of is Field.RISK_ASPECT:
            aspects = tuple(_column(one, header) for one in column.split(_BETWEEN))
        else:
            columns[of] = _column(column, header)
    return _complete(columns, aspects, header)


def _complete(columns: dict[Field, int], aspects: tuple[int, ...], header: Header) -> ColumnMapping:
    if Field.GIVEN_NAME not in columns and Field.FULL_NAME not in columns:
        raise ListError("list.no_name_column")
    return ColumnMapping(columns, aspects, header.labels)


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


def _aspect_columns(header: Header, sample: Sequence[SourceRow], taken: set[int]) -> tuple[int, ...]:
    """Columns that are nothing else and in which most cells say one of the three groups."""
    found = []
    for column in set(range(len(header.labels))) - taken:
        cells = [text_of(row.cells[column]) for row in sample if column < len(row.cells)]
        filled = [cell for cell in cells if cell]
        said = sum(1 for cell in filled if level_said(cell) is not None)
        if any(names_group(cell) for cell in filled) and said > len(filled) * _MOSTLY:
            found.append(column)
    return tuple(sorted(found))


def _looks_like_id(row: SourceRow, column: int) -> bool:
    cell = row.cells[column] if column < len(row.cells) else None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell >= 1e11
    if not isinstance(cell, str):
        return False
    text = arabic_digits(cell).strip()
    return len(digits_of(text)) in (12, 13) and "/" not in text or _DAMAGED.fullmatch(text) is not None or is_g_code(text.upper())
