"""Figures for publication: counts by place without anything of a child, and no cell so small that it tells of one.

A count from 1 to 4 is hidden (domain §5), and so is the next smallest of its row or column where the hidden one could be reckoned from the
sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.ladder import Bucket
from fieldapp.reports.breakdown import BreakdownRow

SMALL = 5

Count = int | None


@dataclass(frozen=True, slots=True)
class PublicTable:
    """`counts[row][column]`; None is a hidden count. `names` of the rows, `buckets` of the columns; the last column holds the sums of the
    rows and the last row those of the columns."""

    names: tuple[str, ...]
    buckets: tuple[Bucket, ...]
    counts: tuple[tuple[Count, ...], ...]


def public_table(rows: Sequence[BreakdownRow], buckets: Sequence[Bucket]) -> PublicTable:
    """The rows of a breakdown as they may be published."""
    whole = [[row.buckets[bucket] for bucket in buckets] for row in rows]
    with_sums = [[*line, sum(line)] for line in whole]
    with_sums.append([sum(column) for column in zip(*with_sums, strict=True)] if with_sums else [0] * (len(buckets) + 1))
    hidden = _hidden(with_sums)
    counts = tuple(
        tuple(None if (line, place) in hidden else count for place, count in enumerate(row)) for line, row in enumerate(with_sums)
    )
    return PublicTable(tuple(row.name or row.key for row in rows), tuple(buckets), counts)


def _hidden(table: list[list[int]]) -> set[tuple[int, int]]:
    """Every line (row or column, sums included) hides none of its cells or at least two: one alone would follow from the others."""
    hidden = {(line, place) for line, row in enumerate(table) for place, count in enumerate(row) if 0 < count < SMALL}
    lines = [[(line, place) for place in range(len(table[0]))] for line in range(len(table))]
    lines += [[(line, place) for line in range(len(table))] for place in range(len(table[0]))]
    grew = True
    while grew:
        grew = False
        for cells in lines:
            if len(hidden.intersection(cells)) != 1:
                continue
            open_cells = [cell for cell in cells if cell not in hidden]
            # A cell that holds something hides better than an empty one.
            most_private = min(open_cells, key=lambda cell: (table[cell[0]][cell[1]] == 0, table[cell[0]][cell[1]]), default=None)
            if most_private is not None:
                hidden.add(most_private)
                grew = True
    return hidden
