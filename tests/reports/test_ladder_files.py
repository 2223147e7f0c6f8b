"""The ladder as text, JSON and spreadsheet says the figures of the domain, each percentage with its base."""

import datetime as dt
import io
import json
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from fieldapp.domain.ladder import PRESETS, Rounding, build_ladder
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.reports.ladder import LadderReport
from fieldapp.reports.ladder_files import as_json, as_text, as_xlsx, display_width
from fieldapp.texts import language, use_language

NAMES = {"no_motivation": "ไม่มีแรงจูงใจ", "own_family": '=HYPERLINK("http://x")'}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


def a_report(rounding: Rounding = Rounding.HALF_UP, preset: str = "district") -> LadderReport:
    never = {
        CaseState.RETURNED: 95,
        CaseState.NOT_RETURNED: 821,
        CaseState.WANTS_RETURN: 44,
        CaseState.NOT_FOUND: 24,
        CaseState.TRACING: 356,
    }
    dropped = {CaseState.RETURNED: 82, CaseState.NOT_RETURNED: 52, CaseState.TRACING: 45}
    buckets = PRESETS[preset]
    ladders = (
        build_ladder(ListType.NEVER_ENROLLED, never, {"no_motivation": 500, "own_family": 321}, buckets),
        build_ladder(ListType.DROPPED_OUT, dropped, {"own_family": 20, "no_motivation": 32}, buckets),
    )
    return LadderReport(dt.date(2026, 11, 22), rounding, preset, ladders, NAMES)


def test_json_gives_every_figure_with_the_base_of_its_percentage() -> None:
    whole = json.loads(as_json(a_report()))
    never, dropped = whole["lists"]["never_enrolled"], whole["lists"]["dropped_out"]
    assert (whole["as_of"], whole["rounding"], whole["preset"]) == ("2026-11-22", "half-up", "district")
    assert [never[key] for key in ("listed", "traced", "in_progress", "returned", "not_returned")] == [1340, 916, 424, 95, 821]
    assert never["percent"]["traced"] == {"value": "68.36", "base": "listed"}
    assert never["percent"]["returned"] == {"value": "10.37", "base": "traced"}
    assert dropped["percent"]["traced"]["value"] == "74.86"
    assert [cause["code"] for cause in dropped["causes"]] == ["no_motivation", "own_family"]
    assert (whole["total"]["listed"], whole["total"]["traced"], whole["total"]["percent"]["traced"]["value"]) == (1519, 1050, "69.12")


def test_truncating_gives_the_figure_that_the_district_printed() -> None:
    whole = json.loads(as_json(a_report(Rounding.TRUNCATE)))
    assert whole["lists"]["never_enrolled"]["percent"]["traced"]["value"] == "68.35"
    assert whole["lists"]["dropped_out"]["percent"]["traced"]["value"] == "74.86"


def test_a_percentage_of_nothing_is_no_number() -> None:
    empty = (build_ladder(ListType.NEVER_ENROLLED, {}, {}), build_ladder(ListType.DROPPED_OUT, {}, {}))
    report = LadderReport(dt.date(2026, 11, 22), Rounding.HALF_UP, "district", empty, {})
    assert json.loads(as_json(report))["total"]["percent"]["traced"] == {"value": None, "base": "listed"}
    assert "– " in as_text(report)


def test_the_ministrys_parts_are_shown_only_where_they_are_used() -> None:
    assert "Wants to return" not in as_text(a_report())
    assert "Wants to return" in as_text(a_report(preset="ministry"))


def test_columns_of_the_table_are_aligned_on_the_screen() -> None:
    lines = as_text(a_report()).split("\n")
    figures = [line for line in lines if "%" in line]
    assert len({display_width(line[: line.index("%")]) for line in figures}) == 1


def test_vowels_above_and_below_take_no_room() -> None:
    assert display_width("ที่ปู่ย่าน้ำ") == 6


def test_the_spreadsheet_holds_numbers_and_never_runs_a_name() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(a_report())))
    cells = {cell.value: cell for row in book.active.iter_rows() for cell in row if cell.value is not None}
    listed = next(row for row in book.active.iter_rows(values_only=True) if row[0] == "Listed")
    assert (listed[1], listed[3], listed[5]) == (1340, 179, 1519)
    assert 68.36 in cells
    assert [cell.data_type for cell in cells.values() if "HYPERLINK" in str(cell.value)] == ["s"]
