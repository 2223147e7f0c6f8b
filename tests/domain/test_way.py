"""The order of the houses of one day."""

import math
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.visit import Position, PositionSource
from fieldapp.domain.way import Stop, way

NAKHU = (16_640_000, 104_030_000)
# About a kilometre to the north, and to the east at this latitude.
NORTH, EAST = 8_983, 9_376


def at(north_km: float, east_km: float) -> Position:
    return Position(NAKHU[0] + round(north_km * NORTH), NAKHU[1] + round(east_km * EAST), PositionSource.PHOTO)


def stop(name: str, village: str, position: Position | None = None, house: str = "") -> Stop:
    return Stop(name, village, house or name, position)


def order(*stops: Stop) -> str:
    return "".join(leg.case_id for leg in way(stops))


def test_villages_stand_along_the_way_and_not_in_the_order_of_their_numbers() -> None:
    assert order(stop("a", "1", at(0, 0)), stop("b", "2", at(9, 0)), stop("c", "3", at(1, 0)), stop("d", "4", at(8, 0))) == "acdb"


def test_a_village_is_finished_before_the_next() -> None:
    stops = [stop("a", "1", at(0, 0)), stop("b", "1", at(0, 4)), stop("c", "2", at(0, 2)), stop("d", "2", at(0, 3))]
    assert order(*stops) in ("abdc", "bacd", "dcba", "cdab", "abcd", "cdba")


def test_children_of_one_house_stay_together() -> None:
    assert (
        order(stop("a", "1", at(0, 0), "7"), stop("b", "1", at(0, 2), "8"), stop("c", "1", at(0, 1), "9"), stop("d", "1", None, "7"))
        == "adcb"
    )


def test_what_was_never_located_stays_behind_its_neighbour_by_number() -> None:
    stops = [stop("a", "1"), stop("b", "2", at(0, 0)), stop("c", "3"), stop("d", "4", at(5, 0)), stop("e", "5", at(1, 0))]
    assert order(*stops) == "abced"


def test_without_any_position_the_numbers_stay_and_no_distance_is_told() -> None:
    legs = way([stop("a", "1"), stop("b", "2"), stop("c", "3")])
    assert [(leg.case_id, leg.metres) for leg in legs] == [("a", None), ("b", None), ("c", None)]


def test_distances_are_metres_in_a_straight_line_from_the_house_before() -> None:
    legs = way([stop("a", "1", at(0, 0)), stop("b", "2"), stop("c", "3", at(3, 4))])
    assert [leg.case_id for leg in legs] == ["a", "b", "c"]
    assert legs[1].metres is None
    assert legs[2].metres is not None and math.isclose(legs[2].metres, 5_000, rel_tol=0.01)


def test_nothing_is_an_empty_way() -> None:
    assert way([]) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=6, unique=True))
def test_every_stop_is_there_once_and_the_way_is_hardly_longer_than_the_shortest(places: list[tuple[int, int]]) -> None:
    stops = [stop(str(number), str(number), at(*place)) for number, place in enumerate(places)]
    legs = way(stops)
    assert sorted(leg.case_id for leg in legs) == sorted(one.case_id for one in stops)
    shortest = min(sum(math.dist(one, other) for one, other in zip(tour, tour[1:], strict=False)) for tour in permutations(places))
    assert sum(leg.metres or 0 for leg in legs) <= shortest * 1_000 * 1.25 + len(places)
