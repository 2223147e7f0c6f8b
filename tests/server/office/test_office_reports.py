"""The reports as pages and as spreadsheets: their figures are those of the ladder, and what people typed stays text."""

import datetime as dt
import io
import re
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseListed
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Cause, School
from fieldapp.domain.visit import Met, Outcome
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference
from tests.support.district import VISITED_ON, TestDistrict, make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor

TODAY = thai_day(dt.datetime.now(dt.UTC))


def _rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def _visit(district: TestDistrict, outcome: Outcome, name: str = "ธนกร", **values: object) -> str:
    child = make_child(name)
    case_id = district.add_case(district.people["somying"], child=child)
    if outcome is Outcome.NOT_RETURNING:
        values |= {"causes": ("own_family",), "main_cause": "own_family"}
    district.record([visit_event(make_visit(case_id, child.id, district.people["somying"].id, outcome, **values))])
    return case_id


@pytest.fixture
def worked(office: OfficeVisitor) -> OfficeVisitor:
    """Three returned, one does not return, one undecided."""
    office.district.add_person("somying")
    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [Cause("own_family", "สร้างครอบครัว", dmc=3, edudev=6)])
    for name in ("ก", "ข", "=cmd()"):
        _visit(office.district, Outcome.RETURNED, name)
    _visit(office.district, Outcome.NOT_RETURNING)
    _visit(office.district, Outcome.UNDECIDED, met=(Met.MOTHER, Met.NEIGHBOUR), urgent=True, urgent_note="ไม่มีผู้ดูแล")
    return office


@pytest.mark.parametrize("by", ["amphoe", "tambon", "school", "assignee", "sex", "grade", "disability", "level"])
def test_every_breakdown_has_a_page_and_a_spreadsheet_with_the_same_sum(worked: OfficeVisitor, by: str) -> None:
    page = worked.get(f"/office/reports/by/{by}")
    assert page.status_code == 200
    lines = _rows(worked.get(f"/office/reports/by/{by}/xlsx").content)
    top = next(number for number, line in enumerate(lines) if "เป้าหมาย" in line)
    assert sum(line[1] for line in lines[top + 1 :]) == 5
    assert sum(line[2] for line in lines[top + 1 :]) == 4


def test_figures_for_publication_hide_small_ones(worked: OfficeVisitor) -> None:
    lines = _rows(worked.get("/office/reports/by/amphoe/public").content)
    figures = [cell for line in lines for cell in line[1:] if isinstance(cell, int)]
    assert all(count == 0 or count >= 5 for count in figures)
    assert any("*" in line for line in lines)


def test_the_overall_report_says_the_ladder_in_both_ways_of_rounding(worked: OfficeVisitor) -> None:
    for _ in range(2):
        _visit(worked.district, Outcome.UNDECIDED)
    rounded = worked.get("/office/reports/overall", rounding="half-up").text
    truncated = worked.get("/office/reports/overall", rounding="truncate").text
    assert "57.14 %" in rounded  # 4 of 7
    assert "42.86 %" in rounded
    assert "42.85 %" in truncated
    lines = _rows(worked.get("/office/reports/overall/xlsx", rounding="truncate").content)
    assert any(line[0] == "ติดตามพบแล้ว" and line[1] == 4 for line in lines)


def test_thai_digits_and_the_old_caption_are_switches(worked: OfficeVisitor) -> None:
    plain = worked.get("/office/reports/overall").text
    switched = worked.get("/office/reports/overall", digits="thai", legacy="yes").text
    assert "กลับมาเข้าเรียนในระบบ*" not in plain
    assert "กลับมาเข้าเรียนในระบบ*" in switched
    assert "* ชื่อแถวตามแบบรายงานเดิม" in switched
    assert "๘๐.๐๐ %" in switched
    assert "ทศนิยม ๒ ตำแหน่ง" in switched


def test_the_words_of_a_report_are_kept_by_its_day(worked: OfficeVisitor) -> None:
    worked.get("/office/reports/overall")
    day = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
    worked.post("/office/reports/overall", as_of=day, number="ศธ 04022/1", narrative="ลงพื้นที่ร่วมกับ อบต.", signed_by="ผอ.ตัวอย่าง")
    page = worked.get("/office/reports/overall").text
    assert "ศธ 04022/1" in page
    assert "ลงพื้นที่ร่วมกับ อบต." in page
    earlier = worked.get("/office/reports/overall", as_of="1/7/2569").text
    assert "ลงพื้นที่ร่วมกับ" not in earlier


def test_work_per_person_counts_what_each_carries(worked: OfficeVisitor) -> None:
    worked.district.add_case(worked.district.people["somying"])
    lines = _rows(worked.get("/office/reports/work/xlsx").content)
    assert lines[1][:7] == ("ครู somying", "โรงเรียนหนึ่ง", 6, 1, 2, 2, 3)


def test_the_roll_up_counts_answers_of_the_days_asked_for(worked: OfficeVisitor) -> None:
    day = f"{VISITED_ON.day}/{VISITED_ON.month}/{VISITED_ON.year + 543}"
    lines = _rows(worked.get("/office/reports/visits/xlsx", first=day, last=day).content)
    counts = {(line[0], line[1]): line[2] for line in lines[2:]}
    assert counts["พบใคร", "แม่"] == 1
    assert counts["ผลการเยี่ยม", "กลับเข้าเรียนแล้ว"] == 3
    before = VISITED_ON - dt.timedelta(days=1)
    none = _rows(worked.get("/office/reports/visits/xlsx", first="1/1/2569", last=f"{before.day}/{before.month}/2569").content)
    assert sum(line[2] for line in none[2:]) == 0


def test_a_corrected_visit_counts_once_as_it_was_corrected(worked: OfficeVisitor) -> None:
    district = worked.district
    child = make_child()
    case_id = district.add_case(district.people["somying"], child=child)
    wrong = make_visit(case_id, child.id, district.people["somying"].id, Outcome.NOT_FOUND, visited_on=dt.date(2026, 8, 1))
    right = make_visit(
        case_id, child.id, district.people["somying"].id, Outcome.RETURNED, visited_on=dt.date(2026, 8, 1), supersedes=wrong.id
    )
    district.record([visit_event(wrong), visit_event(right)])
    lines = _rows(worked.get("/office/reports/visits/xlsx", first="1/8/2569", last="1/8/2569").content)
    counts = {(line[0], line[1]): line[2] for line in lines[2:]}
    assert counts["ผลการเยี่ยม", "กลับเข้าเรียนแล้ว"] == 1
    assert counts["ผลการเยี่ยม", "ไม่พบตัว"] == 0


def test_the_entries_for_obec_carry_both_numbers_of_the_cause_and_no_formula(worked: OfficeVisitor) -> None:
    book = load_workbook(io.BytesIO(worked.get("/office/reports/entries/xlsx").content))
    sheet = book.worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    with_cause = [line for line in lines[1:] if line[11]]
    assert [line[11:] for line in with_cause] == [("สร้างครอบครัว", 6, 3)]
    (named,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert named.data_type == "s"


def test_taking_the_entries_is_noted(worked: OfficeVisitor) -> None:
    from sqlalchemy import select

    from fieldapp.server import tables

    worked.get("/office/reports/entries/xlsx")
    with worked.district.engine.connect() as connection:
        audit = tables.audit.c
        query = select(audit.subject).where(audit.district_id == worked.district.id, audit.action == "exported")
        assert list(connection.execute(query).scalars()) == ["entries"]


def test_submitted_stands_apart_from_complete(worked: OfficeVisitor) -> None:
    with worked.district.engine.begin() as connection:
        put_reference(connection, worked.district.id, [School("46030002", "โรงเรียนสอง", "460101")])
    worked.get("/office/reports/rounds")
    day = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
    page = worked.post("/office/reports/rounds", name="1/2569", as_of=day, due_on=day)
    assert "รอบ 1/2569" in page.text
    assert "เหลือ 1 ราย" in page.text
    round_path = re.sub(r"^https?://[^/]+", "", page.url)
    page = worked.post(f"{round_path}/submit", school="46030001", letter="ศธ 1/69")
    assert "ศธ 1/69" in page.text
    assert "เหลือ 1 ราย" in page.text, "submitting does not make complete"
    assert "ตัวเลขเปลี่ยนหลังส่ง" not in page.text
    _visit(worked.district, Outcome.RETURNED)
    assert "ตัวเลขเปลี่ยนหลังส่ง" in worked.get(round_path).text


def test_a_round_without_a_day_is_refused(office: OfficeVisitor) -> None:
    office.get("/office/reports/rounds")
    assert office.post("/office/reports/rounds", name="1/2569").status_code == 422


def test_a_pupil_at_risk_is_in_no_figure_that_is_reported_to_obec(office: OfficeVisitor) -> None:
    """And every figure opens a list that is as long as the figure."""
    district = office.district
    district.add_case(school_code="46030001")
    card = make_child("อมร")
    at_risk = CaseListed(card, district.list_id, ListType.AT_RISK, dt.date(2026, 6, 1))
    case_id = new_id()
    district.record([district.event(at_risk, case_id), district.assignment(case_id, None, school_code="46030001")])  # type: ignore[arg-type]
    opened = office.post("/office/reports/rounds", name="รอบ 1", as_of="22/11/2569", due_on="30/11/2569")
    for path in ("/office/", "/office/reports/by/school", "/office/reports/by/sex", opened.url.removeprefix(office.running.url)):
        figures = re.findall(r'<a[^>]*href="(/office/cases\?[^"]+)"[^>]*>([\d,]+)</a>', office.get(path).text)
        assert figures and {count for _link, count in figures} <= {"0", "1"}
        for link, count in figures:
            total = re.search(r'<h1>[^<]*<span class="muted">([\d,]+)</span>', office.get(unescape(link)).text)
            assert total and total[1] == count, link
    entries = load_workbook(io.BytesIO(office.get("/office/reports/entries/xlsx").content)).worksheets[0]
    assert len(list(entries.iter_rows())) == 2
