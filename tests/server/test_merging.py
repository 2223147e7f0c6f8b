"""A case that is merged into another: who may, who is told, what becomes of work for it, and what the reports count."""

import datetime as dt

from sqlalchemy import select

from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import CaseId, FollowUpId, PhotoId, new_id
from fieldapp.domain.payloads import CaseMerged, ChildEdited, ConflictDecided, FollowUpPlanned, PhotoAdded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.wire import codec
from fieldapp.wire.messages import Answer, Change, Status
from tests.support.district import DUE_ON, TestDistrict, make_child, make_event, make_visit, visit_event
from tests.support.district_server import Running, jpeg

MERGED_ON = dt.date(2026, 7, 1)


def test_a_merged_case_leaves_its_teacher_with_the_name_of_who_has_the_other(running: Running) -> None:
    district = running.district
    before, after = district.add_person("before"), district.add_person("after")
    child = make_child()
    going, staying = district.add_case(before, child=child), district.add_case(after)
    visit = make_visit(going, child.id, before.id)
    teacher, other, officer = running.caller("before"), running.caller("after"), running.caller("officer")
    teacher.push(visit_event(visit))
    cursor, other_cursor = teacher.pull().cursor, other.pull().cursor
    (answer,) = officer.push(_merge(district, going, staying))
    assert answer.status is Status.ACCEPTED
    (left,) = teacher.pull(cursor).changes
    assert left == Change(left.sequence, "case", going, left=True, to_person=after.id, to_school="46030001", merged_into=staying)
    assert not [change for change in teacher.pull().changes if change.type in ("child", "case", "visit") and not change.left]
    assert other.pull(other_cursor).changes == ()
    merged = next(change for change in officer.pull().changes if change.id == going)
    assert merged.body and (merged.body["state"], merged.body["reason"], merged.body["merged_into"]) == ("list_error", "duplicate", staying)
    assert visit.id in officer.ids("visit")


def test_of_a_row_of_merges_the_last_is_told(running: Running) -> None:
    district = running.district
    teacher, last = district.add_person("teacher"), district.add_person("last")
    first, second, third = district.add_case(teacher), district.add_case(), district.add_case(last)
    caller = running.caller("teacher")
    cursor = caller.pull().cursor
    district.record([_merge(district, first, second), _merge(district, second, third)])
    (left,) = caller.pull(cursor).changes
    assert (left.to_person, left.merged_into) == (last.id, third)


def test_work_for_a_merged_case_is_held_under_its_own_code(running: Running) -> None:
    district = running.district
    teacher = district.add_person("teacher")
    child = make_child()
    going, staying = district.add_case(teacher, child=child), district.add_case()
    caller, officer = running.caller("teacher"), running.caller("officer")
    district.record([_merge(district, going, staying)])
    visit = make_visit(going, child.id, teacher.id)
    content = jpeg()
    photo = Photo(PhotoId(new_id()), visit.id, going, codec.sha256_hex(content), len(content), "image/jpeg", 800, 600, PhotoKind.OUTSIDE)
    plan = FollowUp(FollowUpId(new_id()), going, DUE_ON, teacher.id)
    answers = caller.push(
        visit_event(visit),
        make_event(PhotoAdded(photo), photo.id, teacher.id),
        make_event(FollowUpPlanned(plan), plan.id, teacher.id),
        make_event(ChildEdited({"village": "บ้านนาคู"}), child.id, teacher.id, 1),
    )
    assert _verdicts(answers) == [(Status.HELD, "merged")] * 4
    assert all(answer.receipt for answer in answers)
    of_officer = officer.push(visit_event(make_visit(going, child.id, district.officer.id)))
    assert _verdicts(of_officer) == [(Status.HELD, "merged")]
    with district.engine.connect() as connection:
        codes = [row.body["code"] for row in connection.execute(select(tables.inbox).where(tables.inbox.c.district_id == district.id))]
        assert codes == ["merged"] * 5
        assert SqlRecords(connection, district.id).visit(visit.id) is None


def test_a_child_whose_other_case_goes_on_stays_with_it(running: Running) -> None:
    """The duplicate row is of the same child: the card belongs to the case that goes on, and may be mended by who has that."""
    district = running.district
    before, after = district.add_person("before"), district.add_person("after")
    child = make_child()
    staying = district.add_case(after, child=child)
    going = district.add_case(before, child=child)
    district.record([_merge(district, going, staying)])
    caller = running.caller("after")
    assert (caller.ids("case"), caller.ids("child")) == ({staying}, {child.id})
    mended = make_event(ChildEdited({"village": "บ้านนาคู"}), child.id, after.id, 1)
    assert _verdicts(caller.push(mended)) == [(Status.ACCEPTED, "")]
    late = make_event(ChildEdited({"moo": "4"}), child.id, before.id, 1)
    assert _verdicts(running.caller("before").push(late)) == [(Status.HELD, "merged")]


def test_a_child_with_a_third_case_stays_with_who_has_that(running: Running) -> None:
    """The case is merged into one of another card; the child has still another case, which someone works on."""
    district = running.district
    child = make_child()
    staying = district.add_case(district.add_person("stays"), child=child)
    going = district.add_case(district.add_person("loses"), child=child)
    district.record([_merge(district, going, district.add_case())])
    caller = running.caller("stays")
    assert (caller.ids("case"), caller.ids("child")) == ({staying}, {child.id})


def test_the_district_still_decides_what_is_open_about_the_card_of_a_duplicate(running: Running) -> None:
    district = running.district
    teacher, child = district.add_person("teacher"), make_child()
    going, staying = district.add_case(teacher, child=child), district.add_case()
    officer = running.caller("officer")
    officer.push(make_event(ChildEdited({"moo": "4"}), child.id, district.officer.id, 1))
    answers = running.caller("teacher").push(make_event(ChildEdited({"moo": "5"}), child.id, teacher.id, 1))
    assert _verdicts(answers) == [(Status.CONFLICT, "")]
    district.record([_merge(district, going, staying)])
    (change,) = [change for change in officer.pull().changes if change.type == "conflict"]
    conflict = codec.record_from_wire("conflict", change.body or {})
    assert isinstance(conflict, Conflict)
    decided = make_event(ConflictDecided(child.id, "5", conflict.kept_event), conflict.id, district.officer.id, conflict.version)
    assert _verdicts(officer.push(decided)) == [(Status.ACCEPTED, "")]


def test_a_late_edit_waits_beside_the_case_that_goes_on_even_where_that_is_nobodys_yet(running: Running) -> None:
    district = running.district
    teacher = district.add_person("teacher")
    child = make_child()
    staying = district.add_case(child=child)
    going = district.add_case(teacher, child=child)
    district.record([_merge(district, going, staying)])
    late = make_event(ChildEdited({"moo": "4"}), child.id, teacher.id, 1)
    assert _verdicts(running.caller("teacher").push(late)) == [(Status.HELD, "merged")]
    with district.engine.connect() as connection:
        (entry,) = connection.execute(select(tables.inbox).where(tables.inbox.c.district_id == district.id)).all()
    assert entry.case_id == staying


def test_only_the_district_merges_and_only_what_can_be_merged(running: Running) -> None:
    district = running.district
    teacher = district.add_person("teacher")
    one, two = district.add_cases(2, teacher)
    refused = running.caller("teacher").push(make_event(CaseMerged(MERGED_ON, two), one, teacher.id))
    assert _verdicts(refused) == [(Status.REJECTED, "not_allowed")]
    answers = running.caller("officer").push(
        _merge(district, one, one), _merge(district, one, CaseId(new_id())), _merge(district, one, two), _merge(district, two, one)
    )
    assert [(answer.status, answer.code, answer.field) for answer in answers] == [
        (Status.REJECTED, "wrong_value", "into"),
        (Status.REJECTED, "unknown_record", "into"),
        (Status.ACCEPTED, "", ""),
        (Status.REJECTED, "merged", "into"),
    ]


def test_the_ladder_counts_the_duplicate_as_it_stood_each_day(running: Running) -> None:
    district = running.district
    teacher = district.add_person("teacher")
    child = make_child()
    going, staying = district.add_case(teacher, child=child), district.add_case(teacher)
    running.caller("teacher").push(visit_event(make_visit(going, child.id, teacher.id)))
    district.record([_merge(district, going, staying)])
    with district.engine.connect() as connection:
        assert SqlRecords(connection, district.id).cases([going])[going].state is CaseState.LIST_ERROR
        day_before = ladder_report(connection, district.id, MERGED_ON - dt.timedelta(days=1)).ladders[0]
        on_the_day = ladder_report(connection, district.id, MERGED_ON).ladders[0]
    assert day_before.list_type is ListType.NEVER_ENROLLED
    assert (day_before.listed, day_before.traced) == (2, 1)
    assert (on_the_day.listed, on_the_day.traced, on_the_day.in_progress) == (2, 0, 2)


def test_a_merge_is_in_the_audit_of_both_children(running: Running) -> None:
    district = running.district
    one, two = make_child(), make_child()
    going, staying = district.add_case(child=one), district.add_case(child=two)
    event = _merge(district, going, staying)
    district.record([event])
    with district.engine.connect() as connection:
        rows = connection.execute(select(tables.audit).where(tables.audit.c.district_id == district.id, tables.audit.c.action == "changed"))
        assert {row.subject for row in rows if event.id in row.detail.get("events", ())} == {one.id, two.id}


def _merge(district: TestDistrict, case_id: CaseId, into: CaseId) -> Event:
    return district.event(CaseMerged(MERGED_ON, into), case_id)


def _verdicts(answers: tuple[Answer, ...]) -> list[tuple[Status, str]]:
    return [(answer.status, answer.code) for answer in answers]
