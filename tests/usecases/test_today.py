"""What the first screen shows of a day."""

import datetime as dt
from dataclasses import replace

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.visit import Met, Outcome
from fieldapp.store import sync_log, sync_state
from tests.support.laptop import ME, NOW, OTHER, TODAY, Laptop, a_listed_child


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_an_empty_laptop_has_an_empty_day(laptop: Laptop) -> None:
    view = laptop.today.view(TODAY)
    assert (view.planned, view.follow_ups, view.unsent.total) == ((), (), 0)
    assert (view.readiness.children, view.readiness.last_sync_at, view.readiness.clock_offset_seconds) == (0, None, None)
    assert view.readiness.free_bytes > 0


def test_planned_are_my_due_children_in_the_order_of_villages_and_houses(laptop: Laptop) -> None:
    due = [("9", "1", -3), ("2", "112", 0), ("2", "12", 7)]
    for number, (moo, house_no, days) in enumerate(due):
        laptop.put(*a_listed_child(number, due_on=in_days(days), moo=moo, house_no=house_no, tambon_code="461601"))
    laptop.put(*a_listed_child(10, due_on=in_days(8)), *a_listed_child(11), *a_listed_child(12, due_on=TODAY, assignee=OTHER))
    assert [(row.moo, row.house_no) for row in laptop.today.view(TODAY).planned] == [("2", "12"), ("2", "112"), ("9", "1")]


def test_an_answered_child_is_no_longer_planned_but_one_with_a_draft_is(laptop: Laptop) -> None:
    child, case = a_listed_child(1, due_on=TODAY)
    case = case.with_step(CaseStep(new_id(), CaseState.RETURNED, TODAY, ME, NOW, 99, visit_id=new_id()))
    laptop.put(child, case)
    assert laptop.today.view(TODAY).planned == ()
    laptop.visits.save(laptop.visits.draft(case.id).visit)
    assert [row.case_id for row in laptop.today.view(TODAY).planned] == [case.id]


def test_promises_of_mine_that_are_due_come_with_their_child(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    for days in (3, -2, 30):
        laptop.follow_ups.plan(case.id, in_days(days), str(days))
    found = laptop.today.view(TODAY).follow_ups
    assert [(one.follow_up.note, one.row.case_id) for one in found] == [("-2", case.id), ("3", case.id)]


def test_unsent_counts_visits_other_records_and_what_they_weigh(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN, next_on=TODAY))
    laptop.visits.finish(case.id)
    unsent = laptop.today.view(TODAY).unsent
    assert (unsent.visits, unsent.other_events, unsent.photos, unsent.total) == (1, 1, 0, 2)
    assert unsent.bytes > 500


def test_readiness_tells_of_the_last_complete_sync(laptop: Laptop) -> None:
    done, cut = NOW - dt.timedelta(days=2), NOW - dt.timedelta(hours=1)
    with laptop.store.writing() as connection:
        sync_log.end(connection, None, sync_log.Run(done, done))
        sync_log.end(connection, None, sync_log.Run(cut, cut, "offline.timeout"))
        sync_state.write(connection, sync_state.CLOCK_OFFSET, "-125")
    readiness = laptop.today.view(TODAY).readiness
    assert (readiness.last_sync_at, readiness.clock_offset_seconds) == (done, -125)
    overview = laptop.syncing.overview()
    assert overview.last_complete_at == done
    assert [run.code for run in overview.runs] == ["offline.timeout", ""]
