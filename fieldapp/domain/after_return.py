"""When a child who is back is looked after: days after the return, as the district sets them."""

import datetime as dt
from collections.abc import Mapping

from fieldapp.domain.visit import Outcome, Visit

SETTING = "follow_up"
DEFAULT_DAYS = (7, 30, 90)
MOST_DAYS = 730


def days_in(said: str) -> tuple[int, ...] | None:
    """Days with commas between; None where they cannot be read."""
    parts = [part.strip() for part in said.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) <= 4 and 1 <= int(part) <= MOST_DAYS for part in parts):
        return None
    return tuple(sorted({int(part) for part in parts}))


def days_after_return(setting: Mapping[str, str]) -> tuple[int, ...]:
    """Of the setting `follow_up`: {"after_return": "7,30,90"}; '' for never. What cannot be read counts as not set."""
    said = setting.get("after_return")
    days = None if said is None else days_in(said)
    return DEFAULT_DAYS if days is None else days


def due_after(visit: Visit, days: tuple[int, ...]) -> tuple[dt.date, ...]:
    """The days on which to look after the child; none where the visit did not find it back at school."""
    if visit.outcome is not Outcome.RETURNED:
        return ()
    back_on = visit.return_on or visit.visited_on
    return tuple(back_on + dt.timedelta(days=one) for one in days)
