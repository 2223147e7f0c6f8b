"""What a district edits at the pages reaches laptops, the reports and the audit, and nobody passes over anyone."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.ladder import Rounding
from fieldapp.domain.reference import Cause, Role, School, Setting
from fieldapp.records.reference import active_causes, age_rule
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.server.deciding import entries
from fieldapp.server.deciding.due import hours_by_kind
from fieldapp.server.deciding.entries import Wanted
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.cause_lists import DMC, EDUDEV
from fieldapp.server.inbox import InboxKind
from fieldapp.server.reference_data import causes, ensure_reference_data
from tests.support.district import LISTED_ON
from tests.support.office import OfficeVisitor

PAIRS = re.compile(r'<input name="(\w+)" inputmode="numeric" value="(\d+)".*?<option value="(\w+)" selected', re.DOTALL)
HEADER = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "รหัสตำบล", "กลุ่มเครือข่าย", "เปิดอยู่"]


def sheet(*rows: list[object], header: list[str] = HEADER) -> bytes:
    book = Workbook()
    for row in ([*header], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def noted(office: OfficeVisitor) -> list[str]:
    audit = tables.audit
    query = select(audit.c.subject).where(audit.c.district_id == office.district.id, audit.c.action == "reference_changed")
    with office.district.engine.connect() as connection:
        return list(connection.scalars(query.order_by(audit.c.subject)))


def on_a_laptop(office: OfficeVisitor) -> dict[str, object]:
    if "somying" not in office.district.people:
        office.district.add_person("somying")
    return {f"{change.type}:{change.id}": change.body for change in office.running.caller("somying").pull().changes}


def schools_now(office: OfficeVisitor) -> dict[str, School]:
    with office.district.engine.connect() as connection:
        return {school.code: school for school in reading.schools(connection, office.district.id)}


def test_how_percentages_are_rounded_is_a_setting_that_reports_and_laptops_follow(office: OfficeVisitor) -> None:
    office.get("/office/settings")
    answer = office.post("/office/settings/ladder", seen="0", preset="ministry", rounding="truncate", legacy_caption="yes")
    assert answer.status_code == 200
    with office.district.engine.connect() as connection:
        report = ladder_report(connection, office.district.id, LISTED_ON)
    assert (report.rounding, report.preset) == (Rounding.TRUNCATE, "ministry")
    assert "setting:ladder" in on_a_laptop(office)
    assert noted(office) == ["setting:ladder"]
    assert "กลับเข้าระบบ" in office.get("/office/reports/overall").text


def test_the_rule_of_compulsory_age_is_a_setting(office: OfficeVisitor) -> None:
    office.get("/office/settings")
    assert office.post("/office/settings/age", seen="0", rule="full_years").status_code == 200
    with office.district.engine.connect() as connection:
        assert age_rule(connection, office.district.id).value == "full_years"
    assert office.post("/office/settings/age", seen="1", rule="by_feeling").status_code == 422


def test_who_comes_second_is_told(office: OfficeVisitor) -> None:
    office.get("/office/settings")
    assert office.post("/office/settings/age", seen="0", rule="full_years").status_code == 200
    assert office.post("/office/settings/age", seen="0", rule="calendar_year").status_code == 422


def test_what_a_newer_program_wrote_into_a_setting_stays(office: OfficeVisitor) -> None:
    from fieldapp.server.write_path.recording import put_reference

    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [Setting("compulsory_age", {"rule": "calendar_year", "later": "x"}, 4)])
    office.get("/office/settings")
    office.post("/office/settings/age", seen="4", rule="full_years")
    with office.district.engine.connect() as connection:
        assert reading.setting(connection, office.district.id, "compulsory_age").value == {"rule": "full_years", "later": "x"}


def test_only_an_administrator_says_how_long_a_laptop_may_be_without_contact(office: OfficeVisitor) -> None:
    office.get("/office/settings")
    assert office.post("/office/settings/laptop", seen="0", days_without_contact="30").status_code == 403
    office.district.add_person("admin", Role.ADMIN, "")
    admin = OfficeVisitor(office.running)
    admin.sign_in("admin")
    admin.get("/office/settings")
    assert admin.post("/office/settings/laptop", seen="0", days_without_contact="0").status_code == 422
    assert admin.post("/office/settings/laptop", seen="0", days_without_contact="30").status_code == 200
    assert on_a_laptop(office)["setting:laptop"] is not None


def test_a_school_is_added_changed_and_reaches_laptops(office: OfficeVisitor) -> None:
    office.get("/office/settings/schools/new")
    fields = {"code": "46030009", "name": "โรงเรียนใหม่", "tambon_code": "461601", "network": "เครือข่าย 1", "active": "yes"}
    assert office.post("/office/settings/schools", seen="0", **fields).status_code == 200
    assert office.post("/office/settings/schools", seen="0", **fields).status_code == 422
    assert office.post("/office/settings/schools", seen="1", **{**fields, "name": "โรงเรียนชื่อใหม่"}).status_code == 200
    assert schools_now(office)["46030009"] == School("46030009", "โรงเรียนชื่อใหม่", "461601", "เครือข่าย 1", True, 2)
    assert "school:46030009" in on_a_laptop(office)
    assert noted(office) == ["school:46030009"] * 2


@pytest.mark.parametrize("wrong", [{"code": "4603"}, {"name": ""}, {"tambon_code": "999999"}])
def test_a_school_that_cannot_be_is_said_in_words(office: OfficeVisitor, wrong: dict[str, str]) -> None:
    office.get("/office/settings/schools/new")
    fields = {"seen": "0", "code": "46030009", "name": "โรงเรียนใหม่", "tambon_code": "", "network": "", "active": "yes", **wrong}
    answer = office.post("/office/settings/schools", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "46030009" not in schools_now(office)


def test_schools_come_from_a_spreadsheet_only_after_they_were_looked_at(office: OfficeVisitor) -> None:
    data = sheet(
        [46030001, "โรงเรียนหนึ่ง (ชื่อใหม่)", "460101", "", "ใช่"],
        ["46030002", "โรงเรียนสอง", "461601", "เครือข่าย 2", "ปิด"],
        ["46030002", "โรงเรียนสองซ้ำ", "", "", ""],
        ["123", "รหัสสั้น", "", "", ""],
    )
    office.get("/office/settings/schools")
    preview = office.post("/office/settings/schools/import", files={"file": ("x.xlsx", data)})
    assert preview.status_code == 200
    assert "รหัสโรงเรียนต้องมี 8 หลัก" in preview.text
    assert set(schools_now(office)) == {"46030001"}
    rows = [part.partition('"')[0] for part in preview.text.split('name="row" value="')[1:]]
    assert len(rows) == 2
    import html

    office.post("/office/settings/schools/accept", row=[html.unescape(row) for row in rows])
    found = schools_now(office)
    assert found["46030001"].name == "โรงเรียนหนึ่ง (ชื่อใหม่)"
    assert found["46030002"] == School("46030002", "โรงเรียนสอง", "461601", "เครือข่าย 2", False)


def test_the_spreadsheet_of_schools_can_be_read_in_again_and_changes_nothing(office: OfficeVisitor) -> None:
    office.district.add_school("46030002", "=SUM(1;2)")
    data = office.get("/office/settings/schools/xlsx").content
    cells = [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    office.get("/office/settings/schools")
    preview = office.post("/office/settings/schools/import", files={"file": ("schools.xlsx", data)})
    assert preview.status_code == 200
    assert 'name="row"' not in preview.text


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"<html></html>", sheet(["x"], header=["อะไรก็ไม่รู้"]), sheet()])
def test_a_file_that_is_no_such_table_is_refused(office: OfficeVisitor, data: bytes, tmp_path: Path) -> None:
    office.get("/office/settings/schools")
    assert office.post("/office/settings/schools/import", files={"file": ("schools.xlsx", data)}).status_code == 422


def test_rows_that_no_preview_wrote_are_refused(office: OfficeVisitor) -> None:
    office.get("/office/settings/schools")
    for row in ("x", "[]", '{"code":"46030009"}', '{"code":1,"name":"","tambon_code":"","network":"","active":""}'):
        assert office.post("/office/settings/schools/accept", row=row).status_code == 422


def test_a_cause_that_is_asked_no_more_leaves_the_laptops_choice_and_stays_known(office: OfficeVisitor) -> None:
    with office.district.engine.begin() as connection:
        ensure_reference_data(connection, office.district.id)
    office.get("/office/settings/causes/no_motivation")
    answer = office.post("/office/settings/causes", seen="1", code="no_motivation", name="ไม่อยากเรียน", dmc="4", edudev="10", position="3")
    assert answer.status_code == 200
    with office.district.engine.connect() as connection:
        assert "no_motivation" not in {cause.code for cause in active_causes(connection, office.district.id)}
        known = {cause.code: cause for cause in reading.causes(connection, office.district.id)}
    assert known["no_motivation"] == Cause("no_motivation", "ไม่อยากเรียน", 4, 10, 3, False, 2)


def test_a_new_cause_is_counted_where_it_was_said(office: OfficeVisitor) -> None:
    office.get("/office/settings/causes/new")
    fields = {"seen": "0", "code": "bullied", "name": "ถูกกลั่นแกล้ง", "dmc": "4", "edudev": "10", "position": "30", "active": "yes"}
    assert office.post("/office/settings/causes", **fields).status_code == 200
    assert "ปัญหาการปรับสภาพตัวเองในสังคม" in office.get("/office/settings/causes").text
    assert "cause:bullied" in on_a_laptop(office)
    for wrong in ({"code": "ไทย"}, {"dmc": "10"}, {"edudev": "20"}, {"position": "99999999999"}, {"name": ""}):
        assert office.post("/office/settings/causes", **{**fields, "code": "other_one", **wrong}).status_code == 422


def test_the_official_lists_have_nine_and_nineteen_and_the_seed_stays_inside() -> None:
    assert (len(DMC), len(EDUDEV)) == (9, 19)
    assert all(cause.dmc <= 9 and cause.edudev <= 19 for cause in causes())


def test_agencies_come_with_the_district_are_edited_and_reach_laptops(office: OfficeVisitor) -> None:
    with office.district.engine.begin() as connection:
        ensure_reference_data(connection, office.district.id)
    fields = {"id": "health_station", "name": "รพ.สต.นาคู", "kind": "health", "contact": "คุณอร 081", "area": "ต.นาคู", "active": "yes"}
    office.get("/office/settings/agencies/health_station")
    assert office.post("/office/settings/agencies", seen="1", **fields).status_code == 200
    assert office.post("/office/settings/agencies", seen="1", **fields).status_code == 422
    assert office.post("/office/settings/agencies", seen="2", **{**fields, "kind": "circus"}).status_code == 422
    assert office.post("/office/settings/agencies", seen="0", **{**fields, "name": "มูลนิธิใหม่", "kind": "welfare"}).status_code == 200
    page = office.get("/office/settings/agencies").text
    assert "รพ.สต.นาคู" in page
    assert "มูลนิธิใหม่" in page
    assert "agency:health_station" in on_a_laptop(office)
    assert "agency:health_station" in noted(office)


def test_how_soon_an_entry_of_the_inbox_is_decided_is_a_setting_by_kind(office: OfficeVisitor) -> None:
    came = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    entry = {"id": new_id(), "kind": InboxKind.URGENT, "event_id": new_id(), "body": {"note": "x"}, "opened_at": came}
    with office.district.engine.begin() as connection:
        connection.execute(tables.inbox.insert(), {"district_id": office.district.id, **entry})
    shown = {name: (value, unit) for name, value, unit in PAIRS.findall(office.get("/office/settings").text)}
    assert shown == {"urgent": ("24", "hours"), "held": ("7", "days"), "conflict": ("14", "days"), "set_aside": ("7", "days")}

    fields = {"urgent": "36", "held": "5", "conflict": "30", "set_aside": "48"}
    units = {"urgent_unit": "hours", "held_unit": "days", "conflict_unit": "days", "set_aside_unit": "hours"}
    for wrong in ({"held": "0"}, {"held": ""}, {"held": "366"}, {"held": "-1"}, {"held_unit": "weeks"}):
        assert office.post("/office/settings/inbox", seen="0", **{**fields, **units, **wrong}).status_code == 422
    assert office.post("/office/settings/inbox", seen="0", **fields, **units).status_code == 200
    assert office.post("/office/settings/inbox", seen="0", **fields, **units).status_code == 422
    with office.district.engine.connect() as connection:
        assert hours_by_kind(connection, office.district.id) == {"urgent": 36, "held": 120, "conflict": 720, "set_aside": 48}
        (waiting,) = entries.read(connection, office.district.id, Wanted())
    assert waiting.due_at == came + dt.timedelta(hours=36)
    shown = {name: (value, unit) for name, value, unit in PAIRS.findall(office.get("/office/settings").text)}
    assert shown == {"urgent": ("36", "hours"), "held": ("5", "days"), "conflict": ("30", "days"), "set_aside": ("2", "days")}
    assert noted(office) == ["setting:inbox_hours"]
