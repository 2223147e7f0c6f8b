"""What becomes of pushed events: who may, what is held, what is refused, and that asking again changes nothing."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy import select

from fieldapp.domain.event import Event
from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, PersonId, PhotoId, new_id
from fieldapp.domain.payloads import CaseChecked, ChildEdited, FollowUpClosed, FollowUpPlanned, PhotoAdded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, Visit
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.wire import codec
from fieldapp.wire.messages import MAX_EVENTS, Answer, Status
from tests.support.district import DUE_ON, LISTED_ON, TestDistrict, make_child, make_event, make_visit, visit_event
from tests.support.district_server import Running, jpeg


def photo_of(visit: Visit, content: bytes) -> Photo:
    return Photo(
        PhotoId(new_id()), visit.id, visit.case_id, codec.sha256_hex(content), len(content), "image/jpeg", 800, 600, PhotoKind.OUTSIDE
    )


def photo_event(photo: Photo, by: str) -> Event:
    return make_event(PhotoAdded(photo), photo.id, by)


def verdicts(answers: tuple[Answer, ...]) -> list[tuple[str, str, str]]:
    return [(answer.status, answer.code, answer.field) for answer in answers]


def inbox_of(district: TestDistrict) -> list[Any]:
    with district.engine.connect() as connection:
        return list(connection.execute(select(tables.inbox).where(tables.inbox.c.district_id == district.id)).mappings())


def verify(receipt: Receipt, key: str) -> None:
    VerifyKey(bytes.fromhex(key)).verify(receipt.signed_bytes(), bytes.fromhex(receipt.signature))


def test_a_visit_changes_its_case_and_is_receipted(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    visit = make_visit(case_id, child.id, teacher.id, Outcome.WANTS_RETURN)
    event = visit_event(visit)
    (answer,) = running.caller("teacher").push(event)
    assert answer.status is Status.ACCEPTED
    assert answer.receipt is not None
    assert answer.receipt.sha256 == codec.event_sha256(codec.event_to_wire(event))
    verify(answer.receipt, running.stranger().call("GET", "/hello").json()["signing_key"])
    with running.district.engine.connect() as connection:
        case = SqlRecords(connection, running.district.id).case(case_id)
    assert case is not None
    assert case.state is CaseState.WANTS_RETURN


@pytest.mark.parametrize("change", [{"sequence": 7}, {"sha256": "0" * 64}, {"subject": "other"}, {"district_id": "9999"}])
def test_an_altered_receipt_does_not_verify(running: Running, change: dict[str, Any]) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    (answer,) = running.caller("teacher").push(visit_event(make_visit(case_id, child.id, teacher.id)))
    assert answer.receipt is not None
    with pytest.raises(BadSignatureError):
        verify(replace(answer.receipt, **change), running.district.found.signing_key)


def test_a_repeated_push_gets_the_same_answer_and_changes_nothing(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    caller = running.caller("teacher")
    event = visit_event(make_visit(case_id, child.id, teacher.id))
    first = caller.push(event)
    cursor = caller.pull().cursor
    assert caller.push(event, event) == (*first, *first)
    assert caller.pull(cursor).changes == ()


def test_an_event_id_cannot_be_used_for_something_else(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    caller = running.caller("teacher")
    event = visit_event(make_visit(case_id, child.id, teacher.id))
    caller.push(event)
    assert verdicts(caller.push(replace(event, made_at=event.made_at + dt.timedelta(seconds=1)))) == [
        ("rejected", "different_content", "id")
    ]


def test_a_visit_cannot_be_overwritten_under_its_id(running: Running) -> None:
    mine, theirs = running.district.add_person("mine"), running.district.add_person("theirs")
    child, other_child = make_child(), make_child()
    case_id = running.district.add_case(mine, child=child)
    other_case = running.district.add_case(theirs, child=other_child)
    visit = make_visit(case_id, child.id, mine.id)
    running.caller("mine").push(visit_event(visit))
    forged = replace(make_visit(other_case, other_child.id, theirs.id, Outcome.NOT_FOUND), id=visit.id)
    assert verdicts(running.caller("theirs").push(visit_event(forged))) == [("rejected", "different_content", "record")]
    with running.district.engine.connect() as connection:
        assert SqlRecords(connection, running.district.id).visit(visit.id) == visit


def test_another_teachers_child_can_be_neither_visited_nor_edited(running: Running) -> None:
    mine = running.district.add_person("mine")
    running.district.add_person("stranger")
    child = make_child()
    case_id = running.district.add_case(mine, child=child)
    stranger = running.caller("stranger")
    assert stranger.session is not None
    by = stranger.session.person_id
    visit = make_visit(case_id, child.id, by)
    follow_up = FollowUp(FollowUpId(new_id()), case_id, DUE_ON, PersonId(by))
    answers = stranger.push(
        visit_event(visit),
        photo_event(photo_of(visit, jpeg()), by),
        make_event(ChildEdited({"house_no": "1"}), child.id, by, 1),
        make_event(FollowUpPlanned(follow_up), follow_up.id, by),
    )
    assert {(answer.status, answer.code) for answer in answers} == {(Status.REJECTED, "not_yours")}
    assert not any(answer.receipt for answer in answers)
    assert inbox_of(running.district) == []


def test_no_one_can_push_in_anothers_name(running: Running) -> None:
    mine, other = running.district.add_person("mine"), running.district.add_person("other")
    child = make_child()
    case_id = running.district.add_case(mine, child=child)
    in_others_name = visit_event(make_visit(case_id, child.id, other.id))
    visit_by_other = replace(in_others_name, by=mine.id)
    assert verdicts(running.caller("mine").push(in_others_name, visit_by_other)) == [
        ("rejected", "not_yours", "by"),
        ("rejected", "not_yours", "visit.by"),
    ]


def test_a_teacher_cannot_do_the_offices_work(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    case_id = running.district.add_case(teacher)
    events = [
        make_event(CaseChecked(LISTED_ON), case_id, teacher.id),
        replace(running.district.assignment(case_id, teacher), by=teacher.id),
    ]
    assert verdicts(running.caller("teacher").push(*events)) == [("rejected", "not_allowed", "kind")] * 2
    officers = replace(events[0], by=running.district.officer.id)
    assert running.caller("officer").push(officers)[0].status is Status.ACCEPTED


def test_work_for_a_child_that_went_to_someone_else_is_held_with_a_receipt(running: Running) -> None:
    """Visit, photo, follow-up and its end, all made in a valley while the office moved the case."""
    before, after = running.district.add_person("before"), running.district.add_person("after")
    child = make_child()
    case_id = running.district.add_case(before, child=child)
    running.district.assign(case_id, after)
    visit = make_visit(case_id, child.id, before.id)
    follow_up = FollowUp(FollowUpId(new_id()), case_id, DUE_ON, before.id)
    events = [
        visit_event(visit),
        photo_event(photo_of(visit, jpeg()), before.id),
        make_event(FollowUpPlanned(follow_up), follow_up.id, before.id),
        make_event(FollowUpClosed(FollowUpState.DONE, LISTED_ON), follow_up.id, before.id),
    ]
    caller = running.caller("before")
    answers = caller.push(*events)
    assert verdicts(answers) == [("held", "no_longer_yours", "")] * 4
    for answer in answers:
        assert answer.receipt is not None
        verify(answer.receipt, running.district.found.signing_key)
    assert caller.push(*events) == answers
    assert [(row["kind"], row["case_id"]) for row in inbox_of(running.district)] == [("held", case_id)] * 4
    with running.district.engine.connect() as connection:
        assert SqlRecords(connection, running.district.id).visit(visit.id) is None


def test_an_end_that_comes_later_waits_beside_its_held_plan(running: Running) -> None:
    before = running.district.add_person("before")
    case_id = running.district.add_case(before)
    running.district.assign(case_id, running.district.add_person("after"))
    follow_up = FollowUp(FollowUpId(new_id()), case_id, DUE_ON, before.id)
    caller = running.caller("before")
    caller.push(make_event(FollowUpPlanned(follow_up), follow_up.id, before.id))
    running.district.assign(case_id, before)
    closed = make_event(FollowUpClosed(FollowUpState.DONE, LISTED_ON), follow_up.id, before.id)
    assert verdicts(caller.push(closed)) == [("held", "no_longer_yours", "")]


def test_two_people_who_change_one_field_open_a_conflict(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child(house_no="1", village="นาคู")
    running.district.add_case(teacher, child=child)
    officer = running.district.officer
    running.caller("officer").push(make_event(ChildEdited({"house_no": "12"}), child.id, officer.id, 1))
    mine = make_event(ChildEdited({"house_no": "21", "village": "บ่อแก้ว"}), child.id, teacher.id, 1)
    caller = running.caller("teacher")
    (answer,) = caller.push(mine)
    assert (answer.status, answer.fields) == (Status.CONFLICT, ("house_no",))
    assert answer.receipt is not None
    assert caller.push(mine) == (answer,)
    with running.district.engine.connect() as connection:
        kept = SqlRecords(connection, running.district.id).child(child.id)
    assert kept is not None
    assert (kept.house_no, kept.village) == ("12", "บ่อแก้ว")
    (row,) = inbox_of(running.district)
    assert row["kind"] == "conflict"
    assert (row["body"]["field"], row["body"]["kept"], row["body"]["offered"], row["body"]["by"]) == ("house_no", "12", "21", teacher.id)
    assert dt.datetime.fromisoformat(row["body"]["made_at"]) == mine.made_at


def test_one_bad_event_does_not_stop_the_others(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    good = codec.event_to_wire(visit_event(make_visit(case_id, child.id, teacher.id)))

    def spoiled(**changes: Any) -> dict[str, Any]:
        return {**codec.event_to_wire(visit_event(make_visit(case_id, child.id, teacher.id))), **changes}

    unmet = visit_event(make_visit(case_id, child.id, teacher.id, met=()))
    with_nul = make_visit(case_id, child.id, teacher.id, note="\x00")
    unknown_case = make_visit(CaseId(new_id()), child.id, teacher.id)
    bad = [
        spoiled(kind="care.given"),
        spoiled(id="1"),
        spoiled(payload=None),
        spoiled(made_at="0001-01-01T00:00:00+07:00"),
        spoiled(extra=0.5),
        {},
        codec.event_to_wire(unmet),
        codec.event_to_wire(visit_event(with_nul)),
        codec.event_to_wire(visit_event(unknown_case)),
    ]
    answers = running.caller("teacher").push_raw([*bad, good])
    assert verdicts(answers) == [
        ("rejected", "unknown_kind", "kind"),
        ("rejected", "wrong_value", "id"),
        ("rejected", "wrong_value", "payload"),
        ("rejected", "wrong_value", "made_at"),
        ("rejected", "wrong_value", "payload"),
        ("rejected", "unknown_kind", "kind"),
        ("rejected", "missing", "met"),
        ("rejected", "wrong_value", "payload"),
        ("rejected", "unknown_record", "case_id"),
        ("accepted", "", ""),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", 10**12),
        ("size", 0),
        ("width", 10**10),
        ("sha256", "not a hash"),
        ("media_type", "text/html"),
        ("taken_at", "2026-06-01T10:00:00"),
        ("taken_at", "0001-01-01T00:00:00+07:00"),
        ("version", 2**40),
    ],
)
def test_a_photo_with_a_value_that_no_table_can_hold_is_refused(running: Running, field: str, value: Any) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    visit = make_visit(case_id, child.id, teacher.id)
    raw = json.loads(json.dumps(codec.event_to_wire(photo_event(photo_of(visit, jpeg()), teacher.id))))
    raw["payload"]["photo"][field] = value
    answers = running.caller("teacher").push_raw([codec.event_to_wire(visit_event(visit)), raw])
    assert [answer.status for answer in answers] == [Status.ACCEPTED, Status.REJECTED]
    assert (answers[1].code, answers[1].field) == ("wrong_value", f"photo.{field}")


def test_too_many_events_are_refused_as_a_whole(running: Running) -> None:
    running.district.add_person("teacher")
    answer = running.caller("teacher").call("POST", "/push", json={"events": [{}] * (MAX_EVENTS + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")


def test_a_school_head_acts_for_every_case_of_the_school(running: Running) -> None:
    teacher = running.district.add_person("teacher", school_code="46030001")
    head = running.district.add_person("head", Role.SCHOOL_HEAD, "46030001")
    running.district.add_school("46030002")
    other_head = running.district.add_person("other", Role.SCHOOL_HEAD, "46030002")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    assert running.caller("head").push(visit_event(make_visit(case_id, child.id, head.id)))[0].status is Status.ACCEPTED
    refused = running.caller("other").push(visit_event(make_visit(case_id, child.id, other_head.id)))
    assert verdicts(refused) == [("rejected", "not_yours", "case_id")]
    running.district.assign(case_id, None, school_code="46030002")
    held = running.caller("head").push(visit_event(make_visit(case_id, child.id, head.id)))
    assert held[0].status is Status.HELD


def test_every_change_of_a_child_is_in_the_audit(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    event = visit_event(make_visit(case_id, child.id, teacher.id))
    caller = running.caller("teacher")
    caller.push(event)
    with running.district.engine.connect() as connection:
        audit = tables.audit
        query = select(audit).where(
            audit.c.district_id == running.district.id, audit.c.person_id == teacher.id, audit.c.action == "changed"
        )
        (entry,) = connection.execute(query).mappings()
    assert (entry["subject"], entry["device_id"], entry["detail"]) == (child.id, caller.device_id, {"events": [event.id]})
