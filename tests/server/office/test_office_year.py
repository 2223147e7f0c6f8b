"""The pages of the year: every register goes the same way, from the blank form to the spreadsheet; nobody is passed over."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.thai_dates import school_year, slashed
from fieldapp.domain.visit import Met, Outcome
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.teams.tables import team
from fieldapp.server.thai_day import thai_day
from fieldapp.server.year.registers import REGISTERS
from tests.support.district import make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor

TODAY = thai_day(dt.datetime.now(dt.UTC))
YESTERDAY = TODAY - dt.timedelta(days=1)
YEAR = school_year(TODAY)
LONG_WORD = "การประชุมเชิงปฏิบัติการติดตามค้นหาเด็กตกหล่นและเด็กออกกลางคัน" * 3

FILLED: dict[str, dict[str, str]] = {
    "plan": {"name": "ลงพื้นที่ร่วมกับภาคีเครือข่าย", "area": "T6", "owner": "ทีมทำ", "from_on": slashed(YESTERDAY), "status": "planned"},
    "supervision": {"on_date": slashed(TODAY), "school_code": "46030001", "who": "ศน. ทดสอบ", "seen": "ครูเยี่ยมบ้านครบ"},
    "support": {"on_date": slashed(TODAY), "what": "อบรมครู", "for_whom": "ครูทุกโรงเรียน", "people": "๕๐"},
    "check": {"on_date": slashed(TODAY), "stage": "during", "figure_name": "traced", "target": "80", "target_in": "percent"},
    "improvements": {"what": "แบ่งเขตรับผิดชอบใหม่", "why": "ทับซ้อนกัน", "decided_by": "ทีมนำ"},
    "lessons": {"on_date": slashed(TODAY), "title": "ไปตอนเย็นพบผู้ปกครองมากกว่า", "text": "ไปช่วงหลังเลิกงาน"},
}


def _add(office: OfficeVisitor, path: str, **fields: str) -> Any:
    """As a person does: open the blank form, fill it in, save."""
    blank = office.get(f"/office/year/{path}/new").text
    action = re.search(r'<form class="card" method="post" action="([^"]+)"', blank)
    assert action
    return office.post(action[1], version="0", **{**FILLED[path], **fields})


def _ids(office: OfficeVisitor, path: str, **query: str) -> list[str]:
    return re.findall(rf'href="/office/year/{path}/([0-9a-f-]{{36}})"', office.get(f"/office/year/{path}", **query).text)


def _seen(office: OfficeVisitor, path: str, entry_id: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', office.get(f"/office/year/{path}/{entry_id}").text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", FILLED)
def test_an_entry_goes_from_the_form_to_the_table_and_the_spreadsheet(office: OfficeVisitor, path: str) -> None:
    answer = _add(office, path)
    assert answer.status_code == 200
    assert answer.url.endswith(f"/office/year/{path}?year={YEAR}")
    assert "บันทึกแล้ว" in answer.text
    (entry_id,) = _ids(office, path)
    form = office.get(f"/office/year/{path}/{entry_id}").text
    for value in (value for value in FILLED[path].values() if value != "๕๐"):
        assert value in form
    sheet = load_workbook(io.BytesIO(office.get(f"/office/year/{path}/xlsx").content)).worksheets[0]
    assert str(YEAR) in str(sheet["A1"].value)
    assert sheet.max_row == 3


def test_every_register_is_tried_here() -> None:
    assert set(FILLED) == {one.path for one in REGISTERS}


@pytest.mark.parametrize("path", FILLED)
def test_what_was_removed_counts_nowhere_and_can_be_put_back(office: OfficeVisitor, path: str) -> None:
    _add(office, path)
    (entry_id,) = _ids(office, path)
    office.post(f"/office/year/{path}/{entry_id}/remove", version=_seen(office, path, entry_id))
    assert _ids(office, path) == []
    assert _ids(office, path, removed="yes") == [entry_id]
    assert "ศน. ทดสอบ" in office.get(f"/office/year/{path}", removed="yes").text
    office.post(f"/office/year/{path}/{entry_id}/put-back", version="2")
    assert _ids(office, path) == [entry_id]


def test_what_is_wrong_is_said_beside_the_field_and_all_that_was_typed_stays(office: OfficeVisitor) -> None:
    answer = _add(office, "plan", from_on="31/2/2569", until_on="x", target="มาก", name=LONG_WORD[:190])
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    assert 'value="31/2/2569"' in answer.text
    assert LONG_WORD[:190] in answer.text
    assert _ids(office, "plan") == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("plan", {"name": ""}),
        ("plan", {"until_on": slashed(YESTERDAY - dt.timedelta(days=1))}),
        ("plan", {"target": "-1"}),
        ("plan", {"target": "99999999999"}),
        ("plan", {"area": "W12"}),
        ("plan", {"done_on": slashed(TODAY + dt.timedelta(days=2))}),
        ("check", {"on_date": slashed(TODAY + dt.timedelta(days=2))}),
        ("check", {"figure_name": "happiness"}),
        ("supervision", {"school_code": "no such school"}),
    ],
)
def test_what_cannot_be_is_not_kept(office: OfficeVisitor, path: str, wrong: dict[str, str]) -> None:
    assert _add(office, path, **wrong).status_code == 422
    assert _ids(office, path) == []


def test_who_saves_what_another_has_changed_meanwhile_is_told(office: OfficeVisitor) -> None:
    _add(office, "plan")
    (entry_id,) = _ids(office, "plan")
    office.get(f"/office/year/plan/{entry_id}")
    assert office.post(f"/office/year/plan/{entry_id}", version="1", **{**FILLED["plan"], "owner": "ทีมนำ"}).status_code == 200
    passed_over = office.post(f"/office/year/plan/{entry_id}", version="1", **{**FILLED["plan"], "owner": "ทีมประสาน"})
    assert passed_over.status_code == 422
    assert "ทีมนำ" in office.get(f"/office/year/plan/{entry_id}").text


def test_a_form_that_is_sent_twice_adds_one_entry(office: OfficeVisitor) -> None:
    office.get("/office/year/plan/new")
    entry_id = new_id()
    for _time in range(2):
        assert office.post(f"/office/year/plan/{entry_id}?year={YEAR}", version="0", **FILLED["plan"]).status_code == 200
    assert _ids(office, "plan") == [entry_id]


def test_an_activity_that_is_done_has_its_day(office: OfficeVisitor) -> None:
    _add(office, "plan", status="done")
    (entry_id,) = _ids(office, "plan")
    assert f'value="{slashed(TODAY)}"' in office.get(f"/office/year/plan/{entry_id}").text


def test_teams_and_people_of_the_district_are_proposed_as_owners(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    now = dt.datetime.now(dt.UTC)
    row = {"kind": "doing", "name": "ทีมทำอำเภอนาคู", "note": "", "active": True, "changed_at": now, "changed_by": ""}
    with office.district.engine.begin() as connection:
        connection.execute(team.insert(), {"district_id": office.district.id, "id": new_id(), **row})
    proposed = re.findall(r'<option value="([^"]+)"></option>', office.get("/office/year/plan/new").text)
    assert proposed == ["ทีมทำอำเภอนาคู", "ศน. ทดสอบ", "ครู somying"]


def test_what_is_late_stands_on_the_page_of_the_year_and_opens_the_list_behind_it(office: OfficeVisitor) -> None:
    _add(office, "plan", until_on=slashed(YESTERDAY))
    _add(office, "plan", until_on=slashed(TODAY), name="ครบวันนี้")
    _add(office, "plan", until_on=slashed(YESTERDAY), status="done", done_on=slashed(TODAY), name="เสร็จแล้ว")
    _add(office, "improvements", until_on=slashed(YESTERDAY))
    glance = office.get("/office/year").text
    assert re.findall(r'href="([^"]+)">1</a>', glance) == [
        f"/office/year/plan?year={YEAR}&amp;overdue=yes",
        f"/office/year/improvements?year={YEAR}&amp;overdue=yes",
    ]
    assert len(_ids(office, "plan", overdue="yes")) == 1


def test_a_dated_entry_belongs_to_the_school_year_of_its_day(office: OfficeVisitor) -> None:
    answer = _add(office, "supervision", on_date=f"15/5/{YEAR}")
    assert answer.url.endswith(f"/office/year/supervision?year={YEAR - 1}")
    assert _ids(office, "supervision") == []
    assert len(_ids(office, "supervision", year=str(YEAR - 1))) == 1


def test_searching_finds_part_of_a_word_and_nothing_by_a_wildcard(office: OfficeVisitor) -> None:
    _add(office, "plan")
    assert len(_ids(office, "plan", q="ภาคี")) == 1
    assert _ids(office, "plan", q="%") == []


def test_an_evaluation_keeps_the_figure_of_its_day_beside_the_figure_now(office: OfficeVisitor) -> None:
    district = office.district
    teacher = district.add_person("somying")
    first, second = district.add_cases(2, teacher)
    district.record([_visited(office, first, teacher.id)])
    _add(office, "check", figure_name="returned", target="1", target_in="number")
    district.record([_visited(office, second, teacher.id)])
    page = office.get("/office/year/check").text
    figures = re.findall(r'<td class="number"[^>]*><b>(\d+)</b>', page)
    assert figures == ["1", "2"]
    assert "ถึงเป้า" in page
    (entry_id,) = _ids(office, "check")
    office.get(f"/office/year/check/{entry_id}")
    with_remark = {**FILLED["check"], "figure_name": "returned", "target": "2", "target_in": "number", "remark": "ยังขาดหนึ่งคน"}
    office.post(f"/office/year/check/{entry_id}", version="1", **with_remark)
    page = office.get("/office/year/check").text
    assert re.findall(r'<td class="number"[^>]*><b>(\d+)</b>', page) == ["1", "2"]
    assert "ยังไม่ถึงเป้า" in page


def test_an_evaluation_counts_as_of_its_own_day(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    case_id = office.district.add_case(teacher)
    office.district.record([_visited(office, case_id, teacher.id, visited_on=YESTERDAY)])
    _add(office, "check", figure_name="returned", on_date=slashed(YESTERDAY - dt.timedelta(days=1)))
    assert re.findall(r'<td class="number"[^>]*><b>(\d+)</b>', office.get("/office/year/check").text) == ["0", "1"]


def test_a_table_of_evaluations_asks_the_database_as_often_for_many_as_for_one(office: OfficeVisitor) -> None:
    def queries() -> int:
        asked: list[str] = []

        def hear(*told: Any) -> None:
            asked.append(told[2])

        event.listen(office.district.engine, "before_cursor_execute", hear)
        office.get("/office/year/check")
        event.remove(office.district.engine, "before_cursor_execute", hear)
        return len(asked)

    names = ("listed", "visits", "schools_complete", "helped", "protected")
    for name in names:
        _add(office, "check", figure_name=name)
    few = queries()
    for name in names:
        _add(office, "check", figure_name=name)
    assert queries() == few > 0


def test_a_lesson_that_names_a_child_is_pointed_out(office: OfficeVisitor) -> None:
    office.district.add_case(school_code="46030001", child=make_child("กมลชนก"))
    assert "มีชื่อเด็ก" not in _add(office, "lessons").text
    assert "มีชื่อเด็ก" in _add(office, "lessons", text="ครูไปหา ด.ญ.กมลชนก  พิมพ์สวัสดิ์ ที่บ้าน").text


def test_a_lesson_has_a_sheet_to_print(office: OfficeVisitor) -> None:
    _add(office, "lessons", text="บรรทัดแรก\nบรรทัดสอง", school_code="46030001")
    (entry_id,) = _ids(office, "lessons")
    sheet = office.get(f"/office/year/lessons/{entry_id}/print").text
    assert "บรรทัดแรก\nบรรทัดสอง" in sheet
    assert "โรงเรียนหนึ่ง" in sheet


def test_a_text_as_long_as_the_form_allows_is_kept_whole(office: OfficeVisitor) -> None:
    """Browsers count the end of a line once and send it as two letters."""
    text = "บรรทัด\n" * 571
    assert _add(office, "lessons", text=text.replace("\n", "\r\n")).status_code == 200
    (entry_id,) = _ids(office, "lessons")
    assert office.get(f"/office/year/lessons/{entry_id}").text.count("บรรทัด") == 571


def test_every_change_is_in_the_audit_and_no_text_is(office: OfficeVisitor) -> None:
    _add(office, "plan")
    (entry_id,) = _ids(office, "plan")
    office.get(f"/office/year/plan/{entry_id}")
    office.post(f"/office/year/plan/{entry_id}", version="1", **{**FILLED["plan"], "owner": "ทีมนำ"})
    office.get(f"/office/year/plan/{entry_id}")
    office.post(f"/office/year/plan/{entry_id}/remove", version="2")
    with office.district.engine.connect() as connection:
        audit = tables.audit.c
        query = select(audit.detail, audit.person_id).where(
            audit.district_id == office.district.id, audit.subject == f"year/plan/{entry_id}"
        )
        found = connection.execute(query.order_by(audit.at)).all()
    assert [row.detail["what"] for row in found] == ["added", "changed", "removed"]
    assert found[1].detail["fields"] == ["owner"]
    assert {row.person_id for row in found} == {office.district.officer.id}
    assert "ทีมนำ" not in str(found)


def test_the_calendar_shows_what_lasts_over_weeks_and_what_is_due(office: OfficeVisitor) -> None:
    _add(office, "plan", from_on=f"1/11/{YEAR}", until_on=f"20/11/{YEAR}", name="ลงพื้นที่สามสัปดาห์")
    _add(office, "improvements", until_on=f"25/11/{YEAR}")
    gregorian = dt.date(TODAY.year if TODAY.month >= 5 else TODAY.year - 1, 11, 1)
    page = office.get("/office/year/calendar", month=f"{gregorian:%Y-%m}").text
    assert page.count("ลงพื้นที่สามสัปดาห์") == 3 + 1
    assert "ครบกำหนดปรับปรุง" in page
    assert office.get("/office/year/calendar", month="2026-13").status_code == 422


@pytest.mark.parametrize("path", ["nothing", "plan/01a2039e-0000-7000-8000-000000000000", "schools/nothing"])
def test_what_is_not_there_is_said_in_words(office: OfficeVisitor, path: str) -> None:
    answer = office.get(f"/office/year/{path}")
    assert answer.status_code in (404, 422)
    assert "<h1>" in answer.text


def test_schools_are_answered_for_in_one_form_and_an_answer_can_be_taken_back(office: OfficeVisitor) -> None:
    office.district.add_school("46030002", "โรงเรียนสอง")
    page = "/office/year/schools/safety-plan"
    office.get(page)
    both = {"yes-46030001": "yes", "on-46030001": slashed(YESTERDAY), "note-46030001": "แฟ้ม 3", "yes-46030002": "no"}
    answer = office.post(page, school=["46030001", "46030002"], **both)  # type: ignore[arg-type]
    assert "2 โรงเรียน" in answer.text
    assert "50.00 %" in office.get("/office/year").text
    assert 'value="แฟ้ม 3"' in office.get(page).text
    office.post(page, school=["46030001"], **{"yes-46030001": ""})  # type: ignore[arg-type]
    assert "แฟ้ม 3" not in office.get(page).text
    rows = list(load_workbook(io.BytesIO(office.get(f"{page}/xlsx").content)).worksheets[0].values)
    assert len(rows) == 4


def test_a_school_of_another_district_cannot_be_answered_for(office: OfficeVisitor) -> None:
    office.get("/office/year/schools/protected")
    answer = office.post("/office/year/schools/protected", school=["99999999"], **{"yes-99999999": "yes"})  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert "1 โรงเรียน" not in answer.text


def _visited(office: OfficeVisitor, case_id: str, by: str, outcome: Outcome = Outcome.RETURNED, **values: Any) -> Any:
    with office.district.engine.connect() as connection:
        case = SqlRecords(connection, office.district.id).case(case_id)  # type: ignore[arg-type]
    assert case
    return visit_event(make_visit(case_id, case.child_id, by, outcome, **{"visited_on": TODAY, "met": (Met.CHILD,), **values}))
