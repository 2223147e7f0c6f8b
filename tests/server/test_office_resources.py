"""What district staff do over HTTP: accounts, devices, assignments, lists of cases, the report."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.domain.visit import Outcome
from fieldapp.server import tables
from tests.support.district import DUE_ON, PASSWORD, VISITED_ON, make_child, make_visit, visit_event
from tests.support.district_server import Caller, Running

NEW = {"account": "new.teacher", "password": PASSWORD, "name": "ครูใหม่", "role": "teacher", "school_code": "46030001"}


def audited(running: Running, action: str) -> list[str]:
    audit = tables.audit
    with running.district.engine.connect() as connection:
        query = select(audit.c.subject).where(audit.c.district_id == running.district.id, audit.c.action == action)
        return list(connection.execute(query).scalars())


def admin_of(running: Running) -> Caller:
    running.district.add_person("admin", Role.ADMIN, "")
    return running.caller("admin")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_HEAD, Role.PARTNER])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/accounts", None),
        ("POST", "/accounts", NEW),
        ("PATCH", "/accounts/x", {"name": "ครูใหม่"}),
        ("POST", "/accounts/x/close", None),
        ("GET", "/devices", None),
        ("POST", "/devices/x/revoke", None),
        ("POST", "/assignments", {"case_ids": [], "school_code": "46030001"}),
        ("GET", "/reports/ladder?as_of=2026-06-30", None),
    ],
)
def test_who_is_not_of_the_district_office_is_refused(running: Running, role: Role, method: str, path: str, body: Any) -> None:
    running.district.add_person("outsider", role)
    answer = running.caller("outsider").call(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/accounts", NEW),
        ("PATCH", "/accounts/x", {"name": "ครูใหม่"}),
        ("POST", "/accounts/x/close", None),
        ("POST", "/devices/x/revoke", None),
    ],
)
def test_accounts_and_laptops_are_kept_by_administrators_as_at_the_pages(
    running: Running, role: Role, method: str, path: str, body: Any
) -> None:
    running.district.add_person("staff", role, "")
    staff = running.caller("staff")
    answer = staff.call(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert (staff.call("GET", "/accounts").status_code, staff.call("GET", "/devices").status_code) == (200, 200)


def test_an_account_is_added_and_can_sign_in(running: Running) -> None:
    answer = admin_of(running).call("POST", "/accounts", json={**NEW, "expires_on": "2030-12-31"})
    assert answer.status_code == 201
    session = running.caller("new.teacher").session
    assert session is not None
    assert answer.json()["person_id"] == session.person_id
    assert audited(running, "account_added") == [session.person_id]
    accounts = running.caller("officer").call("GET", "/accounts").json()["accounts"]
    assert [(row["account"], row["expires_on"]) for row in accounts] == [("admin", None), ("new.teacher", "2030-12-31"), ("officer", None)]
    assert not any("password" in name for row in accounts for name in row)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account": "Officer"}, "account"),
        ({"account": " "}, "account"),
        ({"password": "สั้น"}, "password"),
        ({"name": ""}, "name"),
        ({"role": "king"}, "role"),
        ({"school_code": ""}, "school_code"),
        ({"expires_on": "tomorrow"}, "expires_on"),
    ],
)
def test_an_account_with_a_wrong_value_is_refused_with_the_field(running: Running, changes: dict[str, str], field: str) -> None:
    answer = admin_of(running).call("POST", "/accounts", json={**NEW, **changes})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "wrong_value", field)


def test_a_closed_account_is_shown_as_no_longer_active(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    admin = admin_of(running)
    cursor = admin.pull().cursor
    assert admin.call("POST", f"/accounts/{teacher.id}/close").status_code == 204
    (change,) = admin.pull(cursor).changes
    assert (change.type, change.id, change.body and change.body["active"]) == ("person", teacher.id, False)
    assert admin.call("POST", f"/accounts/{new_id()}/close").status_code == 404


def test_another_role_and_school_reach_everyone_and_hold_at_once(running: Running) -> None:
    running.district.add_school("46030002")
    case_id = running.district.add_case(school_code="46030002")
    head = running.district.add_person("head", Role.SCHOOL_HEAD)
    admin, caller = admin_of(running), running.caller("head")
    cursor = admin.pull().cursor
    assert caller.ids("case") == set()
    answer = admin.call("PATCH", f"/accounts/{head.id}", json={"school_code": "46030002"})
    assert (answer.status_code, answer.json()["role"], answer.json()["school_code"]) == (200, "school_head", "46030002")
    assert caller.ids("case") == {case_id}
    (change,) = admin.pull(cursor).changes
    assert (change.id, change.body and change.body["school_code"]) == (head.id, "46030002")
    assert audited(running, "account_changed") == [head.id]
    refused = admin.call("PATCH", f"/accounts/{head.id}", json={"role": "teacher", "school_code": ""})
    assert (refused.status_code, refused.json()["field"]) == (422, "school_code")
    assert admin.call("PATCH", f"/accounts/{new_id()}", json={"name": "ครู"}).status_code == 404


def test_nobody_changes_their_own_role_or_closes_themselves(running: Running) -> None:
    admin = admin_of(running)
    own = admin.session.person_id if admin.session else ""
    assert admin.call("PATCH", f"/accounts/{own}", json={"role": "coordinator"}).json()["code"] == "not_allowed"
    assert admin.call("POST", f"/accounts/{own}/close").json()["code"] == "not_allowed"
    assert admin.call("PATCH", f"/accounts/{own}", json={"name": "ผู้ดูแล สมศรี"}).json()["name"] == "ผู้ดูแล สมศรี"
    assert admin.call("PATCH", f"/accounts/{running.district.officer.id}", json={"role": "admin"}).status_code == 200


def test_devices_are_listed_with_who_used_them(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    caller = running.caller("teacher")
    devices = running.caller("officer").call("GET", "/devices").json()["devices"]
    (found,) = [row for row in devices if row["id"] == caller.device_id]
    assert (found["name"], found["person_ids"], found["revoked_at"]) == ("โน้ตบุ๊กทดสอบ", [teacher.id], None)
    assert admin_of(running).call("POST", f"/devices/{new_id()}/revoke").status_code == 404


def test_cases_assigned_over_http_reach_the_teacher_and_the_school_head(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    running.district.add_person("head", Role.SCHOOL_HEAD)
    case_ids = running.district.add_cases(3)
    body = {"case_ids": [*case_ids, new_id()], "person_id": teacher.id, "due_on": DUE_ON.isoformat()}
    answers = running.caller("officer").call("POST", "/assignments", json=body).json()["answers"]
    assert [answer["status"] for answer in answers] == ["accepted"] * 3 + ["rejected"]
    assert running.caller("teacher").ids("case") == running.caller("head").ids("case") == set(case_ids)


@pytest.mark.parametrize(("person", "field"), [(None, "person_id"), ("0198c0de-0000-7000-8000-000000000000", "person_id")])
def test_an_assignment_to_nobody_is_refused(running: Running, person: str | None, field: str) -> None:
    answer = running.caller("officer").call("POST", "/assignments", json={"case_ids": running.district.add_cases(1), "person_id": person})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def case_ids_in(caller: Caller, **filters: object) -> list[str]:
    return [row["case_id"] for row in caller.call("GET", "/cases", params=filters).json()["cases"]]


def test_cases_are_listed_within_the_scope_and_by_filter(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    visited = running.district.add_case(teacher, child=child)
    running.district.record([visit_event(make_visit(visited, child.id, teacher.id, Outcome.NOT_FOUND))])
    mine, free = running.district.add_case(teacher), running.district.add_case()
    officer = running.caller("officer")
    assert case_ids_in(officer) == sorted([visited, mine, free])
    assert case_ids_in(officer, state="not_found") == [visited]
    assert case_ids_in(officer, assignee=teacher.id) == sorted([visited, mine])
    assert case_ids_in(officer, list_type="dropped_out") == []
    assert case_ids_in(running.caller("teacher")) == sorted([visited, mine])
    first = officer.call("GET", "/cases", params={"limit": 2}).json()
    assert case_ids_in(officer, after=first["after"]) == sorted([visited, mine, free])[2:]


def test_the_ladder_changes_by_exactly_one_visit(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    running.district.add_case(teacher)
    officer = running.caller("officer")

    def ladder() -> Any:
        answer = officer.call("GET", "/reports/ladder", params={"as_of": (VISITED_ON + dt.timedelta(days=1)).isoformat()})
        assert answer.status_code == 200, answer.text
        return answer.json()

    before = ladder()
    running.caller("teacher").push(visit_event(make_visit(case_id, child.id, teacher.id, Outcome.RETURNED)))
    after = ladder()
    assert before != after
    assert officer.call("GET", "/reports/ladder?as_of=2026-06-30&preset=other").json()["field"] == "preset"
