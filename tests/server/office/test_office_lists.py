"""Received lists at the office's pages: from a dirty file to children and cases, row by row, and back."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, event, select

from fieldapp.domain.payloads import CaseMerged, ChildEdited
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.server.lists import browsing
from fieldapp.server.lists.kept_back import received_lists
from tests.support.district import make_district, make_visit, visit_event
from tests.support.district_server import server_of
from tests.support.lists import HEADER, WHOLE, changed, csv_bytes, take, xlsx
from tests.support.national_ids import an_id
from tests.support.office import OfficeVisitor
from tests.support.office_lists import accept, check, chosen_in, row_of, states, undo, upload

DIRTY = (
    ("บัญชีรายชื่อเด็กตกหล่น",),
    HEADER,
    WHOLE,
    changed(id="1.1037E+12", given="กมลชนก", title="ด.ญ.", sex="ญ"),
    changed(id=an_id(3), given=None, family=None),
    changed(id=an_id(4), given="วีรภัทร", birth="31/2/2557"),
    WHOLE,
    ("รวม", "4 ราย"),
)


def decide(office: OfficeVisitor, path: str, number: int, act: str, **fields: str) -> str:
    office.get(f"{path}/rows/{number}")
    answer = office.post(f"{path}/rows/{number}/{act}", **fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def cases(office: OfficeVisitor) -> list[CaseState]:
    case = record_tables.case
    with office.district.engine.connect() as connection:
        return [CaseState(one) for one in connection.scalars(select(case.c.state).where(case.c.district_id == office.district.id))]


def listed(office: OfficeVisitor) -> int:
    with office.district.engine.connect() as connection:
        return ladder_report(connection, office.district.id, dt.date(2026, 11, 22)).total.listed


def test_a_dirty_list_is_looked_at_before_anything_is_taken(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(*DIRTY))
    page = check(office, path)
    assert cases(office) == []
    assert states(office, path) == {3: "staged", 4: "staged", 5: "kept_back", 6: "staged", 7: "kept_back", 8: "kept_back"}
    for said in ("Excel", "ซ้ำกับแถวที่ 3"):
        assert said in page
    page = accept(office, path)
    assert states(office, path)[3] == "taken"
    assert cases(office) == [CaseState.CHECKED]
    assert office.get("/office/lists").text.count("บัญชี.xlsx") == 1


def test_a_row_is_corrected_accepted_dropped_and_tells_who_did_it(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(*DIRTY))
    check(office, path)
    page = decide(office, path, 4, "correct", national_id=an_id(9))
    assert "ศน. ทดสอบ" in page
    assert "1.1037E+12" in page
    assert row_of(office, path, 4).weight == "good"
    decide(office, path, 4, "accept")
    decide(office, path, 6, "accept", reason="เกิดปลายเดือน")
    decide(office, path, 8, "drop", reason="แถวรวม")
    assert states(office, path) == {3: "staged", 4: "taken", 5: "kept_back", 6: "taken", 7: "kept_back", 8: "dropped"}
    assert "เกิดปลายเดือน" in office.get(f"{path}/rows/6").text
    child = record_tables.child
    with office.district.engine.connect() as connection:
        assert an_id(9) in set(connection.scalars(select(child.c.national_id).where(child.c.district_id == office.district.id)))


def test_a_doubtful_row_is_not_accepted_without_a_reason(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(*DIRTY))
    check(office, path)
    office.get(f"{path}/rows/6")
    assert office.post(f"{path}/rows/6/accept", reason="").status_code == 422
    assert states(office, path)[6] == "staged"


def test_all_rows_with_one_finding_are_accepted_for_one_reason(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(*DIRTY))
    check(office, path)
    accept(office, path, code="birth.unreadable", reason="สอบทะเบียนภายหลัง")
    assert {number for number, state in states(office, path).items() if state == "taken"} == {6}
    assert row_of(office, path, 6).reason == "สอบทะเบียนภายหลัง"


def test_columns_are_mapped_by_a_person_and_read_the_same_way_next_time(office: OfficeVisitor) -> None:
    odd = ("ลำดับ", "รหัส", "คำนำหน้า", "ชื่อ", "สกุล", "เพศ", "เกิดเมื่อ", "เลขที่", "หมู่", "ตำบล", "อำเภอ")
    path = upload(office, xlsx(odd, WHOLE))
    page = office.get(f"{path}/columns").text
    assert "9/7/2557" in page
    assert chosen_in(page, "G") == ""
    check(office, path, G="birth")
    assert row_of(office, path, 2).child["birth_on"] == "2014-07-09"
    office.post(f"{path}/drop")
    again = upload(office, xlsx(odd, changed(given="กมล")))
    assert chosen_in(office.get(f"{again}/columns").text, "G") == "birth"


def test_one_column_cannot_be_two_things_nor_the_name_be_missing(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    office.get(f"{path}/columns")
    assert office.post(f"{path}/columns", D="given_name", E="given_name").status_code == 422
    assert office.post(f"{path}/columns", B="national_id").status_code == 422


def test_the_next_list_tells_who_is_new_known_changed_and_gone(office: OfficeVisitor) -> None:
    district = office.district
    gone = changed(id=an_id(5), given="สุดา", title="ด.ญ.", sex="ญ")
    take(district, xlsx(HEADER, WHOLE, changed(id=an_id(2), given="มานะ", birth="1/2/2558"), gone))
    new = changed(id=an_id(6), given="ใหม่", birth="5/5/2559")
    spelt = changed(id="-", given="มานะะ", birth="1/2/2558")
    path = upload(office, xlsx(HEADER, WHOLE, changed(id=an_id(2), given="มานะ", birth="1/2/2558", house="99"), new, spelt))
    page = check(office, path)
    standings = {row: row_of(office, path, row).standing for row in (2, 3, 4)}
    assert standings == {2: "again", 3: "changed", 4: "new"}
    assert row_of(office, path, 3).differences == [{"field": "house_no", "card": "112", "list": "99"}]
    assert 'href="/office/lists/' in page
    assert "สุดา" in office.get(f"{path}/gone").text
    assert "ธนกร" not in office.get(f"{path}/gone").text
    office.get(path)
    office.post(f"{path}/known")
    assert {states(office, path)[number] for number in (2, 3)} == {"same"}
    page = decide(office, path, 3, "card", field="house_no")
    assert "99" in page
    with district.engine.connect() as connection:
        child = SqlRecords(connection, district.id).child(row_of(office, path, 3).child_id)
    assert child is not None
    assert child.house_no == "99"


def test_another_spelling_is_pointed_at_and_a_person_says_that_it_is_the_same(office: OfficeVisitor) -> None:
    take(office.district, xlsx(HEADER, WHOLE))
    path = upload(office, xlsx(HEADER, changed(id="-", given="ธนากร")))
    check(office, path)
    row = row_of(office, path, 2)
    assert (row.standing, "duplicate.spelling" in row.codes) == ("likely", True)
    page = office.get(f"{path}/rows/2").text
    case_id = re.search(r'name="case" value="([^"]+)"', page)
    assert case_id
    decide(office, path, 2, "same", case=case_id[1], reason="แม่ยืนยัน")
    assert states(office, path) == {2: "same"}
    assert len(cases(office)) == 1


def test_a_child_on_both_lists_is_kept_back_and_may_be_another_child_after_all(office: OfficeVisitor) -> None:
    take(office.district, xlsx(HEADER, WHOLE))
    path = upload(office, xlsx(("ออกกลางคัน",), HEADER, WHOLE), list_type="dropped_out")
    check(office, path)
    row = row_of(office, path, 3)
    assert "duplicate.other_list" in row.codes
    decide(office, path, 3, "accept", reason="คนละคน เลขซ้ำ")
    with office.district.engine.connect() as connection:
        child = record_tables.child
        assert len(list(connection.scalars(select(child.c.id).where(child.c.district_id == office.district.id)))) == 2


def test_who_came_with_another_list_between_check_and_accept_is_kept_back(office: OfficeVisitor) -> None:
    first = upload(office, xlsx(HEADER, WHOLE))
    check(office, first)
    second = upload(office, xlsx(("อีกบัญชี",), HEADER, WHOLE, changed(id=an_id(2), given="มานะ", birth="1/2/2558")), list_type="dropped_out")
    check(office, second)
    assert set(states(office, second).values()) == {"staged"}
    accept(office, first)
    accept(office, second)
    assert states(office, second) == {3: "kept_back", 4: "taken"}
    assert row_of(office, second, 3).case_id == row_of(office, first, 2).case_id
    assert len(cases(office)) == 2


def test_rows_to_be_mended_go_back_in_their_layout_with_the_findings_last(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(*DIRTY[:3], changed(id="12", given="กมลชนก", title="ด.ญ.", sex="ญ"), *DIRTY[4:]))
    check(office, path)
    sheet = load_workbook(io.BytesIO(office.get(f"{path}/mend").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][: len(HEADER)] == HEADER
    assert {row[-2] for row in rows[1:]} == {4, 5, 6, 7}
    assert all(isinstance(row[-1], str) and row[-1] for row in rows[1:])
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "@x", "-1"])
def test_no_cell_that_goes_back_is_a_formula(office: OfficeVisitor, text: str) -> None:
    path = upload(office, csv_bytes(HEADER, changed(family=text, birth="?")), "list.csv")
    check(office, path)
    sheet = load_workbook(io.BytesIO(office.get(f"{path}/mend").content)).active
    found = [cell for line in sheet.iter_rows() for cell in line if cell.value == text]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)]


def _bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        for number in range(9):
            package.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 50_000_000)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "รหัสผ่าน"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "ไม่"),
        (b"   ", "ไม่มี"),
        (b"<html>", "ไม่"),
        (b"PK\x03\x04broken", "ไม่"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_leaves_nothing(office: OfficeVisitor, data: bytes, said: str) -> None:
    office.get("/office/lists")
    answer = office.post(
        "/office/lists", files={"file": ("list.xlsx", data)}, list_type="never_enrolled", round="1/2569", as_of="20/10/2569"
    )
    assert answer.status_code == 422
    problem = answer.text.split('role="alert">')[1].split("</p>")[0]
    assert said in problem
    assert 'value="1/2569"' in answer.text
    assert "list.xlsx" not in office.get("/office/lists").text


def test_a_file_that_unpacks_to_more_than_memory_holds_is_refused_unopened(office: OfficeVisitor) -> None:
    office.get("/office/lists")
    answer = office.post("/office/lists", files={"file": ("list.xlsx", _bomb())}, list_type="never_enrolled", round="1", as_of="20/10/2569")
    assert answer.status_code == 422
    assert "ใหญ่เกิน" in answer.text.split('role="alert">')[1]


@pytest.mark.parametrize("missing", ["file", "round", "as_of"])
def test_an_upload_without_round_date_or_file_is_said_in_words(office: OfficeVisitor, missing: str) -> None:
    office.get("/office/lists")
    fields = {"list_type": "never_enrolled", "round": "1/2569", "as_of": "20/10/2569"}
    fields.pop(missing, None)
    files = None if missing == "file" else {"file": ("list.xlsx", xlsx(HEADER, WHOLE))}
    answer = office.post("/office/lists", files=files, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874", "utf-16"])
def test_a_csv_is_read_in_whatever_encoding_it_was_saved(office: OfficeVisitor, encoding: str) -> None:
    path = upload(office, csv_bytes(HEADER, WHOLE, encoding=encoding), "list.csv")
    check(office, path)
    assert row_of(office, path, 2).child["given_name"] == "ธนกร"


def test_merged_cells_in_title_and_header_do_no_harm(office: OfficeVisitor) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["บัญชีรายชื่อ"])
    sheet.merge_cells("A1:K1")
    sheet.append(["ที่", "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "เพศ", "วันเกิด", "ที่อยู่", None, None, None])
    sheet.merge_cells("H2:K2")
    sheet.append([None] * 7 + ["บ้านเลขที่", "หมู่ที่", "ตำบล", "อำเภอ"])
    for letter in "ABCDEFG":
        sheet.merge_cells(f"{letter}2:{letter}3")
    sheet.append(list(WHOLE))
    written = io.BytesIO()
    book.save(written)
    path = upload(office, written.getvalue())
    check(office, path)
    child = row_of(office, path, 4).child
    assert (child["given_name"], child["house_no"], child["tambon_code"]) == ("ธนกร", "112", "461601")


def test_the_same_file_is_not_taken_twice_but_again_after_it_was_taken_back(office: OfficeVisitor) -> None:
    data = xlsx(HEADER, WHOLE)
    path = upload(office, data)
    check(office, path)
    accept(office, path)
    office.get("/office/lists")
    fields = {"list_type": "never_enrolled", "round": "1/2569", "as_of": "20/10/2569"}
    assert office.post("/office/lists", files={"file": ("list.xlsx", data)}, **fields).status_code == 422
    undo(office, path)
    again = upload(office, data)
    check(office, again)
    assert row_of(office, again, 2).standing == "new"
    accept(office, again)
    assert sorted(cases(office)) == [CaseState.CHECKED, CaseState.WITHDRAWN]
    assert listed(office) == 1


def test_a_list_is_taken_back_but_what_teachers_worked_on_stays(office: OfficeVisitor) -> None:
    district = office.district
    teacher = district.add_person("somying", Role.TEACHER)
    path = upload(
        office,
        xlsx(HEADER, WHOLE, changed(id=an_id(2), given="มานะ", birth="1/2/2558"), changed(id=an_id(3), given="ปิติ", birth="3/3/2558")),
    )
    check(office, path)
    accept(office, path)
    case_id, other = row_of(office, path, 2).case_id, row_of(office, path, 3).case_id
    for one in (case_id, other):
        district.assign(one, teacher)
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id)
    assert case is not None
    district.record([visit_event(make_visit(case_id, case.child_id, teacher.id, visited_on=dt.date(2026, 11, 1)))])

    preview = office.get(f"{path}/undo").text
    assert "ธนกร" in preview
    assert "มานะ" not in preview
    page = undo(office, path)
    assert "ถอนบัญชีคืน" in page
    assert states(office, path) == {2: "taken", 3: "withdrawn", 4: "withdrawn"}
    assert row_of(office, path, 2).reason == "stays:visit.recorded"
    assert listed(office) == 1
    with district.engine.connect() as connection:
        records = SqlRecords(connection, district.id)
        stays, gone = records.case(case_id), records.case(other)
        assert stays is not None
        assert gone is not None
        assert (stays.state, stays.assignee_id) == (CaseState.RETURNED, teacher.id)
        assert (gone.state, gone.assignee_id, gone.ever_assigned_to(teacher.id)) == (CaseState.WITHDRAWN, None, True)
    assert "มานะ" not in office.get("/office/cases").text
    with district.engine.connect() as connection:
        (received,) = (one for one in received_lists(connection, district.id) if one.id == path.split("/")[-1])
        begun = browsing.find(connection, district.id, received.id)
    assert (received.rows_taken, received.rows_kept_back) == (1, 2)
    assert begun.undone_by == district.officer.id
    # Once more does nothing more.
    assert states(office, path) == (undo(office, path), states(office, path))[1]


def test_an_edited_card_and_a_case_that_others_were_merged_into_stay_when_their_list_is_taken_back(office: OfficeVisitor) -> None:
    district = office.district
    path = upload(
        office,
        xlsx(HEADER, WHOLE, changed(id=an_id(2), given="มานะ", birth="1/2/2558"), changed(id=an_id(3), given="ปิติ", birth="3/3/2558")),
    )
    check(office, path)
    accept(office, path)
    edited, survivor = row_of(office, path, 2), row_of(office, path, 3)
    twin = district.add_case()
    district.record(
        [
            district.event(ChildEdited({"house_no": "99/1"}), edited.child_id),
            district.event(CaseMerged(dt.date(2026, 11, 2), survivor.case_id), twin),
        ]
    )
    undo(office, path)
    assert states(office, path) == {2: "taken", 3: "taken", 4: "withdrawn"}
    assert [row_of(office, path, number).reason for number in (2, 3)] == ["stays:child.edited", "stays:case.merged"]


def test_a_list_of_another_district_is_not_there(office: OfficeVisitor, engine: Engine, tmp_path: Path) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    check(office, path)
    with server_of(make_district(engine), tmp_path / "others") as running:
        other = OfficeVisitor(running)
        other.sign_in()
        for page in ("", "/columns", "/rows/2", "/gone", "/mend", "/undo"):
            assert other.get(path + page).status_code == 404, page
        for act in ("/accept", "/drop", "/undo", "/rows/2/accept", "/rows/2/drop", "/columns"):
            other.get("/office/lists")
            assert other.post(path + act, reason="x").status_code == 404, act
        # Nor does the child there count as known here.
        accept(office, path)
        theirs = upload(other, xlsx(HEADER, WHOLE))
        check(other, theirs)
        assert row_of(other, theirs, 2).standing == "new"
    assert states(office, path) == {2: "taken"}


def test_only_a_list_of_which_something_was_taken_is_taken_back(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    for _ in range(2):
        office.get("/office/lists")
        assert office.post(f"{path}/undo").status_code == 422
        check(office, path)
    accept(office, path)
    undo(office, path)
    assert cases(office) == [CaseState.WITHDRAWN]


def test_who_looked_at_a_list_and_who_took_it_back_is_in_the_audit(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    check(office, path)
    accept(office, path)
    undo(office, path)
    audit, list_id = tables.audit.c, path.split("/")[-1]
    with office.district.engine.connect() as connection:
        query = select(audit.person_id, audit.action, audit.detail).where(audit.district_id == office.district.id, audit.subject == "list")
        noted = [(person, action, detail) for person, action, detail in connection.execute(query) if detail.get("list") == list_id]
    assert (office.district.officer.id, "viewed", {"list": list_id, "rows": [2]}) in noted
    assert (office.district.officer.id, "changed", {"list": list_id, "undone": True}) in noted


def test_what_is_under_way_or_taken_is_not_dropped(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    check(office, path)
    accept(office, path)
    office.get(path)
    assert office.post(f"{path}/drop").status_code == 422
    assert len(cases(office)) == 1


def test_what_is_uploaded_is_a_list_of_obec_or_an_export_of_a_web_site(office: OfficeVisitor) -> None:
    page = office.get("/office/lists").text
    offered = re.findall(r'value="(\w+)"', page.split('name="list_type"')[1].split("</select>")[0])
    assert offered == [*OBEC_LISTS, "poverty_site", "screening_site", "care_site"]


def test_no_page_of_a_list_asks_more_often_because_the_list_is_longer(office: OfficeVisitor) -> None:
    asked = []
    for rows, round_ in ((2, "1/2569"), (30, "2/2569")):
        listed_rows = [changed(id=an_id(rows * 100 + number), given=f"เด็ก{number}", birth="?") for number in range(rows)]
        path = upload(office, xlsx((round_,), HEADER, *listed_rows), round=round_)
        check(office, path)
        asked.append([statements(office, at) for at in (path, f"{path}/rows/3", f"{path}/gone", f"{path}/undo", f"{path}/columns")])
    assert asked[0] == asked[1]


def statements(office: OfficeVisitor, path: str) -> int:
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(office.district.engine, "before_cursor_execute", count)
    try:
        assert office.get(path).status_code == 200
    finally:
        event.remove(office.district.engine, "before_cursor_execute", count)
    return len(seen)


def test_a_list_of_one_row_is_a_list(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(HEADER, WHOLE))
    check(office, path)
    accept(office, path)
    assert states(office, path) == {2: "taken"}
