"""Conflicts as the district keeps them: a record for everyone who has the child, an entry in the inbox, a decision that ends both."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, ChildId, new_id
from fieldapp.domain.payloads import CaseListed, ChildEdited, ConflictDecided
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Person, Role
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.wire import codec
from fieldapp.wire.messages import Status
from tests.support.district import LISTED_ON, TestDistrict, make_child, make_event
from tests.support.district_server import Caller, Running

PHONE = "guardian_phone"


def edit(by: Person, child_id: str, value: Any, seen: str | None = None, field: str = PHONE) -> Event:
    return make_event(ChildEdited({field: value}, {field: seen} if seen else {}), child_id, by.id, 1)


def decision(by: Person, conflict: Conflict, value: Any) -> Event:
    return make_event(ConflictDecided(conflict.child_id, value, conflict.kept_event), conflict.id, by.id, conflict.version)


def pulled(caller: Caller, cursor: int = 0) -> list[Conflict]:
    changes = [change for change in caller.pull(cursor).changes if change.type == "conflict"]
    records = [codec.record_from_wire("conflict", change.body or {}) for change in changes]
    return [record for record in records if isinstance(record, Conflict)]


def inbox_of(district: TestDistrict) -> list[Any]:
    with district.engine.connect() as connection:
        table = tables.inbox
        query = select(table).where(table.c.district_id == district.id, table.c.kind == "conflict").order_by(table.c.opened_at, table.c.id)
        return list(connection.execute(query).mappings())


def phone_of(district: TestDistrict, child_id: str) -> str:
    with district.engine.connect() as connection:
        child = SqlRecords(connection, district.id).child(child_id)  # type: ignore[arg-type]
        assert child is not None
        return child.guardian_phone


class Scene:
    """A teacher's child whose telephone the officer has changed, and then the teacher, who had not seen it."""

    def __init__(self, running: Running) -> None:
        self.district = running.district
        self.teacher = self.district.add_person("teacher")
        self.officer = self.district.officer
        child = make_child()
        self.child_id = child.id
        self.case_id = self.district.add_case(self.teacher, child=child)
        self.as_teacher, self.as_officer = running.caller("teacher"), running.caller("officer")
        self.first = edit(self.officer, child.id, "0811111111")
        self.second = edit(self.teacher, child.id, "0822222222")
        self.as_officer.push(self.first)
        self.as_teacher.push(self.second)
        (self.conflict,) = pulled(self.as_teacher)


@pytest.fixture
def scene(running: Running) -> Scene:
    return Scene(running)


def test_a_conflict_is_a_record_for_everyone_who_has_the_child(running: Running, scene: Scene) -> None:
    running.district.add_person("stranger")
    head = running.district.add_person("head", Role.SCHOOL_HEAD)
    assert scene.conflict == Conflict(
        id=f"{scene.second.id}:{PHONE}",
        child_id=scene.child_id,
        field=PHONE,
        offered="0822222222",
        offered_by=scene.teacher.id,
        offered_at=scene.second.made_at,
        kept="0811111111",
        kept_event=scene.first.id,
        kept_by=scene.officer.id,
        kept_at=scene.first.made_at,
    )
    assert pulled(scene.as_officer) == pulled(running.caller("head")) == [scene.conflict]
    assert head.id != scene.teacher.id
    assert pulled(running.caller("stranger")) == []


def test_of_two_edits_in_one_batch_the_first_names_its_person(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    running.district.add_case(teacher, child=child)
    first, second = edit(teacher, child.id, "0811111111"), edit(teacher, child.id, "0822222222")
    caller = running.caller("teacher")
    assert [answer.status for answer in caller.push(first, second)] == [Status.ACCEPTED, Status.CONFLICT]
    (conflict,) = pulled(caller)
    assert (conflict.kept_event, conflict.kept_by, conflict.kept_at) == (first.id, teacher.id, first.made_at)


def test_the_lists_own_value_has_nobodys_name(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child(birth_on=dt.date(2014, 7, 9))
    running.district.add_case(teacher, child=child)
    caller = running.caller("teacher")
    caller.push(edit(teacher, child.id, "2014-07-19", seen=new_id(), field="birth_on"))
    (conflict,) = pulled(caller)
    assert (conflict.kept, conflict.offered) == ("2014-07-09", "2014-07-19")
    assert (conflict.kept_event, conflict.kept_by, conflict.kept_at) == (None, None, None)


@pytest.mark.parametrize(("value", "choice"), [("0822222222", "offered"), ("0811111111", "kept")])
def test_a_decision_ends_the_conflict_and_the_inbox_entry(scene: Scene, value: str, choice: str) -> None:
    (entry,) = inbox_of(scene.district)
    assert (entry["decided_at"], entry["body"]["conflict"]) == (None, scene.conflict.id)
    cursor = scene.as_officer.pull().cursor
    decided = decision(scene.teacher, scene.conflict, value)
    (answer,) = scene.as_teacher.push(decided)
    assert answer.status is Status.ACCEPTED
    assert answer.receipt is not None
    assert phone_of(scene.district, scene.child_id) == value
    (conflict,) = pulled(scene.as_officer, cursor)
    assert (conflict.decided_event, conflict.decided_by, conflict.decision) == (decided.id, scene.teacher.id, value)
    (entry,) = inbox_of(scene.district)
    assert entry["decided_at"] is not None
    assert entry["decided_by"] == scene.teacher.id
    assert entry["decision"] == {"event": decided.id, "choice": choice, "value": value}


def test_two_different_decisions_leave_one_new_conflict_and_the_same_two_none(scene: Scene) -> None:
    kept, offered = decision(scene.officer, scene.conflict, "0811111111"), decision(scene.teacher, scene.conflict, "0822222222")
    assert scene.as_officer.push(kept)[0].status is Status.ACCEPTED
    (answer,) = scene.as_teacher.push(offered)
    assert (answer.status, answer.fields) == (Status.CONFLICT, (PHONE,))
    assert phone_of(scene.district, scene.child_id) == "0811111111"
    (left,) = [one for one in pulled(scene.as_teacher) if one.is_open]
    assert (left.kept_by, left.kept_event, left.offered, left.offered_by) == (scene.officer.id, kept.id, "0822222222", scene.teacher.id)
    assert [entry["decided_at"] is None for entry in inbox_of(scene.district)] == [False, True]
    again = [decision(scene.officer, left, "0822222222"), decision(scene.teacher, left, "0822222222")]
    assert [scene.as_officer.push(again[0])[0].status, scene.as_teacher.push(again[1])[0].status] == [Status.ACCEPTED] * 2
    assert phone_of(scene.district, scene.child_id) == "0822222222"
    assert not [one for one in pulled(scene.as_teacher) if one.is_open]
    assert not [entry for entry in inbox_of(scene.district) if entry["decided_at"] is None]


def test_an_edit_and_the_decision_about_it_may_come_in_one_batch(running: Running, scene: Scene) -> None:
    """As a bundle brings them that was written after a sync."""
    house = [edit(scene.officer, scene.child_id, "1", field="house_no"), edit(scene.officer, scene.child_id, "2", field="house_no")]
    scene.as_officer.push(*house, decision(scene.officer, scene.conflict, "0822222222"))
    assert [(one.field, one.is_open) for one in pulled(scene.as_teacher)] == [(PHONE, False), ("house_no", True)]
    assert [entry["decided_at"] is None for entry in inbox_of(running.district)] == [False, True]


def test_a_later_value_of_the_field_is_laid_beside_what_waits(scene: Scene) -> None:
    third = edit(scene.officer, scene.child_id, "0833333333", seen=scene.first.id)
    scene.as_officer.push(third)
    (conflict,) = pulled(scene.as_teacher)
    assert (conflict.kept, conflict.kept_event, conflict.offered, conflict.version) == ("0833333333", third.id, "0822222222", 2)


def test_who_may_decide(running: Running, scene: Scene) -> None:
    """Whoever has the child; held for who once had it; nobody else."""
    stranger = running.district.add_person("stranger")
    head = running.district.add_person("head", Role.SCHOOL_HEAD)
    by_stranger = decision(stranger, scene.conflict, "0822222222")
    (answer,) = running.caller("stranger").push(by_stranger)
    assert (answer.status, answer.code) == (Status.REJECTED, "not_yours")
    (answer,) = scene.as_teacher.push(replace(by_stranger, id=new_id()))
    assert (answer.status, answer.code, answer.field) == (Status.REJECTED, "not_yours", "by")
    running.district.assign(scene.case_id, stranger)
    (answer,) = scene.as_teacher.push(decision(scene.teacher, scene.conflict, "0822222222"))
    assert (answer.status, answer.code) == (Status.HELD, "no_longer_yours")
    assert phone_of(scene.district, scene.child_id) == "0811111111"
    (answer,) = running.caller("head").push(decision(head, scene.conflict, "0822222222"))
    assert answer.status is Status.ACCEPTED
    assert phone_of(scene.district, scene.child_id) == "0822222222"


def test_a_decision_that_cannot_be_true_is_refused_and_changes_nothing(scene: Scene) -> None:
    nowhere = make_event(ConflictDecided(ChildId(new_id()), "1"), f"{new_id()}:{PHONE}", scene.teacher.id)
    wrong = decision(scene.teacher, scene.conflict, 5)
    answers = scene.as_teacher.push(nowhere, wrong)
    assert [(answer.status, answer.code, answer.field) for answer in answers] == [
        (Status.REJECTED, "unknown_record", "child_id"),
        (Status.REJECTED, "wrong_value", PHONE),
    ]
    assert pulled(scene.as_teacher) == [scene.conflict]


def test_a_decision_is_taken_where_the_edit_that_it_is_about_has_not_come_again(running: Running) -> None:
    """As after the district was restored from an older backup."""
    teacher = running.district.add_person("teacher")
    child = make_child()
    running.district.add_case(teacher, child=child)
    forgotten = edit(teacher, child.id, "0822222222")
    decided = make_event(ConflictDecided(child.id, "0822222222"), f"{forgotten.id}:{PHONE}", running.district.officer.id, 1)
    assert running.caller("officer").push(decided)[0].status is Status.ACCEPTED
    caller = running.caller("teacher")
    assert caller.push(forgotten)[0].status is Status.ACCEPTED
    assert phone_of(running.district, child.id) == "0822222222"
    assert pulled(caller) == []


def test_a_conflict_goes_where_the_child_goes(running: Running, scene: Scene) -> None:
    """To another teacher with the case, and with a newer list to whoever has the child then."""
    other, third = running.district.add_person("other"), running.district.add_person("third")
    running.district.assign(scene.case_id, other)
    assert pulled(running.caller("other")) == [scene.conflict]
    assert pulled(scene.as_teacher) == []
    with running.district.engine.connect() as connection:
        child = SqlRecords(connection, running.district.id).child(scene.child_id)  # type: ignore[arg-type]
    assert child is not None
    newer = CaseId(new_id())
    listed = CaseListed(
        replace(child, version=1, field_events={}), running.district.list_id, ListType.DROPPED_OUT, LISTED_ON + dt.timedelta(days=200)
    )
    running.district.record([running.district.event(listed, newer), running.district.assignment(newer, third)])
    assert pulled(running.caller("third")) == [scene.conflict]
    assert pulled(running.caller("other")) == []


def test_a_decision_is_in_the_audit_under_its_child(scene: Scene) -> None:
    decided = decision(scene.teacher, scene.conflict, "0822222222")
    scene.as_teacher.push(decided)
    audit = tables.audit
    query = select(audit).where(audit.c.district_id == scene.district.id, audit.c.subject == scene.child_id, audit.c.action == "changed")
    with scene.district.engine.connect() as connection:
        entries = list(connection.execute(query).mappings())
    assert [entry["person_id"] for entry in entries if entry["detail"] == {"events": [decided.id]}] == [scene.teacher.id]
