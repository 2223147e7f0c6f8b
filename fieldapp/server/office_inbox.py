"""The open entries of the district's inbox, read for a person: what came, from whom, about which child, and why it waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.domain.canonical import canonical_bytes
from fieldapp.domain.identifiers import CaseId, ChildId
from fieldapp.errors import SetupError
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.inbox import InboxKind
from fieldapp.server.photos import Intake
from fieldapp.wire import codec


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """`arrived`: an event that was set aside reached the district after all, so nobody needs to do anything. `event` is what was sent, as
    it was made; None where the entry is about no event."""

    id: str
    kind: str
    opened_at: dt.datetime
    case_id: str
    child_name: str
    by_name: str
    event_kind: str
    code: str
    field: str
    made_at: str
    body: dict[str, Any]
    event: dict[str, Any] | None
    arrived: bool


def open_entries(connection: Connection, district_id: str) -> tuple[InboxEntry, ...]:
    """Oldest first."""
    table = tables.inbox
    query = select(table).where(table.c.district_id == district_id, table.c.decided_at.is_(None)).order_by(table.c.opened_at, table.c.id)
    found = connection.execute(query).all()
    children = _children(connection, district_id, {row.case_id for row in found if row.case_id})
    people = _people(connection, district_id)
    arrived = _arrived(connection, district_id, {row.event_id for row in found if row.kind == InboxKind.SET_ASIDE})
    return tuple(_entry(row, children, people, arrived) for row in found)


def entry(connection: Connection, district_id: str, wanted: str) -> InboxEntry:
    """By its number or the beginning of it. Raises SetupError."""
    fitting = [one for one in open_entries(connection, district_id) if one.id.startswith(wanted)]
    if len(fitting) != 1:
        raise SetupError("setup.unknown_entry", entry=wanted)
    return fitting[0]


def as_json(entries: Sequence[InboxEntry]) -> str:
    told = [
        {
            "id": one.id,
            "kind": one.kind,
            "opened_at": one.opened_at.isoformat(),
            "case_id": one.case_id,
            "child": one.child_name,
            "by": one.by_name,
            "event_kind": one.event_kind,
            "code": one.code,
            "field": one.field,
            "made_at": one.made_at,
            "arrived": one.arrived,
            "event": one.event,
            "body": one.body,
        }
        for one in entries
    ]
    return canonical_bytes(told).decode()


def write_pictures(intake: Intake, one: InboxEntry, folder: Path) -> list[Path]:
    """The pictures that came with an entry, each in a file named by its hash. Raises SetupError."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for picture in one.body.get("pictures", ()):
            path = folder / f"{picture['sha256']}.jpg"
            path.write_bytes(intake.kept_aside(picture["sha256"]))
            written.append(path)
    except OSError as error:
        raise SetupError("setup.cannot_write", path=str(folder)) from error
    return written


def _entry(row: Any, children: dict[str, str], people: dict[str, str], arrived: frozenset[str]) -> InboxEntry:
    body = dict(row.body)
    event = None
    event_kind, made_at = str(body.get("kind", "")), str(body.get("made_at", ""))
    if row.kind == InboxKind.SET_ASIDE:
        # As text in the entry, so that it stays to the letter what it was.
        event = codec.parse_json(str(body.pop("body")).encode())
        event_kind, made_at = ("draft", "") if body["kind"] == "draft" else (str(event.get("kind", "")), str(event.get("made_at", "")))
    return InboxEntry(
        id=row.id,
        kind=row.kind,
        opened_at=row.opened_at,
        case_id=row.case_id or "",
        child_name=children.get(row.case_id or "", ""),
        by_name=people.get(str(body.get("by", "")), ""),
        event_kind=event_kind,
        code=str(body.get("code", "")),
        field=str(body.get("field", "")),
        made_at=made_at,
        body=body,
        event=event,
        arrived=row.event_id in arrived,
    )


def _children(connection: Connection, district_id: str, case_ids: set[str]) -> dict[str, str]:
    records = SqlRecords(connection, district_id)
    cases = records.cases([CaseId(case_id) for case_id in case_ids])
    children = records.children([ChildId(case.child_id) for case in cases.values()])
    return {case_id: children[case.child_id].full_name for case_id, case in cases.items() if case.child_id in children}


def _people(connection: Connection, district_id: str) -> dict[str, str]:
    table = record_tables.person
    return {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name).where(table.c.district_id == district_id))}


def _arrived(connection: Connection, district_id: str, event_ids: set[str]) -> frozenset[str]:
    """Of these, what the district holds by now: events, and photos with a receipt."""
    event, receipt = tables.event, tables.photo_receipt
    events = select(event.c.id).where(event.c.district_id == district_id, event.c.id.in_(event_ids))
    photos = select(receipt.c.photo_id).where(receipt.c.district_id == district_id, receipt.c.photo_id.in_(event_ids))
    return frozenset(connection.execute(events).scalars()) | frozenset(connection.execute(photos).scalars())
