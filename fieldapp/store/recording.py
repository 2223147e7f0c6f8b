"""Doing something: the records change and the event enters the outbox in one transaction, or neither.

`apply` of the domain is the only code that changes a record. Sync uses `put_effect` to lay waiting events over fresher records again.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from fieldapp.domain.care.facts import CareFact
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event, Record
from fieldapp.domain.events import apply
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import EventId, FollowUpId, new_id
from fieldapp.domain.payloads import (
    CarePayload,
    ChildEdited,
    ConflictDecided,
    FollowUpClosed,
    FollowUpPlanned,
    Payload,
    PhotoAdded,
    SubmissionRecorded,
    VisitRecorded,
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records.sql_records import SqlRecords
from fieldapp.records.tables import case as case_table
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.store.transfers import WAITING
from fieldapp.wire.codec import event_bytes, event_to_wire


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did, before it is an event: `record` and `base_version` as in `Event`."""

    payload: Payload
    record: str
    base_version: int = 0


def record(store: Store, acts: Iterable[Act], made_at: dt.datetime) -> Changes:
    """Do it, durably. Raises EventRefused, and then nothing was done."""
    with store.writing() as connection:
        changes = record_in(connection, store.identity, acts, made_at)
    store.announce(changes)
    return changes


def record_in(connection: Connection, identity: Identity, acts: Iterable[Act], made_at: dt.datetime) -> Changes:
    """The same inside a transaction that does more; its owner announces the changes after the commit."""
    changes = Changes()
    for act in acts:
        event = Event(
            id=EventId(new_id()),
            payload=act.payload,
            record=act.record,
            base_version=act.base_version,
            made_at=made_at,
            by=identity.person_id,
            device_id=identity.device_id,
        )
        changes |= put_effect(connection, identity.district_id, event)
        _enter_outbox(connection, identity.district_id, event)
    return changes | Changes(outbox=True)


def put_effect(connection: Connection, district_id: str, event: Event) -> Changes:
    """Apply one event of this device to the records as they now stand. Doing it twice changes nothing. Raises EventRefused."""
    records = SqlRecords(connection, district_id)
    effect = apply(event, records)
    records.put(effect.records)
    return changes_of(effect.records)


def changes_of(records: Iterable[Record]) -> Changes:
    """Which screens a set of stored records concerns."""
    cases: set[str] = set()
    children: set[str] = set()
    visits: set[str] = set()
    photos: set[str] = set()
    follow_ups: set[str] = set()
    submissions: set[str] = set()
    care: set[str] = set()
    reference = False
    for one in records:
        match one:
            case Case():
                cases.add(one.id)
            case Child():
                children.add(one.id)
            case Conflict():
                children.add(one.child_id)
            case Visit():
                visits.add(one.id)
                cases.add(one.case_id)
            case Photo():
                photos.add(one.id)
                if one.case_id is not None:
                    cases.add(one.case_id)
            case FollowUp():
                follow_ups.add(one.id)
                cases.add(one.case_id)
            case Submission():
                submissions.add(one.id)
                if one.case_id is not None:
                    cases.add(one.case_id)
            case _ if isinstance(one, CareFact):
                care.add(one.id)
                cases.add(one.case_id)
            case _:
                reference = True
    return Changes(
        cases=frozenset(cases),
        children=frozenset(children),
        visits=frozenset(visits),
        photos=frozenset(photos),
        follow_ups=frozenset(follow_ups),
        submissions=frozenset(submissions),
        care=frozenset(care),
        reference=reference,
    )


def _enter_outbox(connection: Connection, district_id: str, event: Event) -> None:
    case_id, child_id = _belongs_to(connection, district_id, event)
    connection.execute(
        insert(outbox),
        {
            "event_id": event.id,
            "kind": event.kind,
            "record_id": event.record,
            "case_id": case_id,
            "child_id": child_id,
            "made_at": event.made_at,
            "body": event_bytes(event_to_wire(event)).decode(),
            "urgent": _is_urgent(event.payload),
        },
    )
    if isinstance(event.payload, PhotoAdded):
        photo = event.payload.photo
        connection.execute(
            insert(photo_transfer),
            {
                "photo_id": photo.id,
                "visit_id": photo.visit_id,
                "submission_id": photo.submission_id,
                "paper_id": photo.paper_id,
                "case_id": photo.case_id or "",
                "sha256": photo.sha256,
                "size": photo.size,
                "media_type": photo.media_type,
                "state": WAITING,
            },
        )


def _is_urgent(payload: Payload) -> bool:
    """What tells of harm goes before everything else."""
    match payload:
        case VisitRecorded(visit=visit):
            return visit.urgent
        case SubmissionRecorded(submission=submission):
            return bool(submission.urgent)
        case _:
            return False


def _belongs_to(connection: Connection, district_id: str, event: Event) -> tuple[str, str]:
    """The case and the child that the event is about, so that the outbox can be read by either."""
    table = case_table.c
    match event.payload:
        case VisitRecorded(visit=visit):
            return visit.case_id, visit.child_id
        case ChildEdited() | ConflictDecided():
            child_id = event.payload.child_id if isinstance(event.payload, ConflictDecided) else event.record
            query = select(table.id).where(table.district_id == district_id, table.child_id == child_id).order_by(table.listed_on.desc())
            return connection.execute(query).scalar() or "", child_id
        case PhotoAdded(photo=photo):
            case_id: str = photo.case_id or ""
        case FollowUpPlanned(follow_up=planned):
            case_id = planned.case_id
        case FollowUpClosed():
            closed = SqlRecords(connection, district_id).follow_up(FollowUpId(event.record))
            case_id = closed.case_id if closed else ""
        case SubmissionRecorded(submission=submission):
            return submission.case_id or "", submission.child_id or ""
        case payload if isinstance(payload, CarePayload):
            return payload.fact.case_id, payload.fact.child_id
        case _:
            case_id = event.record
    query = select(table.child_id).where(table.district_id == district_id, table.id == case_id)
    return case_id, connection.execute(query).scalar() or ""
