"""The school's figures on its head's laptop are the district's figures for that school, for the same facts. Real HTTP, real PostgreSQL."""

import datetime as dt

import pytest

from fieldapp.domain.ladder import Bucket
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.reports.breakdown import By, breakdown
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.period import Span
from fieldapp.usecases.reports import Reports
from tests.support.district import VISITED_ON
from tests.support.world import FieldLaptop, World

SCHOOL, OTHER_SCHOOL = "46030001", "46030002"


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_the_ladder_of_a_school_is_the_same_on_both_sides(world: World, days: int) -> None:
    world.district.add_school(OTHER_SCHOOL)
    teacher = world.teacher("somying")
    world.district.add_person("malee", Role.SCHOOL_HEAD, SCHOOL)
    elsewhere = world.district.add_person("wichai", Role.TEACHER, OTHER_SCHOOL)
    head = world.laptop("malee")
    mine = world.district.add_cases(3, world.district.people["somying"])
    world.district.add_cases(2, school_code=SCHOOL)
    world.district.add_cases(4, elsewhere)
    teacher.sync()
    for case_id, outcome in zip(mine, (Outcome.RETURNED, Outcome.NOT_FOUND), strict=False):
        teacher.visit(case_id, outcome=outcome)
    teacher.sync()
    head.sync()
    as_of = VISITED_ON + dt.timedelta(days=days)
    here = Reports(head.store).ladder(as_of)
    buckets = {bucket: sum(ladder.buckets[bucket] for ladder in here.ladders) for bucket in Bucket}
    assert buckets == _at_the_district(world, as_of)
    work = Reports(head.store).work(as_of, Span.SCHOOL_YEAR)
    assert work.all.children == sum(buckets.values()) == 5
    assert work.all.in_state(CaseState.RETURNED) == buckets[Bucket.RETURNED] == int(days >= 0)
    assert [group.work.children for group in work.teachers] == [3, 2]
    assert work.all_confirmed


def test_a_visit_that_is_not_sent_yet_is_the_whole_difference_and_told_apart(world: World) -> None:
    teacher = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    teacher.sync()
    teacher.visit(case_id)
    assert _unconfirmed(teacher) == (1, 1, 1)
    assert _at_the_district(world, VISITED_ON)[Bucket.RETURNED] == 0
    teacher.sync()
    assert _unconfirmed(teacher) == (1, 0, 0)
    assert _at_the_district(world, VISITED_ON)[Bucket.RETURNED] == 1


def _unconfirmed(laptop: FieldLaptop) -> tuple[int, int, int]:
    work = Reports(laptop.store).work(VISITED_ON, Span.SCHOOL_YEAR).all
    return work.visits, work.unconfirmed_visits, work.unconfirmed_children


def _at_the_district(world: World, as_of: dt.date) -> dict[Bucket, int]:
    with world.district.engine.connect() as connection:
        wanted = CaseFilter(list_types=OBEC_LISTS, as_of=as_of)
        rows = breakdown(connection, world.district.id, wanted, By.SCHOOL)
    return dict(next(row.buckets for row in rows if row.key == SCHOOL))
