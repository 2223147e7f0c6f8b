"""Many people at once from a spreadsheet: looked at first, then added, then given their slips."""

import html
import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from fieldapp.domain.reference import Role
from fieldapp.server import tables
from tests.support.office import OfficeVisitor

HEADER = ["ชื่อ-นามสกุล", "บัญชีผู้ใช้", "บทบาท", "รหัสโรงเรียน", "ใช้ได้ถึงวันที่"]


@pytest.fixture
def admin(office: OfficeVisitor) -> Iterator[OfficeVisitor]:
    office.district.add_person("admin", Role.ADMIN, "")
    visitor = OfficeVisitor(office.running)
    assert visitor.sign_in("admin").status_code == 200
    yield visitor
    visitor.http.close()


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in (["บัญชีผู้ใช้ของเขต"], HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def looked_at(admin: OfficeVisitor, *rows: list[object]) -> tuple[str, list[str]]:
    admin.get("/office/people/bulk")
    page = admin.post("/office/people/bulk", files={"file": ("people.xlsx", sheet(*rows))})
    assert page.status_code == 200
    return page.text, [html.unescape(found) for found in re.findall(r'name="row" value="([^"]*)"', page.text)]


def accounts(admin: OfficeVisitor) -> set[str]:
    account = tables.account
    with admin.district.engine.connect() as connection:
        return set(connection.scalars(select(account.c.account).where(account.c.district_id == admin.district.id)))


def test_good_rows_are_added_after_they_were_accepted_and_bad_ones_are_left_out(admin: OfficeVisitor) -> None:
    before = accounts(admin)
    page, rows = looked_at(
        admin,
        ["ครูสมหญิง ใจดี", "Kru.Ying", "ครู", 46030001, "31/12/2570"],
        ["ผอ.สมชาย", "head1", "ผู้บริหารโรงเรียน", "46030001", None],
        ["ศน.นภา", "napha", "เจ้าหน้าที่เขต", None, None],
        ["ซ้ำ", "kru.ying", "ครู", "46030001", None],
        ["มีแล้ว", "OFFICER", "officer", None, None],
        ["ไม่มีโรงเรียน", "kru2", "ครู", None, None],
        ["โรงเรียนไม่มี", "kru3", "ครู", "46039999", None],
        [None, "kru4", "ครู", "46030001", None],
        ["บทบาทแปลก", "kru5", "กษัตริย์", "46030001", None],
        ["หมดอายุ", "kru6", "ครู", "46030001", "1/1/2560"],
    )
    assert len(rows) == 3
    for words in ("บัญชีนี้ซ้ำกับแถวก่อนหน้า", "ชื่อบัญชีนี้มีผู้ใช้แล้ว", "ไม่มีบทบาทนี้", "ไม่มีชื่อ"):
        assert words in page
    assert accounts(admin) == before
    answer = admin.post("/office/people/bulk/accept", row=rows)
    assert answer.url.endswith("?state=no_password")
    assert accounts(admin) - before == {"kru.ying", "head1", "napha"}
    assert all(name in answer.text for name in ("ครูสมหญิง ใจดี", "ผอ.สมชาย", "ศน.นภา"))


def test_accepting_twice_adds_nobody_twice(admin: OfficeVisitor) -> None:
    _, rows = looked_at(admin, ["ครูสมหญิง", "ying", "ครู", "46030001", None])
    admin.post("/office/people/bulk/accept", row=rows)
    once = accounts(admin)
    admin.get("/office/people/bulk")
    assert admin.post("/office/people/bulk/accept", row=rows).status_code == 200
    assert accounts(admin) == once


def test_who_was_added_in_bulk_cannot_sign_in_before_setting_a_password(admin: OfficeVisitor) -> None:
    _, rows = looked_at(admin, ["ครูสมหญิง", "ying", "ครู", "46030001", None])
    admin.post("/office/people/bulk/accept", row=rows)
    for password in ("ying", "46030001", "password"):
        assert admin.running.stranger().try_sign_in("ying", password).status_code == 401


def test_a_name_that_looks_like_a_formula_or_a_tag_stays_a_name(admin: OfficeVisitor) -> None:
    page, rows = looked_at(admin, ["<script>alert(1)</script>", "x1", "ครู", "46030001", None])
    assert "<script>alert" not in page
    admin.post("/office/people/bulk/accept", row=rows)
    assert "<script>alert" not in admin.get("/office/people").text


def test_the_template_has_the_headings_that_are_read_and_the_districts_schools(admin: OfficeVisitor) -> None:
    book = load_workbook(io.BytesIO(admin.get("/office/people/bulk/template").content))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADER
    assert "46030001" in {str(cell.value) for row in book.worksheets[2].iter_rows() for cell in row}


def test_only_an_administrator_adds_people_in_bulk(office: OfficeVisitor) -> None:
    assert office.get("/office/people/bulk").status_code == 403
    office.get("/office/people")
    assert office.post("/office/people/bulk/accept", row="{}").status_code == 403
