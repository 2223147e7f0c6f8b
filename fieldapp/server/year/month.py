"""A month as a wall calendar shows it: weeks from Sunday, and over them bars for what lasts several days, in lanes that do not overlap."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Item:
    """Something from one day through another."""

    first: dt.date
    last: dt.date
    caption: str
    path: str
    tone: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many days of one lane; empty where `item` is None."""

    days: int
    item: Item | None


@dataclass(frozen=True, slots=True)
class Week:
    days: tuple[dt.date, ...]
    lanes: tuple[tuple[Stretch, ...], ...]


def weeks(month: dt.date, items: Sequence[Item]) -> tuple[Week, ...]:
    """The weeks that the month touches; items in the order given, each in the first lane where it has room."""
    found = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(month.year, month.month)
    return tuple(Week(tuple(days), _lanes(days, items)) for days in found)


def _lanes(days: Sequence[dt.date], items: Sequence[Item]) -> tuple[tuple[Stretch, ...], ...]:
    lanes: list[list[Stretch]] = []
    filled: list[int] = []
    for item in items:
        begins, ends = (max(item.first, days[0]) - days[0]).days, (min(item.last, days[-1]) - days[0]).days
        if begins > ends:
            continue
        place = next((number for number, until in enumerate(filled) if until <= begins), len(lanes))
        if place == len(lanes):
            lanes.append([])
            filled.append(0)
        if begins > filled[place]:
            lanes[place].append(Stretch(begins - filled[place], None))
        lanes[place].append(Stretch(ends - begins + 1, item))
        filled[place] = ends + 1
    for lane, until in zip(lanes, filled, strict=True):
        if until < _WEEK:
            lane.append(Stretch(_WEEK - until, None))
    return tuple(tuple(lane) for lane in lanes)
