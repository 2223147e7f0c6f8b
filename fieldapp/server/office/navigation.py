"""The pages that stand in the navigation, in their order, with what waits behind them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.server import inbox
from fieldapp.server.access.scope import Caller
from fieldapp.server.referrals import listing
from fieldapp.server.thai_day import thai_day
from fieldapp.texts import _, mark


@dataclass(frozen=True, slots=True)
class Entry:
    """`waiting` things behind it need a person."""

    path: str
    caption: str
    here: bool
    waiting: int = 0


def _nothing(connection: Connection, district_id: str, now: dt.datetime) -> int:
    return 0


def _inbox(connection: Connection, district_id: str, now: dt.datetime) -> int:
    return sum(inbox.count_open(connection, district_id).values())


def _referrals(connection: Connection, district_id: str, now: dt.datetime) -> int:
    return listing.count_waiting(connection, district_id, thai_day(now))


# fmt: off
_PAGES: tuple[tuple[str, str, frozenset[Role], Callable[[Connection, str, dt.datetime], int]], ...] = (
    ("/office/", mark("Overview"), DISTRICT_ROLES, _nothing),
    ("/office/lists", mark("Received lists"), DISTRICT_ROLES, _nothing),
    ("/office/cases", mark("Children and cases"), DISTRICT_ROLES, _nothing),
    ("/office/risks", mark("At risk"), DISTRICT_ROLES, _nothing),
    ("/office/referrals", mark("Referrals"), DISTRICT_ROLES, _referrals),
    ("/office/assign", mark("Assignment"), DISTRICT_ROLES, _nothing),
    ("/office/inbox", mark("Inbox"), DISTRICT_ROLES, _inbox),
    ("/office/year", mark("The year"), DISTRICT_ROLES, _nothing),
    ("/office/forms", mark("Forms"), DISTRICT_ROLES, _nothing),
    ("/office/reports", mark("Reports"), DISTRICT_ROLES, _nothing),
    ("/office/people", mark("People and devices"), DISTRICT_ROLES, _nothing),
    ("/office/settings", mark("Settings"), DISTRICT_ROLES, _nothing),
)
# fmt: on
# Pages that belong to an entry without lying under its path.
_BELONGS = {
    "/office/teams": "/office/assign",
    "/office/trips": "/office/assign",
    "/office/devices": "/office/people",
    "/office/audit": "/office/people",
    "/office/safety": "/office/people",
    "/office/twins": "/office/inbox",
    "/office/transfers": "/office/referrals",
}


def entries(connection: Connection, district_id: str, caller: Caller, path: str, now: dt.datetime) -> tuple[Entry, ...]:
    """Those that this person may open; the one that is open, or that the open page belongs to, is `here`."""
    path = next((entry for start, entry in _BELONGS.items() if path == start or path.startswith(f"{start}/")), path)
    shown = [(at, caption, count) for at, caption, roles, count in _PAGES if caller.role in roles]
    here = max((at for at, _caption, _count in shown if path == at or path.startswith(f"{at}/")), key=len, default="")
    return tuple(Entry(at, _(caption), at == here, count(connection, district_id, now)) for at, caption, count in shown)
