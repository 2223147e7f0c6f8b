"""Q1: who counts as found in need, what counts as help, and after how many days."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned
from fieldapp.domain.visit import Met, NextStep, Outcome, Visit
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.first_help import FirstHelp, first_help, waiting
from tests.support.district import TestDistrict, district, engine, make_district, make_event, make_visit, visit_event

__all__ = ["district", "engine"]

FIRST, LAST = dt.date(2026, 5, 16), dt.date(2026, 11, 22)
FOUND = dt.date(2026, 6, 10)


class Field:
    """A teacher with children."""

    def __init__(self, of: TestDistrict) -> None:
        self.district = of
        self.teacher = of.add_person("somying")

    def child(self) -> CaseId:
        return self.district.add_case(self.teacher)

    def visit(self, case_id: CaseId, on: dt.date = FOUND, **values: object) -> Visit:
        with self.district.engine.connect() as connection:
            case = SqlRecords(connection, self.district.id).case(case_id)
        assert case
        visit = make_visit(case_id, case.child_id, self.teacher.id, Outcome.UNDECIDED, visited_on=on, **values)
        self.district.record([visit_event(visit)])
        return visit

    def follow_up(self, case_id: CaseId, closed_on: dt.date, state: FollowUpState = FollowUpState.DONE, after: Visit | None = None) -> None:
        planned = FollowUp(FollowUpId(new_id()), case_id, FOUND, self.teacher.id, "", after.id if after else None)
        closed = FollowUpClosed(state, closed_on)
        self.district.record([make_event(FollowUpPlanned(planned), planned.id, self.teacher.id)])
        self.district.record([make_event(closed, planned.id, self.teacher.id, base_version=1)])

    def counted(self, last: dt.date = LAST) -> FirstHelp:
        with self.district.engine.connect() as connection:
            return first_help(connection, self.district.id, FIRST, last)


@pytest.fixture
def field(district: TestDistrict) -> Field:
    return Field(district)


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def test_where_nobody_is_in_need_there_is_no_percentage(field: Field) -> None:
    field.visit(field.child(), next_step=NextStep.VISIT_AGAIN)
    counted = field.counted()
    assert (counted.found, counted.helped, counted.median_days, counted.longest_days) == (0, 0, None, None)


@pytest.mark.parametrize("need", [{"urgent": True}, {"next_step": NextStep.ASK_FOR_HELP}, {"next_step": NextStep.REFER}])
def test_a_child_in_need_counts_once_from_the_first_visit(field: Field, need: dict[str, object]) -> None:
    case_id = field.child()
    field.visit(case_id, **need)
    field.visit(case_id, FOUND + days(4), **need)
    assert field.counted() == FirstHelp(1, ((4, 1),))


def test_a_follow_up_that_was_called_off_is_no_help(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.follow_up(case_id, FOUND + days(3), FollowUpState.CANCELLED)
    assert field.counted() == FirstHelp(1, ())


def test_a_later_visit_that_met_nobody_is_no_help(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.visit(case_id, FOUND + days(3), met=(Met.NOBODY,))
    assert field.counted() == FirstHelp(1, ())


def test_what_was_promised_before_and_done_on_the_day_itself_is_no_help_but_what_this_visit_promised_is(field: Field) -> None:
    before, after = field.child(), field.child()
    field.visit(before, urgent=True)
    field.follow_up(before, FOUND)
    finding = field.visit(after, urgent=True)
    field.follow_up(after, FOUND, after=finding)
    assert field.counted() == FirstHelp(2, ((0, 1),))


def test_the_first_help_counts_and_only_what_was_known_by_the_day(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.follow_up(case_id, FOUND + days(9))
    field.visit(case_id, FOUND + days(5))
    assert field.counted().days == ((5, 1),)
    assert field.counted(FOUND + days(4)) == FirstHelp(1, ())
    assert field.counted(FOUND - days(1)) == FirstHelp(0, ())


def test_a_corrected_visit_found_nobody_in_need(field: Field) -> None:
    case_id = field.child()
    wrong = field.visit(case_id, urgent=True)
    field.visit(case_id, supersedes=wrong.id)
    assert field.counted() == FirstHelp(0, ())


def test_days_are_told_by_their_median_and_their_longest(field: Field) -> None:
    for after in (1, 8, 2):
        case_id = field.child()
        field.visit(case_id, urgent=True)
        field.follow_up(case_id, FOUND + days(after))
    counted = field.counted()
    assert (counted.median_days, counted.longest_days) == (2, 8)
    assert (counted.within_a_week.count, counted.within_a_week.base) == (2, 3)


def test_who_waits_is_told_urgent_ones_first_and_longest_first(field: Field, engine: Engine) -> None:
    late, early, urgent, helped = (field.child() for _child in range(4))
    field.visit(late, FOUND + days(2), next_step=NextStep.REFER)
    field.visit(early, next_step=NextStep.REFER)
    field.visit(urgent, FOUND + days(3), urgent=True)
    field.visit(helped, urgent=True)
    field.follow_up(helped, FOUND + days(1))
    with engine.connect() as connection:
        rows = waiting(connection, field.district.id, FIRST, LAST, 0, 50)
        assert [row.case_id for row in rows] == [urgent, early, late]
        assert [row.urgent for row in rows] == [True, False, False]
        assert waiting(connection, field.district.id, FIRST, LAST, 1, 1) == rows[1:2]


def test_another_district_is_not_counted(field: Field, engine: Engine) -> None:
    other = Field(make_district(engine))
    case_id = other.child()
    other.visit(case_id, urgent=True)
    other.follow_up(case_id, FOUND + days(1))
    assert field.counted() == FirstHelp(0, ())
    assert other.counted() == FirstHelp(1, ((1, 1),))
