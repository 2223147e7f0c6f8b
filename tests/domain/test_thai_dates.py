"""Dates as Thai papers write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import thai_dates
from fieldapp.domain.thai_dates import DateUnreadable, PartialDate, Precision

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("9/7/2557", dt.date(2014, 7, 9), Precision.DAY),
        ("๙/๗/๒๕๕๗", dt.date(2014, 7, 9), Precision.DAY),
        ("09-07-57", dt.date(2014, 7, 9), Precision.DAY),
        ("9 ก.ค. 2557", dt.date(2014, 7, 9), Precision.DAY),
        ("9 กรกฎาคม พ.ศ. 2557", dt.date(2014, 7, 9), Precision.DAY),
        ("13/05/2555", dt.date(2012, 5, 13), Precision.DAY),
        ("2014-07-09", dt.date(2014, 7, 9), Precision.DAY),
        ("2014-07-09 00:00:00", dt.date(2014, 7, 9), Precision.DAY),
        ("9/7/2014", dt.date(2014, 7, 9), Precision.DAY),
        ("0/7/2557", dt.date(2014, 7, 1), Precision.MONTH),
        ("-/-/2557", dt.date(2014, 1, 1), Precision.YEAR),
        ("2557", dt.date(2014, 1, 1), Precision.YEAR),
        ("ก.ค. 2557", dt.date(2014, 7, 1), Precision.MONTH),
        ("29/2/2559", dt.date(2016, 2, 29), Precision.DAY),
    ],
)
def test_a_written_date_is_read(text: str, on: dt.date, precision: Precision) -> None:
    assert thai_dates.parse(text, today=TODAY) == PartialDate(on, precision)


@pytest.mark.parametrize("text", ["", "วันจันทร์", "31/2/2557", "9/13/2557", "9/7/3100", "1/1/1500", "๙", "9//2557", "ไม่ทราบ"])
def test_what_is_not_a_date_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(DateUnreadable):
        thai_dates.parse(text, today=TODAY)


@given(st.dates(dt.date(1930, 1, 1), dt.date(2040, 12, 31)))
def test_what_is_written_is_read_back(date: dt.date) -> None:
    for written in (thai_dates.short(date), thai_dates.long(date), thai_dates.slashed(date), date.isoformat()):
        assert thai_dates.parse(written, today=TODAY).on == date


def test_a_date_cell_whose_year_is_buddhist_is_moved() -> None:
    assert thai_dates.mend_buddhist(dt.date(2557, 7, 9), today=TODAY) == dt.date(2014, 7, 9)
    assert thai_dates.mend_buddhist(dt.date(2014, 7, 9), today=TODAY) == dt.date(2014, 7, 9)


def test_the_school_year_turns_on_16_may() -> None:
    assert thai_dates.school_year(dt.date(2026, 5, 15)) == 2568
    assert thai_dates.school_year(dt.date(2026, 5, 16)) == 2569


def test_the_days_of_a_school_year_all_count_to_it_and_their_neighbours_do_not() -> None:
    first, last = thai_dates.school_year_days(2569)
    assert (first, last) == (dt.date(2026, 5, 16), dt.date(2027, 5, 15))
    assert thai_dates.school_year(first) == thai_dates.school_year(last) == 2569
    assert thai_dates.school_year(first - dt.timedelta(days=1)) == 2568
    assert thai_dates.school_year(last + dt.timedelta(days=1)) == 2570


def test_dates_are_shown_in_buddhist_years() -> None:
    assert thai_dates.long(TODAY, weekday=True) == "อาทิตย์ 22 พฤศจิกายน 2569"
    assert thai_dates.partial(PartialDate(dt.date(2014, 7, 1), Precision.MONTH)) == "ก.ค. 2557"
