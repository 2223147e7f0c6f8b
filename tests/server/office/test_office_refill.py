"""A form that was refused stands there again with what was typed: a wrong value, two tabs, a session that ended."""

import datetime as dt
import html
import re
from typing import Any

import pytest
import requests
from sqlalchemy import update

from fieldapp.domain.reference import Role
from fieldapp.server import tables
from fieldapp.server.office import refill
from fieldapp.server.office.refill import fill
from fieldapp.server.office.refusals import Word
from tests.support.district import PASSWORD
from tests.support.office import OfficeVisitor

STILL_HERE = "สิ่งที่พิมพ์ยังอยู่ครบ"
SAFE = ("ไม่มีข้อมูลใดเปลี่ยน", "ยังไม่ได้บันทึก")
# <, ", & and what a spreadsheet would take for a formula.
ODD = '=1+1 <b>"x"</b> & ๑๒๓ 👧🏽 ‘’'


def sent(
    office: OfficeVisitor, page: str, action: str = "", *, files: dict[str, tuple[str, bytes]] | None = None, **typed: str
) -> requests.Response:
    """As a browser sends a form: it says on which page the form stood."""
    office.get(page)
    office.http.headers["Referer"] = office.running.url + page
    answer = office.post(action or page, files=files, **typed)
    del office.http.headers["Referer"]
    return answer


def sent_later(office: OfficeVisitor, page: str, action: str, **typed: str) -> requests.Response:
    """As `sent`, with the token that the form had."""
    return office.http.post(
        office.running.url + action, data={"form_token": office.token, **typed}, headers={"Referer": office.running.url + page}
    )


def value_of(page: str, name: str) -> str:
    return next(iter(re.findall(rf'<input name="{name}"[^>]* value="([^"]*)"', page)), "")


@pytest.mark.parametrize(
    ("page", "action", "wrong", "typed", "said"),
    [
        ("/office/trips", "", "on_date", {"name": "ลงพื้นที่นาคู", "on_date": "31/2/2569"}, "ไม่มีวันที่นี้"),
        ("/office/trips", "", "on_date", {"name": "ลงพื้นที่นาคู", "on_date": "เมื่อวาน"}, "ไม่มีวันที่นี้"),
        ("/office/trips", "", "vehicle", {"name": "ลงพื้นที่", "on_date": "1/12/2569", "vehicle": "ร" * 900}, "ไม่เกิน"),
        ("/office/trips", "", "vehicle", {"name": "ลงพื้นที่", "on_date": "1/12/2569", "vehicle": "a\x00b"}, "อักขระ"),
        ("/office/reports/rounds", "", "due_on", {"name": "1/2569", "as_of": "1/11/2569", "due_on": "99/99/9999"}, "ไม่มีวันที่นี้"),
        ("/office/teams", "", "name", {"kind": "lead", "name": " ", "note": "ติดตามร่วมกัน"}, "ยังไม่ได้กรอก"),
        ("/office/safety", "/office/safety/retention", "audit", {"cases": "10", "audit": "สิบ"}, "พิมพ์เป็นตัวเลข"),
    ],
)
def test_what_was_typed_stays_and_the_wrong_field_is_marked(
    office: OfficeVisitor, page: str, action: str, wrong: str, typed: dict[str, Any], said: str
) -> None:
    if page == "/office/safety":
        office.district.add_person("keeper", role=Role.ADMIN)
        office.sign_in("keeper")
    answer = sent(office, page, action, **typed)
    assert answer.status_code == 422
    assert STILL_HERE in answer.text
    marked = re.findall(r'<(?:input|textarea|select)[^>]*name="([^"]+)"[^>]*aria-invalid="true"', answer.text)
    assert marked == [wrong]
    assert said in re.findall(r'id="wrong-field">([^<]*)<', answer.text)[0]
    for name, value in typed.items():
        if name not in ("kind", "note"):
            assert value_of(answer.text, name) == value
    assert typed.get("note", "") in answer.text


def test_corrected_and_sent_again_it_is_saved_as_typed(office: OfficeVisitor) -> None:
    answer = sent(office, "/office/trips", on_date="31/2/2569", name=ODD, note=ODD)
    assert "<b>" not in answer.text
    office.post("/office/trips", on_date="๑/๑๒/๒๕๖๙", name=ODD, note=ODD)
    page = office.get("/office/trips").text
    assert "1 ธันวาคม 2569" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_a_filter_that_cannot_be_read_keeps_the_rest_of_the_filter(office: OfficeVisitor) -> None:
    office.http.headers["Referer"] = f"{office.running.url}/office/reports/visits"
    answer = office.get("/office/reports/visits", first="31/2/2569", last="1/11/2569", school="46030001")
    assert answer.status_code == 422
    assert value_of(answer.text, "school") == "46030001"
    assert 'value="31/2/2569" required' not in answer.text
    assert "ไม่มีวันที่นี้" in answer.text


def test_without_the_page_before_the_refusal_is_a_page_of_its_own(office: OfficeVisitor) -> None:
    office.get("/office/trips")
    answer = office.post("/office/trips", name="ลงพื้นที่", on_date="31/2/2569")
    assert answer.status_code == 422
    assert any(said in answer.text for said in SAFE)
    office.http.headers["Referer"] = "https://elsewhere.example/office/trips"
    assert STILL_HERE not in office.post("/office/trips", name="ลงพื้นที่", on_date="31/2/2569").text


def test_of_two_who_change_the_same_the_second_sees_both_values(office: OfficeVisitor) -> None:
    blank = office.get("/office/year/plan/new").text
    action = re.findall(r'<form class="card" method="post" action="([^"?]+)', blank)[0]
    entry: dict[str, Any] = {"name": "ประชุม", "owner": "ทีมนำ", "from_on": "1/10/2569", "status": "planned"}
    office.post(action, version="0", **entry)
    office.post(action, version="1", **{**entry, "name": "ประชุมใหญ่"})
    answer = sent(office, action, **{**entry, "version": "1", "name": "ประชุมย่อย"})
    assert answer.status_code == 422
    assert re.findall(r'<input name="name"[^>]*value="([^"]*)"', answer.text) == ["ประชุมย่อย"]
    assert "ในระบบตอนนี้: ประชุมใหญ่" in answer.text
    assert "ในระบบตอนนี้: ทีมนำ" not in answer.text
    version = re.findall(r'name="version" value="(\d+)"', answer.text)[0]
    assert version == "2"
    assert "ประชุมย่อย" in office.post(action, version=version, **{**entry, "name": "ประชุมย่อย"}).text


def test_a_blank_form_of_the_year_comes_back_after_signing_in_again(office: OfficeVisitor) -> None:
    page = "/office/year/plan/new"
    action = re.findall(r'<form class="card" method="post" action="([^"]+)', office.get(page).text)[0]
    _end_sessions(office)
    asked = sent_later(office, page, action, name="ประชุมชี้แจง", version="0")
    again = office.sign_in(carried=html.unescape(re.findall(r'name="carried" value="([^"]*)"', asked.text)[0]))
    assert re.findall(r'<input name="name"[^>]*value="([^"]*)"', again.text) == ["ประชุมชี้แจง"]


def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(office: OfficeVisitor) -> None:
    office.get("/office/trips")
    _end_sessions(office)
    asked = sent_later(office, "/office/trips", "/office/trips", on_date="1/12/2569", name=ODD)
    assert asked.status_code == 401
    carried = re.findall(r'name="carried" value="([^"]*)"', asked.text)[0]
    assert "form_token" not in carried
    wrong = office.sign_in(password="not this one", carried=html.unescape(carried))
    assert 'name="carried"' in wrong.text
    again = office.sign_in(carried=html.unescape(carried))
    assert STILL_HERE in again.text
    assert html.unescape(value_of(again.text, "name")) == ODD
    assert office.post("/office/trips", on_date="1/12/2569", name=ODD).status_code == 200
    assert "&lt;b&gt;" in office.get("/office/trips").text


def test_nothing_is_carried_that_did_not_stand_on_a_form_of_the_session(office: OfficeVisitor) -> None:
    _end_sessions(office)
    answer = office.http.post(f"{office.running.url}/office/trips", data={"form_token": "0" * 64, "name": "x"})
    assert 'name="carried"' not in answer.text
    for odd in ("{", "[1]", '["https://elsewhere.example/", "//x", [["a", "b"]]]', "null", "[[],[],[[1,2]]]"):
        assert office.sign_in(carried=odd).status_code == 200


def test_a_tab_from_before_signing_in_again_keeps_what_was_typed(office: OfficeVisitor) -> None:
    office.get("/office/trips")
    old = office.token
    office.sign_in()
    office.token = old
    answer = sent_later(office, "/office/trips", "/office/trips", on_date="1/12/2569", name="ลงพื้นที่นาคู")
    assert answer.status_code == 403
    assert STILL_HERE in answer.text
    assert value_of(answer.text, "name") == "ลงพื้นที่นาคู"


def test_a_teacher_or_head_is_told_where_to_go_and_can_sign_out(office: OfficeVisitor) -> None:
    office.district.add_person("head", role=Role.SCHOOL_HEAD)
    office.sign_in("head", PASSWORD)
    answer = office.get("/office/")
    assert answer.status_code == 403
    assert "แอปบนโน้ตบุ๊ก" in answer.text
    assert office.post("/office/sign-out").url.endswith("/office/sign-in")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.xlsx", b"not a spreadsheet", "ไม่ใช่ตาราง"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ไม่ใช่ตาราง"),
        ("empty.csv", b"", ""),
        ("other.csv", "ก,ข\n1,2\n".encode(), "คอลัมน์ตามแบบ"),
    ],
)
@pytest.mark.parametrize("page", ["/office/people/bulk", "/office/settings/schools"])
def test_a_file_that_is_no_table_of_ours_is_said_to_be_so(office: OfficeVisitor, page: str, name: str, content: bytes, said: str) -> None:
    office.district.add_person("keeper", role=Role.ADMIN)
    office.sign_in("keeper")
    action = {"/office/settings/schools": "/office/settings/schools/import"}.get(page, page)
    answer = sent(office, page, action, files={"file": (name, content)})
    assert answer.status_code == 422
    assert said in answer.text
    assert any(one in answer.text for one in SAFE)


def test_filling_keeps_what_nobody_typed() -> None:
    page = """<form method="post" action="/office/a"><input type="hidden" name="form_token" value="new">
<input type="hidden" name="version" value="7">
<input name="q" value="old" required autofocus><input type="password" name="p"><input type="checkbox" name="t" value="1" checked>
<input type="checkbox" name="t" value="2"><select name="s"><option value="">–</option><option value="x" selected>X</option></select>
<textarea name="n" rows="2">was</textarea></form><form method="post" action="/office/b"><input name="q" value="other"></form>"""
    typed = [("q", 'a"<'), ("p", "secret"), ("t", "2"), ("s", ""), ("n", "is\nnow"), ("version", "6")]
    filled = fill(page, "/office/page", "/office/a", "POST", typed, Word("No.", "n", "Why", ""))
    assert filled is not None
    for kept in ('value="new"', 'value="7"', '<option value="x">', "secret"):
        assert (kept in filled) == (kept != "secret")
    assert '<input name="q" required value="a&quot;&lt;">' in filled
    assert '<input type="checkbox" name="t" value="1">' in filled
    assert '<input type="checkbox" name="t" value="2" checked>' in filled
    assert '<option value="" selected>' in filled
    assert ">\nis\nnow</textarea>" in filled
    assert 'id="wrong-field">Why<' in filled
    assert '<input name="q" value="other">' in filled
    assert fill(page, "/office/page", "/office/c", "POST", typed, Word("No.")) is None


def test_more_than_a_person_types_is_not_carried(office: OfficeVisitor) -> None:
    answer = sent(office, "/office/trips", on_date="31/2/2569", name="x", note="a" * (refill.MOST_TYPED + 1))
    assert answer.status_code == 422
    assert len(answer.text) < refill.MOST_TYPED


def _end_sessions(office: OfficeVisitor) -> None:
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    with office.district.engine.begin() as connection:
        table = tables.office_session
        connection.execute(update(table).where(table.c.district_id == office.district.id).values(seen_at=long_ago))
