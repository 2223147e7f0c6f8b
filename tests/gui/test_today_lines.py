"""What the rows of today say."""

import datetime as dt

import pytest

from fieldapp.domain.follow_up import FollowUp, FollowUpReason
from fieldapp.domain.identifiers import new_id
from fieldapp.gui.screens.today.lines import follow_up_lines, plan_title, planned_lines
from fieldapp.gui.screens.today.readiness_card import checks
from fieldapp.usecases.today import DueFollowUp, Readiness
from tests.support.views import TODAY, child_row
from tests.support.work_views import NOW, THIS_MORNING, planned_rows, today_view

pytestmark = pytest.mark.usefixtures("english")


def test_children_of_one_house_are_told_of_each_other() -> None:
    first, second, third, *_rest = planned_lines(planned_rows(), (), TODAY)
    assert first.place.endswith("2 children in this house")
    assert second.place.endswith("same house")
    assert "house" not in third.place


def test_children_without_a_house_number_are_not_taken_for_one_house() -> None:
    rows = (child_row("case-1", house_no=""), child_row("case-2", house_no=""))
    assert all("same house" not in line.place and "children in" not in line.place for line in planned_lines(rows, (), TODAY))


def test_only_the_first_row_is_the_primary_one() -> None:
    assert [line.first for line in planned_lines(planned_rows(), (), TODAY)] == [True, False, False, False, False]


def test_a_visit_that_was_begun_is_offered_to_go_on_with() -> None:
    lines = planned_lines(planned_rows(), {"case-3"}, TODAY)
    assert [line.action for line in lines] == ["Record visit", "Record visit", "Continue visit", "Record visit", "Record visit"]


def test_overdue_is_said_in_days_and_marked() -> None:
    late = planned_lines(planned_rows(), (), TODAY)[3]
    assert (late.due, late.overdue) == ("5 days overdue", True)


def test_a_child_without_birth_or_due_date_still_has_a_row() -> None:
    (line,) = planned_lines((child_row(birth=None, due_on=None),), (), TODAY)
    assert (line.due, line.overdue) == ("", False)


def test_the_title_names_two_villages_and_counts_the_others() -> None:
    assert plan_title(planned_rows()).endswith("and 2 more villages")
    assert plan_title(planned_rows()[:1]).startswith("Planned visits · ")
    assert plan_title(()) == "Planned visits"


def test_a_follow_up_shows_what_was_promised() -> None:
    (line,) = follow_up_lines(today_view().follow_ups, TODAY)
    assert line.place == "โทรถามครูประจำชั้นว่ามาเรียนครบหรือไม่"
    assert line.due == "due tomorrow"


def test_a_laptop_that_is_ready_has_no_complaint() -> None:
    assert all(check.good for check in checks(Readiness(41, THIS_MORNING, 4, 700_000_000), NOW))


@pytest.mark.parametrize(
    ("readiness", "complaint"),
    [
        (Readiness(0, None, None, 700_000_000), "Never synced: no child is in this laptop yet"),
        (Readiness(41, None, None, 700_000_000), "Never synced to the end: children may be missing"),
        (Readiness(41, THIS_MORNING - dt.timedelta(days=3), 4, 700_000_000), "Last sync 3 days ago: sync before leaving"),
        (Readiness(41, THIS_MORNING, 900, 700_000_000), "Clock is 15 minutes slow: set it"),
        (Readiness(41, THIS_MORNING, -900, 700_000_000), "Clock is 15 minutes fast: set it"),
        (Readiness(41, THIS_MORNING, 4, 3_500_000), "Disk nearly full: room for 10 photos"),
    ],
)
def test_what_is_not_ready_is_said_with_what_to_do(readiness: Readiness, complaint: str) -> None:
    assert [check.text for check in checks(readiness, NOW) if not check.good] == [complaint]


def test_a_reply_that_is_waited_for_says_so() -> None:
    task = FollowUp(new_id(), "case-1", TODAY, "me", "บ้านพักเด็กและครอบครัว", reason=FollowUpReason.REPLY)
    (line,) = follow_up_lines([DueFollowUp(task, child_row())], TODAY)
    assert line.place == "Waiting for a reply · บ้านพักเด็กและครอบครัว"
