"""A camera whose clock is off by minutes, hours or years: set by one tap, and guessed only where the day shows it clearly."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.phone.clock import Ground, offset_from, suggest
from fieldapp.domain.phone.placing import propose
from fieldapp.domain.phone.taken import Stay, Taken
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.domain.visit import Position, PositionSource

DAY = dt.datetime(2026, 11, 22, 8, 0, tzinfo=THAI_TIME)
# Minutes after eight at which five visits began: no two pauses are alike.
BEGUN = (0, 50, 130, 250, 325)
HOURS, MINUTES = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def stays(begun: tuple[int, ...] = BEGUN) -> list[Stay]:
    moments = [DAY + minutes * MINUTES for minutes in begun]
    return [Stay(f"visit-{number}", at.date(), at, at + 20 * MINUTES) for number, at in enumerate(moments)]


def pictures(off: dt.timedelta, begun: tuple[int, ...] = BEGUN, camera: str = "phone") -> list[Taken]:
    """Three at each visit, by a clock that is `off`."""
    moments = [DAY + (minutes + 3 + 5 * number) * MINUTES for minutes in begun for number in range(3)]
    return [Taken(f"{camera}-{number}", at + off, camera=camera) for number, at in enumerate(moments)]


@pytest.mark.parametrize("off", [-3 * HOURS, 7 * HOURS, -12 * HOURS, 137 * MINUTES, -dt.timedelta(days=9_000, minutes=77)])
def test_the_pauses_of_the_day_show_how_far_the_clock_is_off(off: dt.timedelta) -> None:
    (told,) = suggest(pictures(off), stays())
    assert (told.camera, told.ground, told.visits) == ("phone", Ground.PAUSES, 5)
    assert abs(told.offset + off) <= 20 * MINUTES
    placed = propose(pictures(off), stays(), {"phone": told.offset})
    assert [placed[f"phone-{number}"].visit_id for number in range(15)] == [f"visit-{number // 3}" for number in range(15)]


def test_a_clock_that_is_right_or_a_little_off_is_left_alone() -> None:
    assert suggest(pictures(dt.timedelta()), stays()) == ()
    assert suggest(pictures(6 * MINUTES), stays()) == ()
    assert suggest(pictures(-10 * MINUTES), stays()) == ()


def test_two_visits_and_two_pictures_say_too_little_unless_the_clock_is_off_by_whole_hours() -> None:
    two = (0, 50)
    assert suggest(pictures(-137 * MINUTES, two), stays(two)) == ()
    (told,) = suggest(pictures(-7 * HOURS, two), stays(two))
    assert told.offset == 7 * HOURS


def test_visits_one_as_far_from_the_next_as_the_other_say_nothing() -> None:
    even = (0, 60, 120, 180)
    assert suggest(pictures(-60 * MINUTES, even), stays(even)) == ()
    assert suggest(pictures(-90 * MINUTES, even[:3]), stays(even)) == ()


def test_pictures_of_a_private_weekend_are_not_dragged_to_the_visits() -> None:
    drawn = random.Random(7)
    private = [Taken(str(number), DAY - dt.timedelta(days=1) + drawn.randrange(60 * 15) * MINUTES) for number in range(40)]
    assert suggest(private, stays()) == ()


def test_places_tell_the_clock_where_two_houses_agree_and_overrule_the_pauses() -> None:
    even = (0, 60, 120, 180)
    houses = [Position(16_700_000 + 20_000 * number, 104_000_000, PositionSource.PHOTO) for number in range(4)]
    known = [replace(stay, position=house) for stay, house in zip(stays(even), houses, strict=True)]

    def taken(off: dt.timedelta) -> list[Taken]:
        return [replace(one, position=houses[number // 3]) for number, one in enumerate(pictures(off, even))]

    (told,) = suggest(taken(-60 * MINUTES), known)
    assert (told.ground, told.visits, told.offset) == (Ground.PLACES, 4, HOURS)
    assert suggest(taken(dt.timedelta()), known) == ()
    only_one_house = [one for one in taken(-200 * MINUTES) if one.position == houses[0]]
    assert suggest(only_one_house, known) == ()


def test_each_camera_has_a_clock_of_its_own() -> None:
    both = pictures(dt.timedelta()) + pictures(-4 * HOURS, camera="old camera")
    assert [(told.camera, told.offset) for told in suggest(both, stays())] == [("old camera", 4 * HOURS)]


def test_one_picture_sets_the_clock_for_all() -> None:
    off = dt.timedelta(days=-3_652, minutes=17)
    taken, day = pictures(off), stays()
    offset = offset_from(taken[4], day[1])
    assert offset is not None
    placed = propose(taken, day, {"phone": offset})
    assert [placed[f"phone-{number}"].visit_id for number in range(15)] == [f"visit-{number // 3}" for number in range(15)]


def test_a_picture_that_fits_its_visit_leaves_the_clock_as_it_is() -> None:
    assert offset_from(Taken("1", DAY + 30 * MINUTES), stays()[0]) == dt.timedelta()
    assert offset_from(Taken("1"), stays()[0]) is None


def test_a_visit_whose_hour_is_not_known_sets_the_day_alone() -> None:
    evening = Stay("a", dt.date(2026, 11, 22))
    assert offset_from(Taken("1", dt.datetime(2016, 1, 3, 9, 30, tzinfo=THAI_TIME)), evening) == dt.date(2026, 11, 22) - dt.date(2016, 1, 3)


# Minutes from the day to the years 1980 and 2399.
@given(st.lists(st.integers(-24_600_000, 196_000_000), max_size=12), st.lists(st.integers(0, 2_000), max_size=5))
def test_whatever_the_camera_says_something_is_answered(moments: list[int], begun: list[int]) -> None:
    taken = [Taken(str(number), DAY + minutes * MINUTES) for number, minutes in enumerate(moments)]
    visits = stays(tuple(begun))
    offsets = {told.camera: told.offset for told in suggest(taken, visits)}
    assert propose(taken, visits, offsets).keys() <= {one.key for one in taken}
