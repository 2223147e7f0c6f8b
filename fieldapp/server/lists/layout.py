"""The layout of a list that came: what its columns are called, and a few cells of each, for whoever says which column is what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from fieldapp.server.lists.header import Header
from fieldapp.server.lists.reader import SourceRow
from fieldapp.server.lists.values import text_of

_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is what the column is taken for, '' for nothing."""

    letter: str
    label: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Layout:
    """`samples` are the first rows as text."""

    labels: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]

    def columns(self, mapping: Mapping[str, str]) -> tuple[Column, ...]:
        """Column by column; `mapping` is a letter by field, of the aspects several with commas between. Each shows its first different
        cells that are not empty."""
        fields = {letter: field for field, letters in mapping.items() for letter in letters.split(",")}
        width = max([len(self.labels), *(len(row) for row in self.samples)])
        found = []
        for place in range(width):
            letter = get_column_letter(place + 1)
            cells = dict.fromkeys(row[place] for row in self.samples if place < len(row) and row[place])
            label = self.labels[place] if place < len(self.labels) else ""
            found.append(Column(letter, label, tuple(cells)[:_SAMPLES], fields.get(letter, "")))
        return tuple(found)


def layout_of(header: Header, rows: Sequence[SourceRow]) -> Layout:
    return Layout(header.labels, tuple(tuple(text_of(cell) for cell in row.cells) for row in rows))
