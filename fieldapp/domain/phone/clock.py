"""How far a camera's clock is off: told by a person with one picture, or guessed where visits and pictures show it clearly."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from fieldapp.domain.phone.placing import NEAR
from fieldapp.domain.phone.taken import Stay, Taken, away, day_of, metres

# A pause after which the next pictures are of another house.
_PAUSE = dt.timedelta(minutes=20)
# How well a shifted picture must meet a visit to speak for the shift.
_MEETS = dt.timedelta(minutes=15)
_BESIDE_METRES = 200
_BIN = dt.timedelta(minutes=10)
# Of the guesses only those that most pairs of picture and visit vote for are looked at closely.
_LOOKED_AT = 12
_NEWEST_BURSTS = 80
# Fewer visits could be met by chance: any two pauses of about the same length would do.
_ENOUGH_VISITS = 3
_ENOUGH_IF_ORDINARY = 2
_MOST = 0.6
# Clocks that were set for another country, or to morning for evening, are off by whole hours of at most so many.
_HOURS = 14


class Ground(StrEnum):
    """What speaks for a shift."""

    PAUSES = "pauses"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`offset`: what to add to the camera's time. `visits`: how many visits then have pictures at their time."""

    camera: str
    offset: dt.timedelta
    ground: Ground
    visits: int


@dataclass(frozen=True, slots=True)
class _Score:
    visits: int
    share: float
    off: dt.timedelta


def offset_from(picture: Taken, stay: Stay) -> dt.timedelta | None:
    """What to add to the camera's clock so that this picture was taken at this visit: in whole minutes, or in whole days where the hour
    of the visit is not known. None where the picture has no time; nothing where its time fits as it is."""
    if picture.at is None:
        return None
    if stay.begun is None:
        return dt.timedelta(days=(stay.on - day_of(picture.at)).days)
    between = away(stay, picture.at)
    if between is not None and between <= NEAR:
        return dt.timedelta()
    return _whole_minutes(stay.begun - picture.at)


def suggest(pictures: Iterable[Taken], stays: Sequence[Stay]) -> tuple[Suggestion, ...]:
    """One for each camera whose clock is clearly off. Clocks that fit as they are, and those of which nothing can be said, get none."""
    by_camera: dict[str, list[Taken]] = {}
    for picture in pictures:
        if picture.at and picture.exact:
            by_camera.setdefault(picture.camera, []).append(picture)
    told = (_suggest(camera, taken, [stay for stay in stays if stay.begun]) for camera, taken in by_camera.items())
    return tuple(one for one in told if one is not None)


def _suggest(camera: str, pictures: list[Taken], stays: list[Stay]) -> Suggestion | None:
    if not stays:
        return None
    bursts = _bursts([picture.at for picture in pictures if picture.at])[-_NEWEST_BURSTS:]
    seen = _beside(pictures, stays)
    if sum(fits for _shift, _visit, fits in seen) * 2 > len(seen):
        return None
    return _by_places(camera, seen) or _by_pauses(camera, bursts, stays)


_Seen = tuple[dt.timedelta, str, bool]


def _beside(pictures: list[Taken], stays: list[Stay]) -> list[_Seen]:
    """Of pictures made beside one house and no other: the shift to its visit, that visit, and whether the time fits as it is."""
    told = []
    for picture in pictures:
        beside = [one for one in stays if picture.position and one.position and metres(picture.position, one.position) <= _BESIDE_METRES]
        if len(beside) == 1 and beside[0].begun and picture.at:
            between = away(beside[0], picture.at)
            told.append((beside[0].begun - picture.at, beside[0].visit_id, between is not None and between <= NEAR))
    return told


def _by_places(camera: str, seen: list[_Seen]) -> Suggestion | None:
    """At two houses at least, by the same shift."""
    for offset, _visit, _fits in sorted(seen):
        agreeing = [(other, visit) for other, visit, _ in seen if abs(other - offset) <= NEAR]
        visits = {visit for _other, visit in agreeing}
        if len(visits) >= _ENOUGH_IF_ORDINARY and len(agreeing) >= _MOST * len(seen):
            middle = sorted(other for other, _ in agreeing)[len(agreeing) // 2]
            return Suggestion(camera, _ordinary(middle) or _whole_minutes(middle), Ground.PLACES, len(visits))
    return None


def _by_pauses(camera: str, bursts: "list[_Burst]", stays: list[Stay]) -> Suggestion | None:
    """Visits and pictures with the same pauses between them."""
    votes = Counter(_shift(burst, stay) // _BIN for burst in bursts for stay in stays)
    guesses = {_BIN * number + _BIN / 2 for number, _count in votes.most_common(_LOOKED_AT)}
    guesses |= {ordinary for guess in guesses if (ordinary := _ordinary(guess)) is not None}
    scored = [(_score(bursts, stays, guess), guess) for guess in guesses]
    scored.sort(key=lambda pair: (-pair[0].visits, pair[0].off, _ordinary(pair[1]) != pair[1], pair[1]))
    best, offset = scored[0]
    # As they are, or by another shift, nearly as many visits are met: then nothing is clear.
    others = [score for score, guess in scored if abs(guess - offset) > 2 * _MEETS]
    as_it_is = _score(bursts, stays, dt.timedelta())
    enough = _ENOUGH_IF_ORDINARY if _ordinary(offset) == offset else _ENOUGH_VISITS
    if best.visits < enough or best.share < _MOST or as_it_is.visits * 2 > best.visits or any(one.visits >= best.visits for one in others):
        return None
    return Suggestion(camera, _whole_minutes(offset), Ground.PAUSES, best.visits)


_Burst = tuple[dt.datetime, dt.datetime]


def _bursts(times: list[dt.datetime]) -> list[_Burst]:
    """First and last moment of each run of pictures without a long pause."""
    times = sorted(times)
    cuts = [place for place, (before, after) in enumerate(pairwise(times), start=1) if after - before > _PAUSE]
    return [(times[start], times[end - 1]) for start, end in pairwise([0, *cuts, len(times)]) if end > start]


def _shift(burst: _Burst, stay: Stay) -> dt.timedelta:
    assert stay.begun is not None
    return stay.begun - burst[0]


def _score(bursts: list[_Burst], stays: list[Stay], offset: dt.timedelta) -> _Score:
    """How many visits are met once the pictures are shifted, by what share of the bursts, and how far these are off in all."""
    met: set[str] = set()
    meeting = 0
    off = dt.timedelta()
    for first, last in bursts:
        apart = [(_apart(first + offset, last + offset, stay), stay.visit_id) for stay in stays]
        nearest, visit_id = min(apart)
        if nearest <= _MEETS:
            met.add(visit_id)
            meeting += 1
            off += nearest
    return _Score(len(met), meeting / len(bursts), off)


def _apart(first: dt.datetime, last: dt.datetime, stay: Stay) -> dt.timedelta:
    assert stay.begun is not None
    assert stay.end is not None
    return max(stay.begun - last, first - stay.end, dt.timedelta())


def _ordinary(offset: dt.timedelta) -> dt.timedelta | None:
    """The whole hours that the shift nearly is, where a clock may well be off by so many."""
    hours = round(offset / dt.timedelta(hours=1))
    near = abs(offset - dt.timedelta(hours=hours)) <= _MEETS
    return dt.timedelta(hours=hours) if near and 0 < abs(hours) <= _HOURS else None


def _whole_minutes(offset: dt.timedelta) -> dt.timedelta:
    return dt.timedelta(minutes=round(offset / dt.timedelta(minutes=1)))
