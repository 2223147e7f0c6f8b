"""To which visit a picture of the phone is proposed: by time, by place, and by neither where nothing speaks for it."""

import datetime as dt
from dataclasses import replace

from fieldapp.domain.phone.placing import Proposal, Why, propose, real_time
from fieldapp.domain.phone.taken import Stay, Taken, metres
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.domain.visit import Position, PositionSource

HOUSE = Position(16_758_500, 104_037_000, PositionSource.PHOTO)


def at(hour: int, minute: int = 0, day: int = 22) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=THAI_TIME)


def place(north_m: float = 0, east_m: float = 0) -> Position:
    return replace(HOUSE, latitude_e6=HOUSE.latitude_e6 + round(north_m * 8.993), longitude_e6=HOUSE.longitude_e6 + round(east_m * 9.392))


def stay(visit_id: str, hour: int, minute: int = 0, *, minutes: int = 20, day: int = 22, position: Position | None = None) -> Stay:
    begun = at(hour, minute, day)
    return Stay(visit_id, begun.date(), begun, begun + dt.timedelta(minutes=minutes), position)


def one(picture: Taken, *stays: Stay, off: dt.timedelta | None = None) -> Proposal | None:
    return propose([picture], stays, {picture.camera: off} if off else {}).get(picture.key)


def test_a_picture_goes_to_the_visit_during_which_it_was_taken() -> None:
    first, second = stay("a", 9), stay("b", 10, 30)
    assert one(Taken("1", at(9, 10)), first, second) == Proposal("a", Why.TIME)
    assert one(Taken("1", at(10, 25)), first, second) == Proposal("b", Why.TIME)
    assert one(Taken("1", at(10, 55)), first, second) == Proposal("b", Why.TIME)


def test_nothing_speaks_for_a_picture_taken_long_before_or_after_or_without_a_time() -> None:
    first, second = stay("a", 9), stay("b", 10, 30)
    assert one(Taken("1", at(6, 30)), first, second) is None
    assert one(Taken("1", at(15)), first, second) is None
    assert one(Taken("1", at(9, 10, day=21)), first, second) is None
    assert one(Taken("1")) is None
    assert one(Taken("1"), first) is None


def test_the_only_visit_of_the_day_is_proposed_with_a_question() -> None:
    assert one(Taken("1", at(15)), stay("a", 9), stay("b", 9, day=21)) == Proposal("a", Why.ONLY_VISIT_OF_THE_DAY, sure=False)
    evening = Stay("a", dt.date(2026, 11, 22))
    assert one(Taken("1", at(15)), evening) == Proposal("a", Why.ONLY_VISIT_OF_THE_DAY, sure=False)


def test_the_place_decides_between_two_visits_close_in_time() -> None:
    here, there = stay("a", 9, position=place()), stay("b", 9, 25, position=place(north_m=600))
    assert one(Taken("1", at(9, 22), place(20)), here, there) == Proposal("a", Why.TIME_AND_PLACE)
    assert one(Taken("1", at(9, 22), place(580)), here, there) == Proposal("b", Why.TIME_AND_PLACE)
    assert one(Taken("1", at(9, 22)), here, there) == Proposal("a", Why.TIME, sure=False)


def test_a_picture_beside_the_house_belongs_to_the_visit_of_that_day_though_the_page_was_opened_in_the_evening() -> None:
    evening = stay("a", 19, position=place())
    assert one(Taken("1", at(9), place(30)), evening, stay("b", 19, 30)) == Proposal("a", Why.PLACE)
    assert one(Taken("1", at(9, day=20), place(30)), evening) is None


def test_a_picture_from_another_village_is_not_proposed_whatever_the_clock_says() -> None:
    here = stay("a", 9, position=place())
    assert one(Taken("1", at(9, 5), place(5_000)), here) is None
    assert one(Taken("1", at(14), place(5_000)), here) is None


def test_the_file_s_own_time_is_never_sure() -> None:
    assert one(Taken("1", at(9, 5), exact=False), stay("a", 9)) == Proposal("a", Why.TIME, sure=False)


def test_each_camera_is_set_right_by_its_own_offset() -> None:
    day = [stay("a", 9), stay("b", 13)]
    slow = dt.timedelta(hours=4)
    taken = [Taken("1", at(9, 5), camera="phone"), Taken("2", at(9, 5), camera="old camera")]
    found = propose(taken, day, {"old camera": slow})
    assert (found["1"].visit_id, found["2"].visit_id) == ("a", "b")
    assert real_time(taken[1], {"old camera": slow}) == at(13, 5)


def test_a_page_left_open_until_the_evening_does_not_gather_the_whole_day() -> None:
    open_all_day = stay("a", 9, minutes=10 * 60)
    assert one(Taken("1", at(10, 30)), open_all_day, stay("b", 19)) == Proposal("a", Why.TIME)
    assert one(Taken("1", at(15)), open_all_day, stay("b", 19)) is None


def test_metres_are_those_of_the_ground_less_what_the_phone_may_be_off() -> None:
    assert abs(metres(place(), place(north_m=1_000)) - 1_000) < 5
    assert abs(metres(place(), place(east_m=1_000)) - 1_000) < 5
    assert metres(replace(place(), accuracy_m=300), place(north_m=250)) == 0
