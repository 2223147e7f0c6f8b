"""The calendar's month: weeks from Sunday, bars that do not overlap and that go on over the end of a week."""

import datetime as dt

from fieldapp.server.year.month import Item, Stretch, weeks

NOVEMBER = dt.date(2026, 11, 1)  # a Sunday


def _item(first: int, last: int, caption: str = "x") -> Item:
    return Item(dt.date(2026, 11, first), dt.date(2026, 11, last), caption, "/", "neutral")


def test_a_month_has_the_weeks_that_it_touches() -> None:
    found = weeks(NOVEMBER, [])
    assert [week.days[0] for week in found] == [dt.date(2026, 11, day) for day in (1, 8, 15, 22, 29)]
    assert found[-1].days[-1] == dt.date(2026, 12, 5)
    assert all(week.lanes == () for week in found)


def test_what_lasts_over_the_end_of_a_week_goes_on_in_the_next() -> None:
    long = _item(6, 10)
    first, second, third, *_rest = weeks(NOVEMBER, [long])
    assert first.lanes == ((Stretch(5, None), Stretch(2, long)),)
    assert second.lanes == ((Stretch(3, long), Stretch(4, None)),)
    assert third.lanes == ()


def test_what_overlaps_takes_another_lane_and_what_follows_takes_the_first_with_room() -> None:
    one, two, three = _item(1, 3, "one"), _item(3, 4, "two"), _item(4, 7, "three")
    week = weeks(NOVEMBER, [one, two, three])[0]
    assert week.lanes == ((Stretch(3, one), Stretch(4, three)), (Stretch(2, None), Stretch(2, two), Stretch(3, None)))


def test_every_lane_of_a_week_has_seven_days() -> None:
    crowded = [_item(first, min(first + length, 30)) for first in range(1, 30, 2) for length in (0, 1, 5, 20)]
    for week in weeks(NOVEMBER, crowded):
        assert {sum(stretch.days for stretch in lane) for lane in week.lanes} == {7}


def test_what_began_before_the_month_and_ends_after_it_fills_it() -> None:
    endless = Item(dt.date(2026, 5, 16), dt.date(2027, 3, 31), "x", "/", "neutral")
    assert all(week.lanes == ((Stretch(7, endless),),) for week in weeks(NOVEMBER, [endless]))
