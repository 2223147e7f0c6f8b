"""The real time is guessed from a clock that may be years off, whichever way it was off and whether or not it was set right since."""

import datetime as dt

import pytest

from fieldapp.domain.clock import Measured, real_time

CONTACT = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("days", [-3_000, -400, -1, 0, 1, 400, 3_000])
def test_a_clock_that_is_off_is_corrected(days: int) -> None:
    offset = dt.timedelta(days=days, seconds=7)
    assert real_time(NOW - offset, Measured(offset, CONTACT)) == NOW


@pytest.mark.parametrize("days", [-3_000, -400, -3, 400, 3_000])
def test_a_clock_that_was_set_right_since_the_last_contact_is_believed(days: int) -> None:
    assert real_time(NOW, Measured(dt.timedelta(days=days), CONTACT)) == NOW


def test_without_a_contact_the_clock_is_all_there_is() -> None:
    assert real_time(NOW, None) == NOW


def test_a_clock_that_fell_back_after_the_last_contact_gives_the_later_guess() -> None:
    fell_back = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
    assert real_time(fell_back, Measured(dt.timedelta(days=3), CONTACT)) == fell_back + dt.timedelta(days=3)
