"""A laptop whose clock is years off: what it writes down is in the district's time, and today's real date is taken."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.visit import Met, Outcome, Visit
from fieldapp.store.last_sync import last_complete_at
from fieldapp.usecases.clock import CorrectedClock
from fieldapp.usecases.visits import VisitIncomplete, Visits
from tests.support.world import World

YEARS = dt.timedelta(days=4_000)


@pytest.mark.parametrize("ahead", [-YEARS, YEARS], ids=["behind", "ahead"])
def test_a_visit_of_today_is_taken_although_the_clock_is_years_off(world: World, ahead: dt.timedelta) -> None:
    somying = world.teacher()
    somying.clock_runs_ahead = ahead
    case_id = world.district.add_case(world.district.people["somying"])
    assert somying.sync().error is None
    clock = CorrectedClock(somying.now)
    clock.learn(somying.store)
    assert abs(clock() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    visits = Visits(somying.store, clock)
    begun = visits.draft(case_id).visit
    assert begun.visited_on == clock().date()
    visits.save(_answered(begun))
    visits.finish(case_id)
    assert somying.sync().pushed == 1
    assert world.visits(case_id) == [begun.id]


def test_a_day_that_really_lies_ahead_is_still_refused(world: World) -> None:
    somying = world.teacher()
    somying.clock_runs_ahead = YEARS
    case_id = world.district.add_case(world.district.people["somying"])
    somying.sync()
    clock = CorrectedClock(somying.now)
    clock.learn(somying.store)
    visits = Visits(somying.store, clock)
    visits.save(_answered(visits.draft(case_id).visit, clock().date() + dt.timedelta(days=2)))
    with pytest.raises(VisitIncomplete, match="visited_on:in_the_future"):
        visits.finish(case_id)


def test_the_list_of_syncs_is_in_the_districts_time(world: World) -> None:
    somying = world.teacher()
    somying.clock_runs_ahead = -YEARS
    somying.sync()
    with somying.store.reading() as connection:
        ended = last_complete_at(connection)
    assert ended is not None
    assert abs(ended - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def _answered(visit: Visit, on: dt.date | None = None) -> Visit:
    return replace(visit, met=(Met.GUARDIAN,), outcome=Outcome.WANTS_RETURN, visited_on=on or visit.visited_on)
