"""By when an entry of the inbox is to be decided: so many hours after it came, by its kind; the district may set others."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection

from fieldapp.records.reference import setting
from fieldapp.server.inbox import InboxKind

# The setting: kind -> hours, as text.
SETTING = "inbox_hours"
DEFAULT_HOURS: Mapping[str, int] = {
    InboxKind.URGENT: 24,
    InboxKind.HELD: 7 * 24,
    InboxKind.CONFLICT: 14 * 24,
    InboxKind.SET_ASIDE: 7 * 24,
}


def hours_by_kind(connection: Connection, district_id: str) -> dict[str, int]:
    """What the district has set; a number that makes no sense counts as not set."""
    given = setting(connection, district_id, SETTING)
    return {kind: int(text) if (text := given.get(kind, "")).isdecimal() else hours for kind, hours in DEFAULT_HOURS.items()}


def due_at(opened_at: dt.datetime, hours: int) -> dt.datetime:
    return opened_at + dt.timedelta(hours=hours)
