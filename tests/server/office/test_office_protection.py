"""Who reads what was reported of a child in danger, role by role; and the telephone numbers that laptops show."""

import re

import pytest
from sqlalchemy import select

from fieldapp.domain.child import Child
from fieldapp.domain.help_line import SETTING, HelpLine, from_setting
from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.reference import Role
from fieldapp.records.reference import reads_urgent, setting
from fieldapp.server import tables
from tests.support.district import make_child, make_event, make_visit
from tests.support.office import OfficeVisitor

NOTE = "มีรอยช้ำที่แขนสองข้าง"
_ENTRY = re.compile(r'href="/office/inbox/([0-9a-f-]{36})"')
STAFF = (Role.OFFICER, Role.COORDINATOR, Role.ADMIN)


@pytest.fixture
def reported(office: OfficeVisitor) -> tuple[str, Child]:
    """A case with an urgent visit by the teacher somying; the district has a person of every role."""
    district = office.district
    for role in Role:
        if role is not Role.OFFICER:
            district.add_person(role.value, role)
    district.add_person("somying")
    child = make_child("กมลชนก")
    case_id = district.add_case(district.people["somying"], child=child)
    visit = make_visit(case_id, child.id, district.people["somying"].id, urgent=True, urgent_note=NOTE)
    office.running.caller("somying").push(make_event(VisitRecorded(visit), visit.id, visit.by))
    return case_id, child


def let_read(office: OfficeVisitor, *roles: str, accounts: str = "") -> None:
    boss = signed_in(office, "admin")
    boss.get("/office/settings/protection")
    seen = re.search(r'readers"[\s\S]*?name="seen" value="(\d+)"', boss.get("/office/settings/protection").text)
    assert seen
    answer = boss.post("/office/settings/protection/readers", seen=seen[1], role=list(roles), accounts=accounts)
    assert answer.status_code == 200


def signed_in(office: OfficeVisitor, account: str) -> OfficeVisitor:
    visitor = OfficeVisitor(office.running)
    assert visitor.sign_in(account).status_code == 200
    return visitor


def urgent_entry(office: OfficeVisitor) -> str:
    with office.district.engine.connect() as connection:
        query = select(tables.inbox.c.id).where(tables.inbox.c.district_id == office.district.id, tables.inbox.c.kind == "urgent")
        return str(connection.execute(query).scalar_one())


@pytest.mark.parametrize("role", STAFF)
def test_by_default_the_districts_own_people_read_it_and_that_is_in_the_audit(
    office: OfficeVisitor, reported: tuple[str, Child], role: Role
) -> None:
    visitor = signed_in(office, role.value)
    entry = urgent_entry(office)
    for page in ("/office/inbox", f"/office/inbox/{entry}", f"/office/cases/{reported[0]}"):
        assert NOTE in visitor.get(page).text
    audit = tables.audit
    query = select(audit.c.detail).where(audit.c.district_id == office.district.id, audit.c.action == "viewed")
    with office.district.engine.connect() as connection:
        details = list(connection.scalars(query.where(audit.c.person_id == office.district.people[role.value].id)))
    assert any(entry in (detail or {}).get("urgent", []) for detail in details)
    assert any((detail or {}).get("inbox") == entry for detail in details)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_HEAD, Role.PARTNER])
def test_others_open_no_page_that_tells_it(office: OfficeVisitor, reported: tuple[str, Child], role: Role) -> None:
    visitor = OfficeVisitor(office.running)
    assert visitor.sign_in(role.value).status_code == 403
    for page in ("/office/inbox", f"/office/inbox/{urgent_entry(office)}", f"/office/cases/{reported[0]}"):
        answer = visitor.get(page)
        assert answer.status_code in (401, 403) or "/office/sign-in" in answer.url
        assert NOTE not in answer.text


@pytest.mark.parametrize("role", STAFF)
def test_who_is_not_named_reads_no_word_of_it(office: OfficeVisitor, reported: tuple[str, Child], role: Role) -> None:
    let_read(office, *(other.value for other in STAFF if other is not role))
    visitor = signed_in(office, role.value)
    assert visitor.get("/office/inbox").status_code == 200
    for page in ("/office/inbox", "/office/inbox?show=decided", "/office/inbox?kind=urgent", f"/office/cases/{reported[0]}", "/office/"):
        text = visitor.get(page).text
        assert NOTE not in text
        assert urgent_entry(office) not in text
    entry = f"/office/inbox/{urgent_entry(office)}"
    assert visitor.get(entry).status_code == 404
    assert visitor.post(f"{entry}/close", note="ดูแล้ว").status_code == 404
    assert _ENTRY.findall(signed_in(office, "admin" if role is not Role.ADMIN else "officer").get("/office/inbox").text)


def test_a_person_may_be_named_beside_the_roles(office: OfficeVisitor, reported: tuple[str, Child]) -> None:
    let_read(office, "coordinator")
    assert NOTE not in office.get("/office/inbox").text
    let_read(office, "coordinator", accounts="officer")
    assert NOTE in office.get("/office/inbox").text


@pytest.mark.parametrize(("roles", "accounts"), [((), ""), (("partner",), ""), ((), "partner"), (("officer",), "nobody")])
def test_nobody_at_all_a_partner_and_who_is_unknown_cannot_be_named(
    office: OfficeVisitor, reported: tuple[str, Child], roles: tuple[str, ...], accounts: str
) -> None:
    boss = signed_in(office, "admin")
    boss.get("/office/settings/protection")
    answer = boss.post("/office/settings/protection/readers", seen="0", role=list(roles), accounts=accounts)
    assert answer.status_code == 422
    with office.district.engine.connect() as connection:
        assert not reads_urgent(connection, office.district.id, Role.PARTNER, office.district.people["partner"].id)


def test_only_an_administrator_names_them(office: OfficeVisitor, reported: tuple[str, Child]) -> None:
    office.get("/office/settings/protection")
    assert office.post("/office/settings/protection/readers", seen="0", role=["officer"], accounts="").status_code == 403


@pytest.mark.parametrize(("account", "told"), [("somying", True), ("officer", True), ("school_head", False)])
def test_on_laptops_only_who_reported_it_and_who_is_named_get_the_words(
    office: OfficeVisitor, reported: tuple[str, Child], account: str, told: bool
) -> None:
    visits = [change.body for change in office.running.caller(account).pull().changes if change.type == "visit"]
    (visit,) = visits
    assert visit["urgent"] is True
    assert (visit["urgent_note"] == NOTE) is told


def test_the_next_teacher_of_the_child_learns_that_it_was_urgent_and_not_what_was_said(
    office: OfficeVisitor, reported: tuple[str, Child]
) -> None:
    office.district.assign(reported[0], office.district.people["teacher"])
    (visit,) = [change.body for change in office.running.caller("teacher").pull().changes if change.type == "visit"]
    assert visit["urgent"] is True
    assert visit["urgent_note"] == ""


def numbers(office: OfficeVisitor) -> tuple[HelpLine, ...]:
    with office.district.engine.connect() as connection:
        return from_setting(setting(connection, office.district.id, SETTING))


def test_the_districts_own_numbers_reach_laptops_and_empty_rows_bring_the_national_ones_back(office: OfficeVisitor) -> None:
    shown = office.get("/office/settings/protection").text
    assert all(f'value="{number}"' in shown for number in ("191", "1669", "1300", "1387", "1323"))
    row = {"number": ["043-000-000", "191", ""], "name": ["บ้านพักเด็ก (ตัวอย่าง)", "ตำรวจ", ""], "what_for": ["คืนนี้ไม่มีที่พัก", "", ""]}
    office.post("/office/settings/protection/numbers", seen="0", **row)
    assert numbers(office) == (HelpLine("043-000-000", "บ้านพักเด็ก (ตัวอย่าง)", "คืนนี้ไม่มีที่พัก"), HelpLine("191", "ตำรวจ"))
    office.district.add_person("somying")
    bodies = {f"{change.type}:{change.id}": change.body for change in office.running.caller("somying").pull().changes}
    assert from_setting(bodies[f"setting:{SETTING}"]["value"]) == numbers(office)
    office.get("/office/settings/protection")
    office.post("/office/settings/protection/numbers", seen="1", number=["", ""], name=["", ""], what_for=["", ""])
    assert numbers(office) == ()


@pytest.mark.parametrize(("number", "name"), [("โทรหายาย", "ยาย"), ("191", ""), ("", "ตำรวจ")])
def test_a_number_that_cannot_be_dialled_or_has_no_name_is_refused(office: OfficeVisitor, number: str, name: str) -> None:
    office.get("/office/settings/protection")
    answer = office.post("/office/settings/protection/numbers", seen="0", number=[number], name=[name], what_for=[""])
    assert answer.status_code == 422
    assert numbers(office) == ()
