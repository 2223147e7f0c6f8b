"""The audit at the office's pages: who saw and changed which child, searched and taken out."""

import datetime as dt
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import audit_search, tables
from fieldapp.server.audit import Action
from fieldapp.server.audit_search import AuditFilter
from fieldapp.server.office import audit_words
from tests.support.district import make_child
from tests.support.lists import HEADER, WHOLE, xlsx
from tests.support.office import OfficeVisitor
from tests.support.office_lists import check, upload


def child_of(office: OfficeVisitor, case_id: str) -> str:
    case = record_tables.case
    with office.district.engine.connect() as connection:
        found: str = connection.execute(
            select(case.c.child_id).where(case.c.district_id == office.district.id, case.c.id == case_id)
        ).scalar_one()
    return found


def body(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_every_act_has_words() -> None:
    assert set(audit_words.ACTIONS) == set(Action)


def test_who_saw_a_child_is_found_whether_on_the_page_in_a_list_or_by_sync(office: OfficeVisitor) -> None:
    teacher, other = office.district.add_person("somying"), office.district.add_person("somchai")
    mine = office.district.add_case(teacher)
    office.district.add_case(other)
    office.running.caller("somying").pull()
    office.running.caller("somchai").pull()
    office.get("/office/cases", q="ธนกร")
    office.get(f"/office/cases/{mine}")
    found = body(office.get("/office/audit", child=child_of(office, mine)).text)
    assert teacher.name in found
    assert office.district.officer.name in found
    assert other.name not in found
    assert found.count("<tr>") >= 3


def test_a_change_of_a_child_names_who_made_it(office: OfficeVisitor) -> None:
    case_id = office.district.add_case(child=make_child("กมลชนก"))
    page = office.get("/office/audit", action="changed", person=office.district.officer.id).text
    assert "กมลชนก" in body(page)
    assert case_id not in page


def test_a_row_of_a_list_that_nobody_accepted_is_named_as_the_list_it_is_of(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    check(office, path)
    office.get(f"{path}/rows/2")
    newest = body(office.get("/office/audit").text).partition("</tr>")[0]
    assert "บัญชีที่ได้รับ" in newest


def test_what_is_no_child_is_named_in_words_too(office: OfficeVisitor) -> None:
    office.get("/office/teams")
    office.post("/office/teams", kind="lead", name="ทีมนาคู")
    office.get("/office/trips")
    office.post("/office/trips", on_date="1/12/2569", name="ลงพื้นที่นาคู")
    office.get("/office/year/plan/new")
    office.post("/office/year/lessons/one?year=2569", title="บทเรียน", what="เดินเท้า", version="0")
    for path in ("/office/inbox", "/office/twins"):
        office.get(path)
    found = body(office.get("/office/audit").text)
    for said in ("ทีมนาคู", "ลงพื้นที่นาคู", "กล่องเขต"):
        assert said in found
    assert not re.search(r">[0-9a-f]{8}-[0-9a-f-]{27}<|>(inbox|twins|list|year/[a-z/0-9-]+)<", found)


def test_entries_of_one_person_one_laptop_or_other_days_are_told_apart(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    laptop = office.running.caller("somying")
    assert "เข้าใช้" in body(office.get("/office/audit", device=laptop.device_id).text)
    assert teacher.name not in body(office.get("/office/audit", person=office.district.officer.id).text)
    assert body(office.get("/office/audit", last="1/1/2569").text) == ""


def test_parts_follow_each_other_without_gap_or_repeat(office: OfficeVisitor, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.district.engine.begin() as connection:
        table = tables.audit
        connection.execute(update(table).where(table.c.district_id == office.district.id).values(at=dt.datetime.now(dt.UTC)))
        for number in range(25):
            connection.execute(
                table.insert(),
                {
                    "district_id": office.district.id,
                    "id": f"e{number:02d}",
                    "at": dt.datetime(2026, 1, 1 + number // 10, tzinfo=dt.UTC),
                    "action": "exported",
                    "subject": "entries",
                    "detail": {},
                },
            )
        today = dt.date(2026, 11, 22)
        wanted = AuditFilter(action=Action.EXPORTED)
        whole = [row.id for row in audit_search.search(connection, office.district.id, wanted, today, 100)]
        seen: list[str] = []
        after = ""
        while True:
            part = audit_search.search(connection, office.district.id, AuditFilter(action=Action.EXPORTED, after=after), today, 10)
            if not part:
                break
            seen += [row.id for row in part]
            after = part[-1].mark
    assert len(whole) == 25
    assert seen == whole


def test_the_spreadsheet_holds_the_same_and_taking_it_out_is_noted(office: OfficeVisitor) -> None:
    office.district.add_case(child=make_child("=1+1"))
    answer = office.get("/office/audit/xlsx", action="changed")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None and "=1+1" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert "นำข้อมูลออก" in body(office.get("/office/audit").text)


def test_what_no_page_of_ours_asks_is_refused(office: OfficeVisitor) -> None:
    for query in ({"after": "gestern"}, {"action": "slept"}, {"first": "31/2/2569"}):
        assert office.get("/office/audit", **query).status_code == 422


def test_a_teacher_does_not_see_the_audit(office: OfficeVisitor) -> None:
    office.district.add_person("somying", Role.TEACHER)
    teacher = OfficeVisitor(office.running)
    teacher.sign_in("somying")
    assert teacher.get("/office/audit").status_code == 403
