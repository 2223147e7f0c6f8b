"""The district's inbox: what a person in the office must decide. Entries about conflicts and about what is held end with the event that
decides them, wherever it was made; the others are closed by a person who says what was done."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import HeldDecided, SubmissionRecorded, VisitRecorded
from fieldapp.server import bulk, tables
from fieldapp.server.write_path.sequence import Writing


class InboxKind(StrEnum):
    HELD = "held"
    CONFLICT = "conflict"
    SET_ASIDE = "set_aside"
    URGENT = "urgent"


Row = dict[str, Any]

_inbox = tables.inbox


def held_row(district_id: str, event: Event, case_id: str | None, code: str, now: dt.datetime, belongs_to: str | None = None) -> Row:
    """`belongs_to`: the record of a held event with which this one goes along."""
    body = {"kind": event.kind, "record": event.record, "by": event.by, "made_at": event.made_at.isoformat(), "code": code}
    return _row(district_id, InboxKind.HELD, event.id, case_id, body, now, event.record, belongs_to)


def urgent_row(district_id: str, event: Event, case_id: str | None, now: dt.datetime) -> Row | None:
    """For a visit or filled form that tells of harm; None for everything else. `signs` are codes of what the form's answers say."""
    told: Row
    match event.payload:
        case VisitRecorded(visit=visit) if visit.urgent:
            told = {"visited_on": visit.visited_on.isoformat(), "note": visit.urgent_note}
        case SubmissionRecorded(submission=submission) if submission.urgent:
            told = {"visited_on": submission.filled_on.isoformat(), "note": "", "signs": list(submission.urgent)}
        case _:
            return None
    body = {"kind": event.kind, "record": event.record, "by": event.by, "made_at": event.made_at.isoformat(), **told}
    return _row(district_id, InboxKind.URGENT, event.id, case_id, body, now, event.record)


class Choice(StrEnum):
    """What became of a conflict."""

    KEPT = "kept"
    OFFERED = "offered"
    OTHER = "other"


def conflict_row(district_id: str, conflict: Conflict, case_id: str | None, now: dt.datetime) -> Row:
    """`conflict` names the record, which goes on telling what stands when that changes; the rest is how it was when it arose."""
    body = {
        "conflict": conflict.id,
        "child_id": conflict.child_id,
        "field": conflict.field,
        "kept": conflict.kept,
        "offered": conflict.offered,
        "by": conflict.offered_by,
        "made_at": conflict.offered_at.isoformat(),
    }
    return _row(district_id, InboxKind.CONFLICT, conflict.offered_event, case_id, body, now)


def close_conflicts(lock: Writing, conflicts: Iterable[Conflict], now: dt.datetime) -> None:
    """The entries of those that are decided: by whom, when the district heard of it, in which event, and what was chosen."""
    decided = {(conflict.offered_event, conflict.field): conflict for conflict in conflicts if not conflict.is_open}
    if not decided:
        return
    query = select(_inbox.c.id, _inbox.c.event_id, _inbox.c.body).where(
        _inbox.c.district_id == lock.district_id,
        _inbox.c.kind == InboxKind.CONFLICT,
        _inbox.c.event_id.in_({event_id for event_id, _ in decided}),
        _inbox.c.decided_at.is_(None),
    )
    for row in lock.connection.execute(query).all():
        conflict = decided.get((row.event_id, row.body["field"]))
        if conflict is not None:
            decision = {"event": conflict.decided_event, "choice": _choice(conflict), "value": conflict.decision}
            closed = {"decided_at": now, "decided_by": conflict.decided_by, "decision": decision}
            lock.connection.execute(update(_inbox).where(_inbox.c.district_id == lock.district_id, _inbox.c.id == row.id).values(closed))


def close_held(lock: Writing, decisions: Iterable[Event], now: dt.datetime) -> None:
    """The entries of held events that these decide."""
    for event in decisions:
        payload = event.payload
        assert isinstance(payload, HeldDecided)
        decision = {"event": event.id, "choice": "taken" if payload.take else "kept", "note": payload.note}
        if payload.case_id:
            decision["case_id"] = payload.case_id
        values = {"decided_at": now, "decided_by": event.by, "decision": decision}
        mine = (_inbox.c.district_id == lock.district_id, _inbox.c.kind == InboxKind.HELD, _inbox.c.event_id == event.record)
        lock.connection.execute(update(_inbox).where(*mine).values(values))


def _choice(conflict: Conflict) -> Choice:
    if conflict.decision == conflict.offered:
        return Choice.OFFERED
    return Choice.KEPT if conflict.decision == conflict.kept else Choice.OTHER


def open_entries(connection: Connection, rows: list[Row]) -> None:
    bulk.insert(connection, tables.inbox, rows)


def stands_alone(entry: Any = _inbox) -> Any:
    """A condition: what an entry goes along with does not wait any more, or it goes along with nothing."""
    lead = _inbox.alias("lead")
    waits = select(1).where(
        lead.c.district_id == entry.c.district_id,
        lead.c.record_id == entry.c.belongs_to,
        lead.c.kind == InboxKind.HELD,
        lead.c.decided_at.is_(None),
    )
    return entry.c.belongs_to.is_(None) | ~waits.exists()


def open_to(hidden_from: str) -> list[Any]:
    """Conditions: without the urgent reports of others than this person; '' hides none."""
    return [or_(_inbox.c.kind != InboxKind.URGENT, _inbox.c.body["by"].as_string() == hidden_from)] if hidden_from else []


def count_open(connection: Connection, district_id: str, hidden_from: str = "") -> dict[str, int]:
    """How many entries wait, by kind; kinds without one are not there. What goes along with another is not counted, nor are urgent
    reports of others than `hidden_from`."""
    table = tables.inbox
    query = select(table.c.kind, func.count()).where(
        table.c.district_id == district_id, table.c.decided_at.is_(None), stands_alone(), *open_to(hidden_from)
    )
    return dict(tuple(row) for row in connection.execute(query.group_by(table.c.kind)))


def _row(
    district_id: str,
    kind: InboxKind,
    event_id: str,
    case_id: str | None,
    body: Row,
    now: dt.datetime,
    record_id: str | None = None,
    belongs_to: str | None = None,
) -> Row:
    return {
        "district_id": district_id,
        "id": new_id(),
        "kind": kind,
        "event_id": event_id,
        "case_id": case_id,
        "record_id": record_id,
        "belongs_to": belongs_to,
        "body": body,
        "opened_at": now,
    }
