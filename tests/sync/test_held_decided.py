"""What the district held, decided by its office: it takes effect as if it had been taken, once, and everybody hears of it."""

import datetime as dt

import pytest
from sqlalchemy import delete, select, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import CaseId, PersonId
from fieldapp.domain.payloads import CaseMerged, CaseUnmerged, HeldDecided
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, Visit
from fieldapp.errors import ServerProblem
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import LadderReport, ladder_report
from fieldapp.server import inbox, tables
from fieldapp.server.deciding import deciding, entries
from fieldapp.server.deciding.deciding import NotTaken
from fieldapp.server.deciding.entries import InboxEntry, Wanted
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import record_events
from fieldapp.store import reading_again
from fieldapp.store.decisions import Decided, decided
from fieldapp.store.recording import Act, record
from fieldapp.store.roll import Roll
from fieldapp.store.sent import sent
from fieldapp.store.tables import outbox
from fieldapp.usecases.children import Children, Delivery
from fieldapp.usecases.reports import Reports
from fieldapp.wire.messages import Status
from tests.support.district import VISITED_ON
from tests.support.world import FieldLaptop, World

TODAY = dt.date(2026, 11, 22)
MERGED_ON = dt.date(2026, 7, 1)


def test_a_held_visit_that_is_taken_in_counts_on_both_laptops_and_at_the_district(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    photo = before.photograph(visit)
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    after.sync()
    assert (_ladder(world).total.traced, _here(after).total.traced) == (0, 0)
    (entry,) = _open(world)
    assert (entry.kind, entry.photos, entry.by_name, entry.code) == ("held", 1, "ครู somying", "no_longer_yours")

    _decide(world, entry, take=True, note="ไปเยี่ยมก่อนย้ายราย")
    for laptop in (before, after, officer):
        assert laptop.sync().error is None
    assert (world.visits(case_id), world.photo_is_stored(photo)) == ([visit.id], True)
    step = after.case(case_id).steps[-1]
    assert (step.by, step.on, step.visit_id, step.state) == (before.store.person_id, VISITED_ON, visit.id, CaseState.RETURNED)
    assert after.case(case_id) == officer.case(case_id)
    assert after.visit_here(visit.id) == visit
    seen = _children(after).card(case_id).timeline[0]
    assert (seen.visit, seen.by_name, seen.delivery, seen.photo_count) == (visit, "ครู somying", Delivery.RECEIVED, 1)
    assert _ladder(world) == _here(officer)
    assert _ladder(world).total.traced == _here(after).total.traced == 1
    assert _open(world) == ()
    # The teacher's receipt is still the district's word for the very bytes that were sent.
    assert before.believes(before.receipt_of(visit.id), *_sent(before, visit))
    _is_quiet(before, after, officer)


def test_who_lost_the_child_reads_what_became_of_their_visit_by_whom_and_why(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    before.photograph(visit)
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    _, taken = _held_visit(world, before)
    assert _said(before, visit) is None
    for entry in _open(world):
        _decide(world, entry, take=entry.record_id == taken.id, note="เยี่ยมก่อนย้าย" if entry.record_id == taken.id else "ผิดบ้าน")
    for laptop in (before, after, officer):
        assert laptop.sync().error is None
    assert before.case_ids() == set()
    yes, no = _said(before, taken), _said(before, visit)
    assert yes and no
    assert (yes.taken, yes.note, yes.by_name, yes.elsewhere) == (True, "เยี่ยมก่อนย้าย", "ศน. ทดสอบ", False)
    assert (no.taken, no.note, no.by_name) == (False, "ผิดบ้าน", "ศน. ทดสอบ")
    assert abs(yes.at - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1)
    # It is a word to its author alone.
    assert (_words_here(after), _words_here(officer)) == ({}, {})
    # Of two visits and a photo.
    assert len(_words_here(before)) == 3
    _is_quiet(before, after, officer)


def test_a_decision_for_another_case_says_so(world: World) -> None:
    before, after = _two_teachers(world)
    going, staying = _pair(world)
    before.sync()
    visit = before.visit(going)
    _merge(world, going, staying)
    before.sync()
    (entry,) = _open(world)
    _decide(world, entry, take=True, case_id=staying)
    before.sync()
    said = _said(before, visit)
    assert said and said.elsewhere
    _is_quiet(before, after)


def test_a_decision_that_a_district_put_back_has_forgotten_is_said_no_more(world: World) -> None:
    before, _ = _two_teachers(world)
    _, visit = _held_visit(world, before)
    (entry,) = _open(world)
    _decide(world, entry, take=False, note="ผิดบ้าน")
    before.sync()
    assert _said(before, visit)
    # As after a backup of an hour ago, in which there is the visit and not yet the decision.
    with world.district.engine.begin() as connection:
        for table in (tables.head, tables.inbox):
            ours = table.c.district_id == world.district.id
            of_it = table.c.type == "held_decision" if table is tables.head else table.c.kind == "held"
            if table is tables.head:
                connection.execute(delete(table).where(ours, of_it))
            else:
                connection.execute(update(table).where(ours, of_it).values(decided_at=None, decided_by=None, decision=None))
    with before.store.writing() as connection:
        reading_again.begin(connection, world.district.id)
    assert _said(before, visit)
    before.sync()
    assert _said(before, visit) is None
    (entry,) = _open(world)
    _decide(world, entry, take=True)
    before.sync()
    again = _said(before, visit)
    assert again and again.taken


def test_deciding_twice_is_deciding_once_and_the_second_is_told(world: World) -> None:
    before, after = _two_teachers(world)
    case_id, visit = _held_visit(world, before)
    (entry,) = _open(world)
    _decide(world, entry, take=True)
    number = _last_sequence(world)
    with pytest.raises(Refused) as refused:
        _decide(world, entry, take=False, note="ไม่ใช่")
    assert refused.value.code == "already_decided"
    assert (world.visits(case_id), _last_sequence(world)) == ([visit.id], number)
    (decided,) = _entries(world, decided=True)
    assert decided.decision
    assert (decided.decision.choice, decided.decision.by_name) == ("taken", "ศน. ทดสอบ")
    # The same decision again is answered as the first time; the visit again still as held.
    event = world.district.event(HeldDecided(True), entry.event_id)
    with world.district.engine.begin() as connection:
        answers = record_events(connection, world.district.id, [event, event])
    assert [(answer.status, answer.code) for answer in answers] == [(Status.REJECTED, "already_decided")] * 2
    assert before.status(visit.id)[:2] == ("held", "no_longer_yours")
    _is_quiet(before, after)


def test_what_is_kept_as_it_is_changes_nothing_and_stays_stored(world: World) -> None:
    before, after = _two_teachers(world)
    case_id, visit = _held_visit(world, before)
    (entry,) = _open(world)
    _decide(world, entry, take=False, note="เยี่ยมผิดบ้าน")
    after.sync()
    assert (world.visits(case_id), world.events(visit.id)) == ([], 1)
    assert _ladder(world).total.traced == _here(after).total.traced == 0
    (decided,) = _entries(world, decided=True)
    assert decided.decision
    assert (decided.decision.choice, decided.decision.note) == ("kept", "เยี่ยมผิดบ้าน")
    _is_quiet(before, after)


def test_a_visit_for_a_duplicate_is_taken_in_for_the_case_that_goes_on(world: World) -> None:
    before, after = _two_teachers(world)
    going, staying = _pair(world)
    before.sync()
    visit = before.visit(going)
    photo = before.photograph(visit)
    _merge(world, going, staying)
    before.sync()
    (entry,) = _open(world)
    assert (entry.case_id, entry.goes_on) == (going, staying)
    with pytest.raises(NotTaken) as refused:
        _decide(world, entry, take=True)
    assert (refused.value.code, refused.value.field) == ("merged", "case_id")
    assert len(_open(world)) == 1

    _decide(world, entry, take=True, case_id=staying)
    after.sync()
    assert (world.visits(going), world.visits(staying)) == ([], [visit.id])
    assert [item.visit.id for item in _children(after).card(staying).timeline if item.visit] == [visit.id]
    assert world.photo_is_stored(photo)
    assert _ladder(world).total.traced == _here(after).total.traced == 1
    _is_quiet(before, after)


def test_a_merge_that_is_undone_gives_the_case_back_with_what_was_recorded_meanwhile(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    going, staying = _pair(world)
    before.sync()
    earlier = before.visit(going, outcome=Outcome.WANTS_RETURN)
    before.sync()
    untouched = _ladder(world)
    was = before.case(going)
    _merge(world, going, staying)
    # Out in the field, offline: a visit for the case that is a duplicate by now.
    late = before.visit(going, visited_on=dt.date(2026, 8, 1))
    before.sync()
    assert (before.case_ids(), before.status(late.id)[:2]) == (set(), ("held", "merged"))

    world.district.record([world.district.event(CaseUnmerged(TODAY, CaseId(staying)), going)])
    assert _ladder(world) == untouched
    for laptop in (before, after, officer):
        laptop.sync()
    back = before.case(going)
    assert (back.steps, back.state, back.assignee_id, back.merged_into) == (was.steps, was.state, before.store.person_id, None)
    (entry,) = _open(world)
    assert (entry.case_id, entry.goes_on) == (going, going)
    _decide(world, entry, take=True)
    for laptop in (before, after, officer):
        laptop.sync()
    assert sorted(world.visits(going)) == sorted([earlier.id, late.id])
    assert before.case(going) == officer.case(going)
    assert (before.case(going).state, after.case_ids()) == (CaseState.RETURNED, {staying})
    assert before.status(late.id)[0] == "accepted"
    assert [item.delivery for item in _children(before).card(going).timeline if item.visit] == [Delivery.RECEIVED] * 2
    assert _ladder(world) == _here(officer)
    _is_quiet(before, after, officer)


def test_undoing_a_merge_twice_is_once_and_another_merge_is_not_undone(world: World) -> None:
    _two_teachers(world)
    going, staying = _pair(world)
    other = world.district.add_case()
    _merge(world, going, staying)
    with world.district.engine.begin() as connection:
        (wrong,) = record_events(connection, world.district.id, [world.district.event(CaseUnmerged(TODAY, other), going)])
    assert (wrong.status, wrong.code, wrong.field) == (Status.REJECTED, "mismatch", "into")
    world.district.record([world.district.event(CaseUnmerged(TODAY, CaseId(staying)), going) for _ in range(2)])
    # And it may be merged again.
    _merge(world, going, staying)
    again = _case(world, going)
    assert again and again.merged_into == staying


def test_a_held_visit_of_a_case_that_came_back_shows_as_received_once_it_is_taken_in(world: World) -> None:
    """The case is still the teacher's, and the laptop hears of the decision."""
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    world.district.assign(case_id, None, school_code="46030001")
    laptop.sync()
    world.district.assign(case_id, world.district.people["somying"])
    laptop.sync()
    shown = _children(laptop).card(case_id).timeline
    assert [item.delivery for item in shown if item.visit] == [Delivery.HELD]
    (entry,) = _open(world)
    _decide(world, entry, take=True)
    laptop.sync()
    shown = _children(laptop).card(case_id).timeline
    assert [(item.visit and item.visit.id, item.delivery, item.code) for item in shown if item.visit] == [(visit.id, Delivery.RECEIVED, "")]
    assert laptop.believes(laptop.receipt_of(visit.id), *_sent(laptop, visit))
    assert _ladder(world).total.traced == _here(laptop).total.traced == 1
    _is_quiet(laptop)


def test_an_urgent_visit_opens_an_entry_once_also_where_it_is_held(world: World) -> None:
    laptop = world.teacher()
    taken, going = world.district.add_cases(2, world.district.people["somying"])
    laptop.sync()
    laptop.visit(taken, urgent=True, urgent_note="มีรอยช้ำ")
    laptop.visit(going, urgent=True, urgent_note="ถูกทำร้าย")
    world.district.assign(going, None, school_code="46030001")
    for _ in range(2):
        laptop.sync()
    found = _open(world)
    assert [one.kind for one in found] == ["urgent", "urgent", "held"]
    assert {(one.case_id, one.body["note"]) for one in found[:2]} == {(taken, "มีรอยช้ำ"), (going, "ถูกทำร้าย")}
    assert all(one.due_at - one.opened_at == dt.timedelta(hours=24) for one in found[:2])
    with world.district.engine.begin() as connection:
        deciding.close(connection, world.district.id, found[0].id, "แจ้ง พมจ. แล้ว", by=_officer(world), now=dt.datetime.now(dt.UTC))
        with pytest.raises(Refused) as refused:
            deciding.close(connection, world.district.id, found[0].id, "อีกครั้ง", by=_officer(world), now=dt.datetime.now(dt.UTC))
        assert inbox.count_open(connection, world.district.id) == {"urgent": 1, "held": 1}
    assert refused.value.code == "already_decided"
    _is_quiet(laptop)


def test_a_late_photo_of_a_visit_that_was_kept_waits_on_its_own(world: World) -> None:
    before, _ = _two_teachers(world)
    # The answer arrives, the news that the case is gone does not: the visit still lies here.
    before.line.refuse("pull", lambda *_request: ServerProblem("server_failed", 500) if len(_open(world)) else None)
    _, visit = _held_visit(world, before)
    (entry,) = _open(world)
    before.photograph(visit)
    _decide(world, entry, take=False, note="เยี่ยมผิดบ้าน")
    before.line.heal()
    before.sync()
    (late,) = _open(world)
    assert (late.event_kind, late.photos) == ("photo.added", 0)


def test_a_teacher_may_not_decide(world: World) -> None:
    before, _ = _two_teachers(world)
    _held_visit(world, before)
    (entry,) = _open(world)
    with pytest.raises(EventRefused, match="unknown_record"):
        record(before.store, [Act(HeldDecided(True), entry.event_id)], before.now())


def _two_teachers(world: World) -> tuple[FieldLaptop, FieldLaptop]:
    return world.teacher("somying"), world.teacher("wichai")


def _pair(world: World) -> tuple[CaseId, CaseId]:
    """The first teacher's case and the second's, which are of one child."""
    return world.district.add_case(world.district.people["somying"]), world.district.add_case(world.district.people["wichai"])


def _held_visit(world: World, laptop: FieldLaptop) -> tuple[CaseId, Visit]:
    """Made offline while the case went to the second teacher."""
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    return case_id, visit


def _merge(world: World, going: CaseId, staying: CaseId) -> None:
    world.district.record([world.district.event(CaseMerged(MERGED_ON, staying), going)])


def _officer(world: World) -> PersonId:
    return world.district.officer.id


def _decide(world: World, entry: InboxEntry, *, take: bool, note: str = "", case_id: str = "") -> None:
    with world.district.engine.begin() as connection:
        deciding.decide_held(
            connection,
            world.district.id,
            entry.id,
            take=take,
            note=note,
            case_id=case_id,
            by=_officer(world),
            now=dt.datetime.now(dt.UTC),
        )


def _open(world: World) -> tuple[InboxEntry, ...]:
    return _entries(world, decided=False)


def _entries(world: World, *, decided: bool) -> tuple[InboxEntry, ...]:
    with world.district.engine.connect() as connection:
        return entries.read(connection, world.district.id, Wanted(decided=decided))


def _sent(laptop: FieldLaptop, visit: Visit) -> tuple[str, str]:
    """The event about the visit, and the hash of its bytes as they lie here."""
    with laptop.store.reading() as connection:
        row = connection.execute(select(outbox).where(outbox.c.record_id == visit.id)).one()
    return row.event_id, sha256_hex(row.body.encode())


def _last_sequence(world: World) -> int:
    table = tables.district
    with world.district.engine.connect() as connection:
        return int(connection.execute(select(table.c.last_sequence).where(table.c.district_id == world.district.id)).scalar_one())


def _case(world: World, case_id: CaseId) -> Case | None:
    with world.district.engine.connect() as connection:
        return SqlRecords(connection, world.district.id).case(case_id)


def _said(laptop: FieldLaptop, visit: Visit) -> Decided | None:
    """What the sync page says of a visit."""
    with laptop.store.reading() as connection:
        ids = set(connection.execute(select(outbox.c.event_id).where(outbox.c.record_id == visit.id)).scalars())
        (line,) = (one for one in sent(connection, laptop.store.district_id, 100) if one.event_id in ids)
    return line.decided


def _words_here(laptop: FieldLaptop) -> dict[str, Decided]:
    with laptop.store.reading() as connection:
        return dict(decided(connection, laptop.store.district_id))


def _is_quiet(*laptops: FieldLaptop) -> None:
    for laptop in laptops:
        laptop.sync()
    for laptop in laptops:
        result = laptop.sync()
        assert (result.pushed, result.pulled, result.photos, result.error) == (0, 0, 0, None)


def _children(laptop: FieldLaptop) -> Children:
    return Children(laptop.store, Roll(laptop.store), laptop.now)


def _here(laptop: FieldLaptop) -> LadderReport:
    return Reports(laptop.store).ladder(TODAY)


def _ladder(world: World) -> LadderReport:
    with world.district.engine.connect() as connection:
        return ladder_report(connection, world.district.id, TODAY)
