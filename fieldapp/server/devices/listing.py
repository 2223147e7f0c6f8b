"""The laptops with whose they are, when they were last heard of, and what they said they had not sent. Two queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.sql import Select

from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.devices import unsent_told
from fieldapp.server.devices.silent import LONG
from fieldapp.server.problems import Refused

_device, _session, _person = tables.device, tables.session, record_tables.person


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """`people` are (person id, name) of who signed in on it; `records` and `photos` what it had not sent when it last told, None where it
    never did. `said_farewell`: after it was revoked it was in contact once more and destroyed its keys."""

    id: str
    name: str
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    revoked_at: dt.datetime | None
    said_farewell: bool
    records: int | None
    photos: int | None
    told_at: dt.datetime | None
    people: tuple[tuple[str, str], ...] = ()

    def silent(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and self.last_seen_at < now - LONG

    @property
    def unsent(self) -> int:
        return (self.records or 0) + (self.photos or 0)


def devices(connection: Connection, district_id: str, now: dt.datetime) -> tuple[DeviceRow, ...]:
    """Silent ones first, of them those with something unsent; revoked ones last. Within, the longest unheard first."""
    found = _with_people(connection, district_id, connection.execute(_rows(district_id)).mappings())
    return tuple(sorted(found, key=lambda one: (one.revoked_at is not None, not one.silent(now), not one.unsent, one.last_seen_at, one.id)))


def find(connection: Connection, district_id: str, device_id: str) -> DeviceRow:
    """Raises Refused unknown_record."""
    found = _with_people(connection, district_id, connection.execute(_rows(district_id).where(_device.c.id == device_id)).mappings())
    if not found:
        raise Refused("unknown_record", "device_id")
    return found[0]


def _with_people(connection: Connection, district_id: str, found: Any) -> list[DeviceRow]:
    people: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    query = (
        select(_session.c.device_id, _session.c.person_id, _person.c.name)
        .join(_person, (_person.c.district_id == _session.c.district_id) & (_person.c.id == _session.c.person_id))
        .where(_session.c.district_id == district_id)
        .distinct()
        .order_by(_person.c.name)
    )
    for row in connection.execute(query):
        people[row.device_id].append((row.person_id, row.name))
    return [DeviceRow(**row, people=tuple(people.get(row["id"], ()))) for row in found]


def _rows(district_id: str) -> Select[Any]:
    still = unsent_told.still(district_id)
    told = (
        select(still.c.device_id, func.sum(still.c.records).label("records"), func.sum(still.c.photos).label("photos"))
        .add_columns(func.max(still.c.told_at).label("told_at"))
        .group_by(still.c.device_id)
        .subquery()
    )
    # A session that could be refreshed no moment after it was made is one that said farewell (`auth.farewell`).
    farewell = (
        select(_session.c.device_id, func.bool_or(_session.c.refresh_expires_at == _session.c.created_at).label("said"))
        .where(_session.c.district_id == district_id)
        .group_by(_session.c.device_id)
        .subquery()
    )
    return (
        select(_device.c.id, _device.c.name, _device.c.first_seen_at)
        .add_columns(func.greatest(_device.c.last_seen_at, told.c.told_at).label("last_seen_at"), _device.c.revoked_at)
        .add_columns(func.coalesce(farewell.c.said, False).label("said_farewell"), told.c.records, told.c.photos, told.c.told_at)
        .outerjoin(told, told.c.device_id == _device.c.id)
        .outerjoin(farewell, farewell.c.device_id == _device.c.id)
        .where(_device.c.district_id == district_id)
    )
