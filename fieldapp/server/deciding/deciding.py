"""A person in the office decides about an entry of the inbox. Every decision is the first one or none: whoever comes second is told."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from fieldapp.domain.conflict import Conflict, Side
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, ConflictId, EventId, PersonId, new_id
from fieldapp.domain.payloads import ConflictDecided, HeldDecided, Payload
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.inbox import InboxKind
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Answer, Status

_inbox = tables.inbox
# Closed by what a person says was done; nothing else comes of it.
CLOSED_BY_WORD = (InboxKind.URGENT, InboxKind.SET_ASIDE)


class NotTaken(Exception):
    """What was held cannot be true, or has no place: `code` and `field` as in an answer. Nothing has changed."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code} {field}".strip())
        self.code = code
        self.field = field


def decide_held(
    connection: Connection, district_id: str, entry_id: str, *, take: bool, note: str, case_id: str, by: PersonId, now: dt.datetime
) -> None:
    """With everything that goes along: a visit's photos and plans. `case_id`: for which case, '' for the one that it names. Raises
    NotTaken, and Refused already_decided or unknown_record."""
    row = _entry(connection, district_id, entry_id)
    if row.kind != InboxKind.HELD:
        raise Refused("unknown_record", "id")
    payload = HeldDecided(take, note, CaseId(case_id) if case_id else None)
    held = [row.event_id, *_going_along(connection, district_id, row.record_id)]
    with connection.begin_nested():
        # All or nothing: a plan is not taken without its visit.
        answers = _record(connection, district_id, [(payload, event_id) for event_id in held], by, now)
        for answer in answers:
            if answer.code == "already_decided":
                raise Refused("already_decided")
            if answer.status is Status.REJECTED:
                raise NotTaken(answer.code, answer.field)


def decide_conflict(
    connection: Connection, district_id: str, conflict_id: str, side: Side, seen: str, *, by: PersonId, now: dt.datetime
) -> Conflict:
    """`seen` is the event whose value the person saw standing, '' for the list's own. Raises Refused already_decided, mismatch where
    another value stands by now, or unknown_record."""
    conflict = SqlRecords(connection, district_id).conflict(ConflictId(conflict_id))
    if conflict is None:
        raise Refused("unknown_record", "id")
    if not conflict.is_open:
        raise Refused("already_decided")
    if (conflict.kept_event or "") != seen:
        raise Refused("mismatch")
    value = conflict.offered if side is Side.OFFERED else conflict.kept
    (answer,) = _record(connection, district_id, [(ConflictDecided(conflict.child_id, value, conflict.kept_event), conflict.id)], by, now)
    if answer.status is not Status.ACCEPTED:
        # Someone was faster between the reading and the writing.
        raise Refused("mismatch")
    return conflict


def close(connection: Connection, district_id: str, entry_id: str, note: str, *, by: PersonId, now: dt.datetime) -> None:
    """An urgent report was looked at, something set aside is done with: who, when, what was done. Raises Refused already_decided or
    unknown_record."""
    mine = (_inbox.c.district_id == district_id, _inbox.c.id == entry_id, _inbox.c.kind.in_(CLOSED_BY_WORD))
    closed = {"decided_at": now, "decided_by": by, "decision": {"choice": "closed", "note": note}}
    done = connection.execute(update(_inbox).where(*mine, _inbox.c.decided_at.is_(None)).values(closed).returning(_inbox.c.id)).first()
    if done is None:
        row = _entry(connection, district_id, entry_id)
        raise Refused("already_decided" if row.decided_at else "unknown_record")


def _entry(connection: Connection, district_id: str, entry_id: str) -> Any:
    row = connection.execute(select(_inbox).where(_inbox.c.district_id == district_id, _inbox.c.id == entry_id)).one_or_none()
    if row is None:
        raise Refused("unknown_record", "id")
    return row


def _going_along(connection: Connection, district_id: str, record_id: str | None) -> list[str]:
    """Held events that wait for this record, and those that wait for theirs, in the order in which they came."""
    found: dict[str, None] = {}
    records = [record_id] if record_id else []
    while records:
        query = select(_inbox.c.event_id, _inbox.c.record_id).where(
            _inbox.c.district_id == district_id,
            _inbox.c.kind == InboxKind.HELD,
            _inbox.c.belongs_to.in_(records),
            _inbox.c.decided_at.is_(None),
        )
        rows = [row for row in connection.execute(query.order_by(_inbox.c.opened_at, _inbox.c.id)) if row.event_id not in found]
        found |= dict.fromkeys(row.event_id for row in rows)
        records = [row.record_id for row in rows if row.record_id]
    return list(found)


def _record(
    connection: Connection, district_id: str, decisions: Sequence[tuple[Payload, str]], by: PersonId, now: dt.datetime
) -> list[Answer]:
    events = [Event(EventId(new_id()), payload, record, 0, now, by) for payload, record in decisions]
    return record_events(connection, district_id, events)
