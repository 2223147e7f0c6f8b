"""What is published names nobody and cannot be reckoned back."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.ladder import Bucket
from fieldapp.reports.breakdown import BreakdownRow
from fieldapp.reports.public_figures import SMALL, PublicTable, public_table

_BUCKETS = (Bucket.RETURNED, Bucket.NOT_RETURNED, Bucket.IN_PROGRESS)


def _rows(counts: list[list[int]]) -> list[BreakdownRow]:
    return [
        BreakdownRow(f"46{number:02}", f"อ.{number}", {**dict.fromkeys(Bucket, 0), **dict(zip(_BUCKETS, line, strict=True))})
        for number, line in enumerate(counts)
    ]


def _lines(table: PublicTable) -> list[list[int | None]]:
    rows = [list(row) for row in table.counts]
    return rows + [list(column) for column in zip(*rows, strict=True)]


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_small_figure_is_shown_and_none_follows_from_the_sums(counts: list[list[int]]) -> None:
    table = public_table(_rows(counts), _BUCKETS)
    shown = [count for row in table.counts for count in row if count is not None]
    assert not [count for count in shown if 0 < count < SMALL]
    for line in _lines(table):
        hidden = line.count(None)
        assert hidden != 1, "one hidden figure of a line is its sum less the others"


def test_large_figures_are_all_shown_with_their_sums() -> None:
    table = public_table(_rows([[10, 20, 30], [5, 6, 7]]), _BUCKETS)
    assert table.counts == ((10, 20, 30, 60), (5, 6, 7, 18), (15, 26, 37, 78))


def test_nothing_is_not_small() -> None:
    assert public_table(_rows([[0, 20, 30], [5, 0, 7]]), _BUCKETS).counts[0][0] == 0


def test_a_district_without_cases_has_an_empty_table() -> None:
    assert public_table([], _BUCKETS).names == ()
