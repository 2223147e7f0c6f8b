"""A child who is back is looked after on the days that the district sets, until it comes regularly or has left again."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import Attendance, FollowUp, FollowUpReason, FollowUpState
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Setting
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, Outcome, ReturnLevel
from fieldapp.usecases.children import ListFilter
from tests.support.laptop import TODAY, Laptop, a_listed_child


@pytest.fixture
def case(laptop: Laptop) -> Case:
    child, case = a_listed_child()
    laptop.put(child, case)
    return case


def visited(laptop: Laptop, case: Case, **values: object) -> None:
    given = {"met": (Met.CHILD,), "outcome": Outcome.RETURNED, "return_level": ReturnLevel.PRIMARY, **values}
    laptop.visits.save(replace(laptop.visits.draft(case.id).visit, **given))  # type: ignore[arg-type]
    laptop.visits.finish(case.id)


def planned(laptop: Laptop, case: Case) -> list[FollowUp]:
    return [one for one in laptop.children.card(case.id).follow_ups if one.state is FollowUpState.OPEN]


@pytest.mark.parametrize(
    ("said", "days"), [(None, (7, 30, 90)), ("14, 3", (3, 14)), ("", ()), ("soon", (7, 30, 90)), ("0", (7, 30, 90)), ("๗", (7,))]
)
def test_a_return_is_looked_after_on_the_days_of_the_district(laptop: Laptop, case: Case, said: str | None, days: tuple[int, ...]) -> None:
    if said is not None:
        laptop.put(Setting("follow_up", {"after_return": said}))
    visited(laptop, case)
    assert [(one.due_on, one.reason) for one in planned(laptop, case)] == [
        (TODAY + dt.timedelta(days=one), FollowUpReason.AFTER_RETURN) for one in days
    ]


def test_days_that_have_passed_are_not_planned(laptop: Laptop, case: Case) -> None:
    visited(laptop, case, return_on=TODAY - dt.timedelta(days=20))
    assert [one.due_on for one in planned(laptop, case)] == [TODAY + dt.timedelta(days=10), TODAY + dt.timedelta(days=70)]


def test_who_is_not_back_is_not_looked_after(laptop: Laptop, case: Case) -> None:
    visited(laptop, case, outcome=Outcome.WANTS_RETURN, return_level=None)
    assert planned(laptop, case) == []


def test_what_was_seen_stands_on_the_card(laptop: Laptop, case: Case) -> None:
    visited(laptop, case)
    laptop.follow_ups.looked_after(planned(laptop, case)[0].id, Attendance.IRREGULAR, "ขาดวันจันทร์")
    (seen,) = [one for one in laptop.children.card(case.id).follow_ups if one.state is FollowUpState.DONE]
    assert (seen.attendance, seen.closing_note, seen.closed_on) == (Attendance.IRREGULAR, "ขาดวันจันทร์", TODAY)
    assert len(planned(laptop, case)) == 2


def test_a_child_who_left_again_is_a_new_case_and_the_old_promises_end(laptop: Laptop, case: Case) -> None:
    visited(laptop, case)
    done = laptop.follow_ups.looked_after(planned(laptop, case)[0].id, Attendance.NOT_ATTENDING, "ไปทำงาน", dropped_again=True)
    assert laptop.children.row(done.new_case).list_type is ListType.DROPPED_AGAIN
    assert planned(laptop, case) == []
    states = {row.list_type: row.state for row in laptop.children.page(ListFilter(), 0, 5)}
    assert states == {ListType.NEVER_ENROLLED: CaseState.DROPPED_AGAIN, ListType.DROPPED_AGAIN: CaseState.ASSIGNED}


def test_a_child_who_is_not_back_cannot_leave_again(laptop: Laptop, case: Case) -> None:
    visited(laptop, case)
    first, second, _third = planned(laptop, case)
    laptop.follow_ups.looked_after(first.id, Attendance.NOT_ATTENDING, dropped_again=True)
    with pytest.raises(EventRefused):
        laptop.follow_ups.looked_after(second.id, Attendance.NOT_ATTENDING, dropped_again=True)


def test_a_second_visit_to_a_child_who_is_back_promises_nothing_twice(laptop: Laptop, case: Case) -> None:
    visited(laptop, case)
    first = planned(laptop, case)
    visited(laptop, case)
    assert planned(laptop, case) == first
