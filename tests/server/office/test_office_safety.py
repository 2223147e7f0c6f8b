"""Data protection at the office's pages: what was on a lost laptop, and how long what is kept."""

import datetime as dt

from sqlalchemy import update

from fieldapp.domain.child import Child
from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import retention, tables
from fieldapp.server.access.accounts import change_person
from fieldapp.server.devices import lost
from fieldapp.server.devices.lost import LostSheet
from fieldapp.server.people.tables import unsent_told
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
        assert retention.years(connection, office.district.id) == {"cases": 5, "audit": 3, "list_rows": 0, "signed_in": 1}


def test_only_closed_cases_in_which_nothing_happened_for_so_long_would_be_removed(office: OfficeVisitor) -> None:
    case = record_tables.case
    old, fresh, still_open = office.district.add_cases(3)
    long_ago = {"state": "returned", "state_on": dt.date(2010, 1, 1), "listed_on": dt.date(2009, 1, 1)}
    changes = {old: long_ago, fresh: {**long_ago, "last_visit_on": dt.date(2026, 1, 1)}, still_open: {**long_ago, "state": "tracing"}}
    with office.district.engine.begin() as connection:
        for case_id, values in changes.items():
            connection.execute(update(case).where(case.c.district_id == office.district.id, case.c.id == case_id).values(**values))
        ahead = retention.look_ahead(connection, office.district.id, retention.YEARS, dt.date(2026, 11, 22))
        for_ever = retention.look_ahead(connection, office.district.id, {**retention.YEARS, "cases": 0}, dt.date(2026, 11, 22))
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
