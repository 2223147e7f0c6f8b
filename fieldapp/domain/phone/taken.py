"""What is known of a picture before it is taken in, and of a visit to which it may belong; how near the two are in time and place."""

import datetime as dt
import math
from dataclasses import dataclass

from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.domain.visit import Position

_EARTH_METRES = 6_371_000
# Who opens the page of a visit and goes on with it in the evening was not at the house all day.
_LONGEST_STAY = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Taken:
    """`at` is what the camera's own clock said; `exact` False where only the file tells it, which a copy may have changed. `camera`
    names the device, so that each has its own clock; '' where the picture does not say."""

    key: str
    at: dt.datetime | None = None
    position: Position | None = None
    camera: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Stay:
    """A visit as a place in the day. `begun`: when its page was opened, None where that was not on the day of the visit; `until`: when it
    was last written or finished. `position`: of the visit, or of an earlier one to this child."""

    visit_id: str
    on: dt.date
    begun: dt.datetime | None = None
    until: dt.datetime | None = None
    position: Position | None = None

    @property
    def end(self) -> dt.datetime | None:
        if self.begun is None:
            return None
        return min(max(self.begun, self.until or self.begun), self.begun + _LONGEST_STAY)


def away(stay: Stay, at: dt.datetime) -> dt.timedelta | None:
    """How long before or after the visit this moment is; nothing during it. None where the hour of the visit is not known."""
    if stay.begun is None or stay.end is None:
        return None
    return max(stay.begun - at, at - stay.end, dt.timedelta())


def metres(one: Position, other: Position) -> float:
    """Along the great circle (haversine), less what the two say that they may be off."""
    south, north = (math.radians(position.latitude_e6 / 1_000_000) for position in (one, other))
    east = math.radians((other.longitude_e6 - one.longitude_e6) / 1_000_000)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    distance = 2 * _EARTH_METRES * math.asin(min(1.0, math.sqrt(chord)))
    return max(0.0, distance - (one.accuracy_m or 0) - (other.accuracy_m or 0))


def day_of(at: dt.datetime) -> dt.date:
    """The day that the calendar at the house showed."""
    return at.astimezone(THAI_TIME).date()
