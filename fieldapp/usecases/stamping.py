"""Day and place written onto a photo, where the person wants that: the day as people here say it, the house and the village, never a name.

Writing Thai needs a text engine that Pillow has on no system but Linux, so whoever can draw hands in how (`DrawStamp`)."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Connection

from fieldapp import phrases
from fieldapp.domain.child import Child
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.store import preferences

# (width and height of the picture, lines) -> a PNG, as wide, to lay over its foot; transparent where nothing is written.
DrawStamp = Callable[[int, int, tuple[str, ...]], bytes]
_ON = "stamp"


def is_on(connection: Connection) -> bool:
    return preferences.read(connection, _ON) == "1"


def set_on(connection: Connection, wanted: bool) -> None:
    preferences.write(connection, _ON, "1" if wanted else "0")


def fits(kind: PhotoKind) -> bool:
    """A paper has its own date, and nothing of it may be covered."""
    return kind is not PhotoKind.DOCUMENT


def lines(child: Child, taken_at: dt.datetime | None) -> tuple[str, ...]:
    """What is written: when the picture was taken, if it says so, and where the child lives. No name."""
    when = ""
    if taken_at is not None:
        local = taken_at.astimezone(THAI_TIME)
        when = f"{phrases.day(local.date())} {local:%H:%M}"
    if child.house_no:
        where = phrases.place(child.house_no, child.moo, child.tambon_code, child.village)
    else:
        where = " ".join((phrases.place_short(child.moo, child.tambon_code, child.village), phrases.place_in_district(child.tambon_code)))
    return tuple(line for line in (when, where.strip()) if line)
