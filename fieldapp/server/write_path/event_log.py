"""The log of every event the district holds, with the answer it gave: asked again, it answers the same again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.receipt import Receipt
from fieldapp.server import tables
from fieldapp.server.write_path.sequence import Writing
from fieldapp.wire.messages import Answer, Status


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event as it came: its canonical JSON, the hash of that, and the time under which it is recorded. `once_held`: the district has
    given a receipt for it before it was put back from a backup."""

    event: Event
    body: str
    sha256: str
    recorded_at: dt.datetime
    device_id: str | None
    once_held: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """An event that is already held."""

    sha256: str
    answer: Answer
    photo_id: str | None


def find(lock: Writing, event_ids: Iterable[str]) -> dict[str, Logged]:
    table = tables.event
    query = select(
        table.c.id,
        table.c.kind,
        table.c.record_id,
        table.c.sha256,
        table.c.sequence,
        table.c.recorded_at,
        table.c.signature,
        table.c.status,
        table.c.code,
        table.c.fields,
    ).where(table.c.district_id == lock.district_id, table.c.id.in_(list(event_ids)))
    found = {}
    for row in lock.connection.execute(query):
        receipt = Receipt(lock.district_id, row.id, row.sha256, row.sequence, row.recorded_at, row.signature, lock.run)
        answer = Answer(row.id, Status(row.status), receipt, code=row.code, fields=tuple(row.fields))
        found[row.id] = Logged(row.sha256, answer, row.record_id if row.kind == PhotoAdded.KIND else None)
    return found


def made(lock: Writing, event_id: str) -> tuple[PersonId, dt.datetime] | None:
    """By whom and when an event was made."""
    table = tables.event
    query = select(table.c.by_person, table.c.made_at).where(table.c.district_id == lock.district_id, table.c.id == event_id)
    row = lock.connection.execute(query).one_or_none()
    return (PersonId(row.by_person), row.made_at) if row else None


def row_of(district_id: str, arrived: Arrived, answer: Answer, case_id: str | None) -> dict[str, Any]:
    event, receipt = arrived.event, answer.receipt
    assert receipt is not None  # nothing is logged without one
    return {
        "district_id": district_id,
        "id": event.id,
        "sequence": receipt.sequence,
        "kind": event.kind,
        "record_id": event.record,
        "case_id": case_id,
        "by_person": event.by,
        "device_id": arrived.device_id,
        "made_at": event.made_at,
        "recorded_at": receipt.recorded_at,
        "body": arrived.body,
        "sha256": receipt.sha256,
        "signature": receipt.signature,
        "status": answer.status,
        "code": answer.code,
        "fields": list(answer.fields),
    }
