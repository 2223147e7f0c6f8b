"""Compulsory age by Buddhist calendar year (domain handbook §2)."""

import datetime as dt

import pytest

from fieldapp.domain.compulsory_age import AgeStatus, Reason, Rule, age_at, eligibility
from fieldapp.domain.thai_dates import PartialDate, Precision

BORN_2551 = PartialDate(dt.date(2008, 6, 30))


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        (dt.date(2014, 12, 31), AgeStatus.BEFORE),
        (dt.date(2015, 1, 1), AgeStatus.INSIDE),
        (dt.date(2023, 12, 31), AgeStatus.INSIDE),
        (dt.date(2024, 1, 1), AgeStatus.PAST),
    ],
)
def test_born_2551_is_inside_from_2558_through_2566(as_of: dt.date, status: AgeStatus) -> None:
    assert eligibility(BORN_2551, as_of).status is status


def test_only_the_year_of_birth_counts() -> None:
    year_only = PartialDate(dt.date(2008, 1, 1), Precision.YEAR)
    assert eligibility(year_only, dt.date(2023, 12, 31)).through_on == dt.date(2023, 12, 31)


def test_finishing_grade_9_is_another_reason_than_age() -> None:
    found = eligibility(BORN_2551, dt.date(2020, 1, 1), finished_grade_9=True)
    assert (found.status, found.reason) == (AgeStatus.PAST, Reason.FINISHED_GRADE_9)


def test_without_a_birth_date_nothing_is_claimed() -> None:
    assert eligibility(None, dt.date(2026, 1, 1)).status is AgeStatus.UNKNOWN


def test_a_district_may_count_by_full_years() -> None:
    on_birthday = dt.date(2024, 6, 30)
    assert eligibility(BORN_2551, on_birthday - dt.timedelta(days=1), rule=Rule.FULL_YEARS).status is AgeStatus.INSIDE
    assert eligibility(BORN_2551, on_birthday, rule=Rule.FULL_YEARS).status is AgeStatus.PAST


def test_someone_born_on_29_february_has_birthdays() -> None:
    leap = PartialDate(dt.date(2008, 2, 29))
    assert eligibility(leap, dt.date(2015, 3, 1), rule=Rule.FULL_YEARS).status is AgeStatus.INSIDE
    assert age_at(leap, dt.date(2015, 2, 28)) == (6, 11)
