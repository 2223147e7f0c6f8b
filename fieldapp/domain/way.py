"""The order of the houses of one day: village by village, and within a village from house to house, by the shortest way in straight lines.

Where a house or a whole village was never located, it stays beside the one that the order of numbers puts before it."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fieldapp.domain.visit import Position

_METRES_A_DEGREE = 111_320
K = TypeVar("K", bound=Hashable)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stop:
    """`village` and `house` are the same for the children of one village or house; `position` is where the house was last found."""

    case_id: str
    village: Hashable
    house: Hashable
    position: Position | None


@dataclass(frozen=True, slots=True)
class Leg:
    """`metres`: in a straight line from the last house before that has a position; None where this one has none, or is the first."""

    case_id: str
    metres: int | None


def way(stops: Sequence[Stop]) -> tuple[Leg, ...]:
    """The stops in the order to visit them. They come in the order of villages and houses by their numbers."""
    located = [stop.position for stop in stops if stop.position]
    points = {stop.case_id: _point(stop.position, located[0]) for stop in stops if stop.position}
    villages: dict[Hashable, list[Stop]] = {}
    for stop in stops:
        villages.setdefault(stop.village, []).append(stop)
    centres = {village: _middle([points[one.case_id] for one in there if one.case_id in points]) for village, there in villages.items()}
    ordered: list[Stop] = []
    last: Point | None = None
    for village in _ordered(list(villages), {key: point for key, point in centres.items() if point}, None):
        houses: dict[Hashable, list[Stop]] = {}
        for stop in villages[village]:
            houses.setdefault(stop.house, []).append(stop)
        placed = {house: points[one.case_id] for house, there in houses.items() for one in there if one.case_id in points}
        for house in _ordered(list(houses), placed, last):
            ordered += houses[house]
            last = placed.get(house, last)
    return tuple(_legs(ordered, points))


def _legs(ordered: Sequence[Stop], points: Mapping[str, Point]) -> list[Leg]:
    legs, last = [], None
    for stop in ordered:
        point = points.get(stop.case_id)
        legs.append(Leg(stop.case_id, round(math.dist(last, point)) if last and point else None))
        last = point or last
    return legs


def _ordered(keys: Sequence[K], placed: Mapping[K, Point], start: Point | None) -> list[K]:
    """The placed ones along a short way, from `start` where it is given; each of the others behind the one that it follows in `keys`."""
    short = _short_way([key for key in keys if key in placed], lambda key: placed[key], start)
    behind: dict[K | None, list[K]] = {}
    leader: K | None = None
    for key in keys:
        if key in placed:
            leader = key
        else:
            behind.setdefault(leader, []).append(key)
    return [*behind.get(None, []), *(one for key in short for one in (key, *behind.get(key, [])))]


def _short_way(keys: Sequence[K], at: Callable[[K], Point], start: Point | None) -> list[K]:
    """To the nearest each time, then with crossings taken out (2-opt). Without a start, of both directions that which begins with the lower
    number."""
    if not keys or (len(keys) < 3 and start is None):
        return list(keys)
    firsts = keys if start is None else [min(keys, key=lambda key: math.dist(start, at(key)))]
    tried = (_to_the_nearest(first, keys, at) for first in firsts)
    found = _uncrossed(min(tried, key=lambda one: _length([at(key) for key in one])), at, start)
    return found[::-1] if start is None and keys.index(found[-1]) < keys.index(found[0]) else found


def _to_the_nearest(first: K, keys: Sequence[K], at: Callable[[K], Point]) -> list[K]:
    found, left = [first], [key for key in keys if key != first]
    while left:
        nearest = min(left, key=lambda key: math.dist(at(found[-1]), at(key)))
        found.append(nearest)
        left.remove(nearest)
    return found


def _uncrossed(keys: list[K], at: Callable[[K], Point], start: Point | None) -> list[K]:
    """A stretch is walked the other way round wherever that is shorter, until nowhere it is."""
    shorter = True
    while shorter:
        shorter = False
        for low in range(len(keys) - 1):
            for high in range(low + 1, len(keys)):
                before = at(keys[low - 1]) if low else start
                behind = at(keys[high + 1]) if high + 1 < len(keys) else None
                first, last = at(keys[low]), at(keys[high])
                if _edge(before, last) + _edge(first, behind) < _edge(before, first) + _edge(last, behind) - 1:
                    keys[low : high + 1] = keys[low : high + 1][::-1]
                    shorter = True
    return keys


def _edge(one: Point | None, other: Point | None) -> float:
    """The way has open ends, which cost nothing."""
    return math.dist(one, other) if one and other else 0.0


def _length(points: Sequence[Point]) -> float:
    return sum(math.dist(one, other) for one, other in zip(points, points[1:], strict=False))


def _point(position: Position, origin: Position) -> Point:
    """Metres north and east of the origin on a plane, good enough for a day's way: within a hundredth over 100 km."""
    scale = _METRES_A_DEGREE / 1_000_000
    north = (position.latitude_e6 - origin.latitude_e6) * scale
    east = (position.longitude_e6 - origin.longitude_e6) * scale * math.cos(math.radians(origin.latitude_e6 / 1_000_000))
    return north, east


def _middle(points: Sequence[Point]) -> Point | None:
    if not points:
        return None
    return sum(north for north, _ in points) / len(points), sum(east for _, east in points) / len(points)
