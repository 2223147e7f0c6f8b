"""Data protection at the office's pages: what was on a lost laptop, and how long what is kept."""

import datetime as dt

from sqlalchemy import Table, func, select, update

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.accounts import change_person
from fieldapp.server.devices import lost
from fieldapp.server.devices.lost import LostSheet
from fieldapp.server.lists.tables import list_import, list_row_note
from fieldapp.server.people.tables import unsent_told
from fieldapp.server.retention import past
from fieldapp.server.retention.ahead import look_ahead
from fieldapp.server.retention.past import Past
from fieldapp.server.retention.removal import remove
from fieldapp.server.thai_day import thai_day
from tests.support.district import make_child
from tests.support.office import OfficeVisitor


def sheet(office: OfficeVisitor, device_id: str) -> LostSheet:
    with office.district.engine.connect() as connection:
        return lost.sheet(connection, office.district.id, device_id)


def heard_of(office: OfficeVisitor, device_id: str, at: dt.datetime) -> None:
    device = tables.device
    with office.district.engine.begin() as connection:
        mine = (device.c.district_id == office.district.id) & (device.c.id == device_id)
        connection.execute(update(device).where(mine).values(last_seen_at=at))


def names(found: tuple[lost.ChildOnIt, ...]) -> list[str]:
    return [one.child.given_name for one in found]


def of(name: str, **values: object) -> Child:
    return make_child(name, **values)


def test_the_children_that_were_sent_are_on_the_sheet_and_no_others(office: OfficeVisitor) -> None:
    teacher, other = office.district.add_person("somying"), office.district.add_person("somchai")
    office.district.add_case(teacher, child=of("กมล", national_id="1103700000003", disability="1"))
    office.district.add_case(other, child=of("ขวัญ"))
    laptop = office.running.caller("somying")
    laptop.pull()
    office.district.add_case(teacher, child=of("คนที่มาทีหลัง"))
    found = sheet(office, laptop.device_id)
    assert names(found.children) == ["กมล"]
    assert found.here[0].groups == {"name", "number", "address", "disability"}
    assert found.sensitive == 1
    page = office.get(f"/office/safety/{laptop.device_id}").text
    assert "กมล" in page
    assert "1103700000003" not in page
    assert "คนที่มาทีหลัง" not in page


def test_a_child_that_went_to_someone_else_before_the_last_contact_is_named_apart(office: OfficeVisitor) -> None:
    teacher, other = office.district.add_person("somying"), office.district.add_person("somchai", school_code="46030002")
    case_id = office.district.add_case(teacher, child=of("กมล"))
    laptop = office.running.caller("somying")
    laptop.pull()
    office.district.record([office.district.assignment(case_id, other)])
    heard_of(office, laptop.device_id, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
    found = sheet(office, laptop.device_id)
    assert (names(found.here), names(found.before)) == ([], ["กมล"])


def test_a_child_that_went_to_someone_else_after_the_last_contact_is_still_on_the_laptop(office: OfficeVisitor) -> None:
    teacher, other = office.district.add_person("somying"), office.district.add_person("somchai", school_code="46030002")
    case_id = office.district.add_case(teacher, child=of("กมล"))
    laptop = office.running.caller("somying")
    laptop.pull()
    heard_of(office, laptop.device_id, dt.datetime.now(dt.UTC))
    office.district.record([office.district.assignment(case_id, other)])
    assert names(sheet(office, laptop.device_id).here) == ["กมล"]


def test_what_a_school_head_had_stays_on_the_sheet_when_their_role_changes(office: OfficeVisitor) -> None:
    head = office.district.add_person("head", Role.SCHOOL_HEAD)
    office.district.add_case(school_code="46030001", child=of("กมล"))
    laptop = office.running.caller("head")
    laptop.pull()
    with office.district.engine.begin() as connection:
        change_person(connection, office.district.id, head.id, dt.datetime.now(dt.UTC), role=Role.TEACHER)
    assert names(sheet(office, laptop.device_id).here) == ["กมล"]


def test_looking_at_the_sheet_is_noted_and_the_time_to_tell_is_72_hours(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    laptop = office.running.caller("somying")
    page = office.get(f"/office/safety/{laptop.device_id}", known="20/11/2569").text
    assert "23 พฤศจิกายน 2569" in page
    assert "ใบคุ้มครองข้อมูล" in office.get("/office/audit").text
    assert office.get("/office/safety/unknown").status_code == 404


def test_retention_is_set_by_an_administrator_and_goes_by_version(office: OfficeVisitor) -> None:
    fields = {"cases": "5", "audit": "3", "list_rows": "0", "signed_in": "1"}
    office.get("/office/safety")
    assert office.post("/office/safety/retention", version="0", **fields).status_code == 403
    office.district.add_person("admin", Role.ADMIN, "")
    admin = OfficeVisitor(office.running)
    admin.sign_in("admin")
    admin.get("/office/safety")
    assert admin.post("/office/safety/retention", version="0", **fields).status_code == 200
    assert admin.post("/office/safety/retention", version="0", **fields).status_code == 422
    assert admin.post("/office/safety/retention", version="1", **{**fields, "cases": "-1"}).status_code == 422
    with office.district.engine.connect() as connection:
        assert past.years(connection, office.district.id) == {"cases": 5, "audit": 3, "list_rows": 0, "signed_in": 1}


def test_only_closed_cases_in_which_nothing_happened_for_so_long_would_be_removed(office: OfficeVisitor) -> None:
    case = record_tables.case
    old, fresh, still_open = office.district.add_cases(3)
    long_ago = {"state": "returned", "state_on": dt.date(2010, 1, 1), "listed_on": dt.date(2009, 1, 1)}
    changes = {old: long_ago, fresh: {**long_ago, "last_visit_on": dt.date(2026, 1, 1)}, still_open: {**long_ago, "state": "tracing"}}
    with office.district.engine.begin() as connection:
        for case_id, values in changes.items():
            connection.execute(update(case).where(case.c.district_id == office.district.id, case.c.id == case_id).values(**values))
        ahead = look_ahead(connection, Past(office.district.id, past.YEARS, dt.date(2026, 11, 22)))
        for_ever = look_ahead(connection, Past(office.district.id, {**past.YEARS, "cases": 0}, dt.date(2026, 11, 22)))
    assert [one.case_id for one in ahead.shown] == [old]
    assert (ahead.cases, for_ever.cases) == (1, 0)


def test_a_laptop_that_told_of_unsent_things_says_so_on_the_sheet(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    laptop = office.running.caller("somying")
    row = {"district_id": office.district.id, "device_id": laptop.device_id, "person_id": teacher.id, "records": 3, "photos": 7}
    with office.district.engine.begin() as connection:
        connection.execute(unsent_told.insert(), {**row, "told_at": dt.datetime.now(dt.UTC)})
    for path in (f"/office/safety/{laptop.device_id}", "/office/devices"):
        assert "3 รายการ · 7 ภาพ" in office.get(path).text


LONG_AGO = dt.datetime(2010, 5, 1, tzinfo=dt.UTC)


def an_admin(office: OfficeVisitor) -> OfficeVisitor:
    office.district.add_person("admin", Role.ADMIN, "")
    admin = OfficeVisitor(office.running)
    admin.sign_in("admin")
    return admin


def counted(office: OfficeVisitor, table: Table) -> int:
    with office.district.engine.connect() as connection:
        query = select(func.count()).select_from(table).where(table.c.district_id == office.district.id)
        return connection.execute(query).scalar_one()


def an_old_entry(office: OfficeVisitor, **values: object) -> str:
    """Of the audit."""
    entry = {"district_id": office.district.id, "id": new_id(), "at": LONG_AGO, "action": "viewed", "subject": "x", "detail": {}}
    with office.district.engine.begin() as connection:
        connection.execute(tables.audit.insert(), {**entry, **values})
    return str({**entry, **values}["id"])


def entries_left(office: OfficeVisitor, *ids: str) -> set[str]:
    with office.district.engine.connect() as connection:
        return set(connection.scalars(select(tables.audit.c.id).where(tables.audit.c.id.in_(ids))))


def an_old_list(office: OfficeVisitor, *states: str) -> None:
    """The district's own list, with a row of each state and a note about each."""
    district, received = office.district, record_tables.received_list
    mine = {"district_id": district.id, "list_id": district.list_id}
    begun = {
        "id": district.list_id,
        "district_id": district.id,
        "state": "taken",
        "list_type": "dropped_out",
        "round": "1/2553",
        "as_of": LONG_AGO.date(),
        "source_name": "x.xlsx",
        "source_sha256": "0",
        "sheet": "",
        "created_at": LONG_AGO,
        "created_by": "",
        "labels": [],
        "samples": [["ธนกร"]],
        "mapping": {},
        "job": "",
        "job_order": {},
        "job_stage": "",
        "job_done": 0,
        "job_total": 0,
    }
    with district.engine.begin() as connection:
        connection.execute(list_import.insert(), {**begun, "job_failure": {}})
        connection.execute(update(received).where(received.c.district_id == district.id).values(imported_at=LONG_AGO))
        for number, state in enumerate(states, start=2):
            row = {**mine, "row_number": number, "cells": ["ธนกร"], "state": state, "findings": []}
            connection.execute(tables.list_row.insert(), row)
            note = {**mine, "row_number": number, "id": new_id(), "at": LONG_AGO, "by_person": "", "act": "taken", "detail": {}}
            connection.execute(list_row_note.insert(), note)


def sign_ins(office: OfficeVisitor, device_id: str) -> int:
    session = tables.session
    query = select(func.count()).where(session.c.district_id == office.district.id, session.c.device_id == device_id)
    with office.district.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def ended_long_ago(office: OfficeVisitor) -> None:
    """All sign-ins that there are, in the order in which they were made."""
    moved = ", ".join(f"{column} = {column} - interval '800 days'" for column in ("created_at", "access_expires_at", "refresh_expires_at"))
    with office.district.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE session_ SET {moved}, first_used_at = created_at - interval '800 days' WHERE district_id = %s", (office.district.id,)
        )


def test_what_is_past_its_years_is_removed_after_it_was_looked_at_and_cases_stay(office: OfficeVisitor) -> None:
    admin = an_admin(office)
    case_id = office.district.add_case()
    with office.district.engine.begin() as connection:
        case = record_tables.case
        values = {"state": "returned", "state_on": dt.date(2010, 1, 1), "listed_on": dt.date(2009, 1, 1)}
        connection.execute(update(case).where(case.c.district_id == office.district.id, case.c.id == case_id).values(**values))
    an_old_list(office, "taken", "dropped", "kept_back")
    gone, elsewhere = an_old_entry(office), an_old_entry(office, district_id=f"{office.district.id}-x")
    fresh = an_old_entry(office, at=dt.datetime.now(dt.UTC) - dt.timedelta(days=300))

    page = admin.get("/office/safety/removal").text
    assert "ในจำนวนนี้ 1 แถวยังไม่เคยตัดสิน" in page
    assert "ลบ 4 รายการ" in page
    assert (counted(office, tables.list_row), entries_left(office, gone)) == (3, {gone})

    answer = admin.post("/office/safety/removal", version="0", on=today())
    assert "ลบแล้ว 4 รายการ" in answer.text
    assert entries_left(office, gone, elsewhere, fresh) == {elsewhere, fresh}
    assert (counted(office, tables.list_row), counted(office, list_row_note), counted(office, record_tables.received_list)) == (0, 0, 1)
    assert counted(office, record_tables.case) == 1
    assert case_id in admin.get("/office/safety").text
    with office.district.engine.connect() as connection:
        mine = (list_import.c.district_id == office.district.id,)
        assert connection.execute(select(list_import.c.state, list_import.c.samples).where(*mine)).one() == ("cleared", [])
        audit = tables.audit
        noted = select(audit.c.person_id, audit.c.subject, audit.c.detail).where(audit.c.district_id == office.district.id)
        (row,) = connection.execute(noted.where(audit.c.action == "removed"))
    assert (row.person_id, row.subject) == (office.district.people["admin"].id, "past_years")
    assert {name: row.detail[name] for name in ("audit", "list_rows", "sessions")} == {"audit": 1, "list_rows": 3, "sessions": 0}
    cleared = admin.get(f"/office/lists/{office.district.list_id}").text
    assert "ลบแถวของบัญชีนี้แล้ว" in cleared
    assert 'class="figure"' not in cleared
    assert "ลบแถวแล้ว" in admin.get("/office/lists").text
    assert "ข้อมูลที่พ้นกำหนดเก็บ" in admin.get("/office/audit", action="removed").text

    assert "ไม่ได้ลบอะไร" in admin.post("/office/safety/removal", version="0", on=today()).text


def test_only_an_administrator_removes_and_only_what_the_page_has_shown(office: OfficeVisitor) -> None:
    entry = an_old_entry(office)
    office.get("/office/safety")
    assert office.get("/office/safety/removal").status_code == 403
    assert office.post("/office/safety/removal", version="0", on=today()).status_code == 403
    admin = an_admin(office)
    admin.get("/office/safety/removal")
    yesterday = (dt.date.fromisoformat(today()) - dt.timedelta(days=1)).isoformat()
    for seen in ({"version": "1", "on": today()}, {"version": "0", "on": yesterday}, {}):
        assert admin.post("/office/safety/removal", **seen).status_code == 422
    assert entries_left(office, entry) == {entry}
    kept = {"cases": "0", "audit": "0", "list_rows": "0", "signed_in": "0"}
    admin.post("/office/safety/retention", version="0", **kept)
    assert "ไม่ได้ลบอะไร" in admin.post("/office/safety/removal", version="1", on=today()).text
    assert entries_left(office, entry) == {entry}


def test_what_was_sent_to_a_laptop_in_use_stays_known_however_old_and_so_does_whose_it_is(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    case_id = office.district.add_case(teacher, child=of("กมล"))
    laptop = office.running.caller("somying")
    silent = office.running.caller("somying")
    laptop.sign_in("somying")
    laptop.sign_in("somying")
    ended_long_ago(office)
    heard_of(office, silent.device_id, LONG_AGO)
    sent = an_old_entry(office, device_id=laptop.device_id, subject="pull", detail={"cases": [case_id]})
    forgotten = an_old_entry(office, device_id=silent.device_id, subject="pull", detail={"cases": [case_id]})
    signed_in = an_old_entry(office, device_id=laptop.device_id, action="signed_in")

    admin = an_admin(office)
    admin.get("/office/safety/removal")
    assert admin.post("/office/safety/removal", version="0", on=today()).status_code == 200
    assert entries_left(office, sent, forgotten, signed_in) == {sent}
    assert (sign_ins(office, laptop.device_id), sign_ins(office, silent.device_id)) == (1, 1)
    found = sheet(office, laptop.device_id)
    assert (names(found.here), [name for _, name in found.device.people]) == (["กมล"], ["ครู somying"])


def test_a_laptop_that_said_farewell_goes_on_being_known_as_one_that_did(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    laptop = office.running.caller("somying")
    session = tables.session
    with office.district.engine.begin() as connection:
        mine = (session.c.district_id == office.district.id) & (session.c.device_id == laptop.device_id)
        connection.execute(update(session).where(mine).values(refresh_expires_at=session.c.created_at))
    laptop.sign_in("somying")
    ended_long_ago(office)
    with office.district.engine.begin() as connection:
        assert remove(connection, Past(office.district.id, past.YEARS, dt.date.fromisoformat(today()))).sessions == 0


def today() -> str:
    return thai_day(dt.datetime.now(dt.UTC)).isoformat()
