"""The instruments as the office finds them: spreadsheets that convert, in Thai, with what is marked in them."""

import csv
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pyxform.validators.odk_validate import check_xform

from fieldapp.domain.care.risk import RiskReason
from fieldapp.domain.child import EDITABLE_FIELDS
from fieldapp.domain.form import FormAbout
from fieldapp.domain.visit import Met, NextStep, ReturnLevel, Whereabouts
from fieldapp.server.forms.examining import examine
from tests.support.instruments import FOLDER, NAMES, THAI, converted, definition, lists, sheet

APP = "{urn:fieldapp:forms}"
SILENT = {"start", "end", "calculate", "csv-external"}
# What a page may hold on a screen of 1366 by 768.
MOST_ON_A_PAGE, MOST_IN_A_TABLE = 6, 10
# What holds health, disability, behaviour or signs of harm.
SENSITIVE = {
    "household": {"burden", "member_disability"},
    "poverty": {"burden", "member_disability"},
    "home_visit": {"close_father", "topics", "health", "welfare", "drugs", "violence", "sexual", "gaming", "risk_drugs", "urgent_abused"},
    "aspects": {"found", "special_needs", "sexual_problem", "level_drugs", "level_overall", "risk_drugs", "urgent_abused"},
    "sdq": {"i1", "i25", "sum_peer", "score_total", "level_total", "impact", "risk_sdq", "scan"},
    "special_needs": {"certificate_kind", "result_autism", "scan_1", "risk_special_need"},
    "ld": {"gate", "score_reading", "result_reading", "scan"},
    "eq": {"score_total", "result_total", "scan"},
    "tracing": {"urgent_signs", "urgent_abused"},
    "follow_up": {"how_mood", "problems", "urgent_signs", "urgent_abused"},
}
REFERENCE = {
    table: (FOLDER.parent / "reference" / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines() for table in ("causes", "places")
}
# Where someone may see or be told of harm.
RAISES_HARM = {"home_visit", "aspects", "tracing", "follow_up"}


def codes(name: str, listed: str) -> list[str]:
    return [row["name"] for row in sheet(name, "choices") if row["list_name"] == listed]


def test_every_instrument_of_the_programme_is_there() -> None:
    assert sorted({*SENSITIVE, "school_safety", "supervision"}) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_converts_without_a_warning_and_the_engine_reads_it(name: str) -> None:
    assert converted(name)[1] == ()
    form = definition(name)
    settings = sheet(name, "settings")[0]
    assert (form.form_id, form.version, form.title) == (name, settings["version"], settings["form_title"])
    assert form.default_language == THAI


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_odk_validate_takes_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xml"
    path.write_text(converted(name)[0], encoding="utf-8")
    assert check_xform(str(path)) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_whom_it_is_about(name: str) -> None:
    primary = next(element for element in ElementTree.fromstring(converted(name)[0]).iter() if element.tag.endswith("}instance"))
    about = {"household": "household", "poverty": "household", "school_safety": "school", "supervision": "school"}.get(name, "child")
    assert FormAbout(primary[0].attrib[f"{APP}about"]) == about


@pytest.mark.parametrize("name", NAMES)
def test_every_question_page_and_choice_has_thai_words(name: str) -> None:
    label = f"label::{THAI}"
    rows = [row for row in sheet(name, "survey") if row["type"] not in SILENT and not row["type"].startswith("end_")]
    rows += sheet(name, "choices")
    assert [row["name"] for row in rows if not re.search("[ก-๙]", row.get(label, ""))] == []
    assert [row["name"] for row in sheet(name, "survey") if "constraint" in row and f"constraint_message::{THAI}" not in row] == []
    assert [row["name"] for row in sheet(name, "survey") if "required" in row and f"required_message::{THAI}" not in row] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_a_small_screen(name: str) -> None:
    """Each group is a page with a title; a table stands in a page of its own, since pyxform turns its words into a line above it."""
    count: dict[str, int] = {}
    inside: list[dict[str, str]] = []
    for row in sheet(name, "survey"):
        if row["type"].startswith("begin_"):
            assert row["appearance"] == ("table-list" if inside else "field-list"), row["name"]
            inside.append(row)
        elif row["type"].startswith("end_"):
            inside.pop()
        elif row["type"] not in SILENT:
            assert inside, f"{row['name']} is on no page"
            count[inside[-1]["name"]] = count.get(inside[-1]["name"], 0) + 1
    most = {page: MOST_IN_A_TABLE if page.endswith("_table") or page == "member" else MOST_ON_A_PAGE for page in count}
    assert {page: number for page, number in count.items() if number > most[page]} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_room_for_one_signature(name: str) -> None:
    signed: list[str] = []
    page = ""
    for row in sheet(name, "survey"):
        page = row["name"] if row["type"] == "begin_group" else page
        signed += [page] if row.get("appearance") == "signature" else []
    assert len(set(signed)) == len(signed)


@pytest.mark.parametrize("name", NAMES)
def test_no_picture_keeps_a_form_from_being_finished(name: str) -> None:
    """It rains, the camera is broken, nobody signs: what was seen is worth having all the same."""
    assert [row["name"] for row in sheet(name, "survey") if row["type"] == "image" and "required" in row] == []


@pytest.mark.parametrize("name", NAMES)
def test_patterns_are_anchored(name: str) -> None:
    patterns = [found for row in sheet(name, "survey") for cell in row.values() for found in re.findall(r"regex\([^,]+, '([^']*)'\)", cell)]
    assert [pattern for pattern in patterns if not re.fullmatch(r"\^.*\$", pattern)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_called_extremely_poor(name: str) -> None:
    """That word comes back from the fund's own system and from nowhere else: its weights are not published."""
    cells = [cell for title in ("survey", "choices", "settings", "ความหมาย") for row in sheet(name, title) for cell in row.values()]
    assert [cell for cell in cells if re.search(r"ยากจน\s*พิเศษ", cell)] == []


def test_sdq_has_numbers_and_no_words_of_its_items() -> None:
    """Electronic versions of the questionnaire need its owner's leave."""
    items = [row for row in sheet("sdq", "survey") if re.fullmatch(r"i\d+", row.get("name", ""))]
    assert [row[f"label::{THAI}"] for row in items] == [f"ข้อ {number}" for number in range(1, 26)]
    assert all(set(row) <= {"type", "name", f"label::{THAI}", "required", f"required_message::{THAI}"} for row in items)
    columns = [row[f"label::{THAI}"] for row in sheet("sdq", "choices") if row["list_name"] == "column"]
    assert columns == ["ซ้าย", "กลาง", "ขวา"]
    longest = max(len(row.get(f"label::{THAI}", "")) for row in sheet("sdq", "survey"))
    assert longest < 60


@pytest.mark.parametrize("name", sorted(SENSITIVE))
def test_what_is_sensitive_is_marked_on_it_or_on_its_page(name: str) -> None:
    places = {place.name: place for place in definition(name).places.values()}
    for question in SENSITIVE[name]:
        place = places[question]
        marks = []
        while place is not None:
            marks.append(place.bind.extra.get("app:sensitive", ""))
            place = place.parent
        assert "yes" in marks, question


@pytest.mark.parametrize("name", NAMES)
def test_marks_are_those_that_the_program_knows(name: str) -> None:
    extras = [(place.name, place.bind) for place in definition(name).places.values() if place.bind.extra]
    for question, bind in extras:
        assert set(bind.extra) <= {"app:field", "app:sensitive", "app:urgent", "app:risk", "app:sum", "orx:max-pixels"}, question
        field = bind.extra.get("app:field", "")
        assert not field or field.removeprefix("child.") in EDITABLE_FIELDS
        assert all(bind.extra.get(mark, "yes") == "yes" for mark in ("app:sensitive", "app:urgent", "app:sum"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_reckoned_as_urgent_or_as_a_risk_is_marked_so(name: str) -> None:
    reckoned = [place for place in definition(name).places.values() if place.control is None]
    for kind in ("urgent", "risk"):
        named = {place.name for place in reckoned if place.name.startswith(f"{kind}_")}
        marked = {place.name for place in reckoned if place.bind.extra.get(f"app:{kind}")}
        assert named | {"low_income"} & marked == marked
    signs = {"urgent_no_carer", "urgent_abused", "urgent_sexually_abused", "urgent_self_harm"}
    assert {place.name for place in reckoned if "app:urgent" in place.bind.extra} == (signs if name in RAISES_HARM else set())


def test_reasons_of_risk_are_those_of_the_program_and_all_of_them_are_found_by_some_form() -> None:
    marked = {place.bind.extra.get("app:risk", "") for name in NAMES for place in definition(name).places.values()}
    assert marked - {""} == set(RiskReason)


def test_codes_are_those_of_the_program() -> None:
    """What a form and a page of the program both ask is one answer to whoever counts."""
    words = {"met": Met, "whereabouts": Whereabouts, "level": ReturnLevel, "next_step": NextStep}
    for listed, enumeration in words.items():
        assert codes("tracing", listed) == [str(member) for member in enumeration], listed
    reference = {table: list(csv.DictReader(rows)) for table, rows in REFERENCE.items()}
    causes = [row["code"] for row in reference["causes"]]
    assert codes("tracing", "cause") == [code for code in causes if code in codes("tracing", "cause")]
    places = [row["code"] for row in reference["places"]]
    assert codes("household", "amphoe") == [*(code for code in places if len(code) == 4), "other"]
    assert codes("household", "tambon") == [code for code in places if len(code) == 6]


@pytest.mark.parametrize(("name", "listed"), [("household", "relation"), ("special_needs", "card_kind")])
def test_what_is_written_on_the_card_as_words_has_words_for_codes(name: str, listed: str) -> None:
    label = f"label::{THAI}"
    rows = [row for row in sheet(name, "choices") if row["list_name"] == listed]
    assert [row["name"] for row in rows] == [row[label].replace(" ", "") for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_the_office_finds_its_way_in_excel(name: str) -> None:
    book = load_workbook(FOLDER / f"{name}.xlsx")
    assert book.sheetnames == ["survey", "choices", "settings", "ความหมาย"]
    for page in book.worksheets:
        assert page.freeze_panes
        assert all(page.column_dimensions[cell.column_letter].width >= 9 for cell in page[1])
        assert all(cell.alignment.wrap_text for cell in page[2])


def test_sdq_is_not_published_without_its_cut_offs() -> None:
    found = examine((FOLDER / "sdq.xlsx").read_bytes(), {})
    assert not found.may_be_published
    assert [(finding.code, finding.data["file"]) for finding in found.findings] == [("form.file_missing", "sdq_cutoffs.csv")]


def test_cut_offs_leave_no_score_out_and_none_twice() -> None:
    rows = list(csv.DictReader(lists()["sdq_cutoffs.csv"].decode().splitlines()))
    assert [row["key"] for row in rows] == [f"{row['version']}_{row['scale']}" for row in rows]
    assert len(rows) == 3 * 7
    for row in rows:
        most = 40 if row["scale"] == "total" else 10
        bands = [range(int(row[f"{level}_min"]), int(row[f"{level}_max"]) + 1) for level in ("normal", "risk", "problem")]
        assert sorted(score for band in bands for score in band) == list(range(most + 1))
        assert row["source"]
