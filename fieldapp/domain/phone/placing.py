"""To which visit a picture belongs, by time and place. A proposal only: a person confirms each before anything is taken in."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.phone.taken import Stay, Taken, away, day_of, metres

# Pictures are made while walking up to the house, and the page may be opened only in the car afterwards.
NEAR = dt.timedelta(minutes=45)
# Houses of a village stand this close; a phone under a tin roof is off by as much.
_BESIDE_METRES = 200
# Whoever was so far away was not at that house, whatever the clock says.
_ELSEWHERE_METRES = 1_500
# Two visits that fit nearly as well: a person should look.
_CLOSE_CALL = 0.2


class Why(StrEnum):
    TIME = "time"
    PLACE = "place"
    TIME_AND_PLACE = "time_and_place"
    ONLY_VISIT_OF_THE_DAY = "only_visit_of_the_day"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`sure` False: another visit fits nearly as well, or only the day speaks for this one."""

    visit_id: str
    why: Why
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Fit:
    """`cost`: 0 fits wholly; each of time and place adds up to 1, and so does not knowing it."""

    stay: Stay
    cost: float
    why: Why


def real_time(picture: Taken, offsets: Mapping[str, dt.timedelta]) -> dt.datetime | None:
    """When it was taken, once its camera's clock is set right by `offsets` (camera -> what to add)."""
    return picture.at + offsets.get(picture.camera, dt.timedelta()) if picture.at else None


def propose(pictures: Iterable[Taken], stays: Sequence[Stay], offsets: Mapping[str, dt.timedelta]) -> dict[str, Proposal]:
    """By key, for those pictures that something speaks for."""
    found = {picture.key: _proposal(picture, real_time(picture, offsets), stays) for picture in pictures}
    return {key: proposal for key, proposal in found.items() if proposal is not None}


def _proposal(picture: Taken, at: dt.datetime | None, stays: Sequence[Stay]) -> Proposal | None:
    fits = sorted((fit for stay in stays if (fit := _fit(picture, at, stay))), key=lambda fit: fit.cost)
    if fits:
        best = fits[0]
        sure = picture.exact and (len(fits) == 1 or fits[1].cost - best.cost >= _CLOSE_CALL)
        return Proposal(best.stay.visit_id, best.why, sure)
    if at is None:
        return None
    that_day = [stay for stay in stays if stay.on == day_of(at)]
    if len(that_day) != 1 or _is_elsewhere(picture, that_day[0]):
        return None
    return Proposal(that_day[0].visit_id, Why.ONLY_VISIT_OF_THE_DAY, sure=False)


def _fit(picture: Taken, at: dt.datetime | None, stay: Stay) -> _Fit | None:
    if _is_elsewhere(picture, stay):
        return None
    between = away(stay, at) if at else None
    distance = metres(picture.position, stay.position) if picture.position and stay.position else None
    in_time = between is not None and between <= NEAR
    in_place = distance is not None and distance <= _BESIDE_METRES and (at is None or day_of(at) == stay.on)
    if not in_time and not in_place:
        return None
    cost = min(between / NEAR, 1.0) if between is not None else 1.0
    cost += min(distance / _BESIDE_METRES, 1.0) if distance is not None else 1.0
    why = Why.TIME_AND_PLACE if in_time and in_place else Why.TIME if in_time else Why.PLACE
    return _Fit(stay, cost, why)


def _is_elsewhere(picture: Taken, stay: Stay) -> bool:
    return bool(picture.position and stay.position and metres(picture.position, stay.position) > _ELSEWHERE_METRES)
