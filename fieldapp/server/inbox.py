"""The district's inbox: what a person in the office must decide."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from fieldapp.domain.events import Event
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.merge import FieldConflict
from fieldapp.server import bulk, tables


class InboxKind(StrEnum):
    HELD = "held"
    CONFLICT = "conflict"
    SET_ASIDE = "set_aside"


Row = dict[str, Any]


def held_row(district_id: str, event: Event, case_id: str, code: str, now: dt.datetime) -> Row:
    body = {"kind": event.kind, "record": event.record, "by": event.by, "made_at": event.made_at.isoformat(), "code": code}
    return _row(district_id, InboxKind.HELD, event.id, case_id, body, now)


def conflict_row(district_id: str, conflict: FieldConflict, case_id: str | None, now: dt.datetime) -> Row:
    body = {
        "child_id": conflict.child_id,
        "field": conflict.field,
        "kept": _plain(conflict.kept),
        "offered": _plain(conflict.offered),
        "by": conflict.by,
        "made_at": conflict.made_at.isoformat(),
    }
    return _row(district_id, InboxKind.CONFLICT, conflict.event_id, case_id, body, now)


def open_entries(connection: Connection, rows: list[Row]) -> None:
    bulk.insert(connection, tables.inbox, rows)


def count_open(connection: Connection, district_id: str) -> dict[str, int]:
    """How many entries wait, by kind; kinds without one are not there."""
    table = tables.inbox
    query = (
        select(table.c.kind, func.count()).where(table.c.district_id == district_id, table.c.decided_at.is_(None)).group_by(table.c.kind)
    )
    return dict(tuple(row) for row in connection.execute(query))


def _row(district_id: str, kind: InboxKind, event_id: str, case_id: str | None, body: Row, now: dt.datetime) -> Row:
    return {
        "district_id": district_id,
        "id": new_id(),
        "kind": kind,
        "event_id": event_id,
        "case_id": case_id,
        "body": body,
        "opened_at": now,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
