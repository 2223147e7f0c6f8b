"""Taking back what the district refused, so that its mended form can go in its place.

The district never stored it, so nothing there has to be undone. Here the old form leaves the outbox in the same transaction in which the
new one enters it: never both, never none. Its bytes are kept, since they are what the person first recorded.
"""

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, delete, or_, select

from fieldapp.domain.event import Event
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import CaseId, ChildId, VisitId
from fieldapp.domain.payloads import ChildEdited, FollowUpClosed, FollowUpPlanned, PhotoAdded, VisitRecorded
from fieldapp.domain.photo import Photo
from fieldapp.domain.visit import Visit
from fieldapp.records import tables
from fieldapp.records.rows import photo_from
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import drafts, sync_state
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.wire.codec import event_from_wire

# The district holds something else under this number; the mended form needs another one.
NUMBER_TAKEN = "different_content"
_TAKEN_BACK = "taken_back:"

_unanswered = outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that was set aside, with what the district said to it."""

    event: Event
    code: str
    field: str


def refused(connection: Connection, event_id: str) -> Refused | None:
    """None where it is not set aside (any more)."""
    query = select(outbox.c.body, outbox.c.code, outbox.c.field).where(outbox.c.event_id == event_id, outbox.c.status == SET_ASIDE)
    row = connection.execute(query).first()
    return Refused(event_from_wire(json.loads(row.body)), row.code, row.field) if row else None


def refused_visit(connection: Connection, draft: Visit) -> Refused | None:
    """The refused visit in whose place this draft is written."""
    visits = (draft.id, draft.supersedes)
    query = select(outbox.c.event_id).where(
        outbox.c.kind == VisitRecorded.KIND, outbox.c.record_id.in_([one for one in visits if one]), outbox.c.status == SET_ASIDE
    )
    event_id = connection.execute(query).scalar()
    return refused(connection, event_id) if event_id else None


def mended_cases(connection: Connection) -> frozenset[str]:
    """Cases with a draft that mends a refused visit."""
    found = set()
    for case_id in drafts.drafted_cases(connection):
        begun = drafts.read_draft(connection, case_id)
        if begun and refused_visit(connection, begun[0]):
            found.add(case_id)
    return frozenset(found)


def recorded(connection: Connection, record_id: str) -> bool:
    """Whether an event about this record lies in the outbox."""
    return connection.execute(select(outbox.c.event_id).where(outbox.c.record_id == record_id)).first() is not None


def photos_of(connection: Connection, district_id: str, record_id: str) -> tuple[Photo, ...]:
    """Of a visit, a filled form or a paper."""
    table = tables.photo
    owner = or_(table.c.visit_id == record_id, table.c.submission_id == record_id, table.c.paper_id == record_id)
    query = select(table).where(table.c.district_id == district_id, owner).order_by(table.c.id)
    return tuple(photo_from(row) for row in connection.execute(query).mappings())


def take_back_visit(connection: Connection, district_id: str, event: Event) -> frozenset[str]:
    """The visit, its step of the case, and its photos leave; the pictures' hashes are returned, for whoever drops what nothing uses any
    more. What was promised in it stays: that is an event of its own."""
    assert isinstance(event.payload, VisitRecorded)
    visit = event.payload.visit
    pictures = photos_of(connection, district_id, visit.id)
    for photo in pictures:
        _forget_photo(connection, district_id, photo)
    _take_back(connection, event.id)
    records = SqlRecords(connection, district_id)
    case = records.case(CaseId(visit.case_id))
    if case is not None:
        records.put((case.without_steps_of(event.id),))
    _delete(connection, tables.visit, district_id, visit.id)
    return frozenset(photo.sha256 for photo in pictures)


def take_back_edit(connection: Connection, district_id: str, event: Event) -> None:
    """The card keeps the values, since the mended form names the same fields, but no longer says that this event set them."""
    assert isinstance(event.payload, ChildEdited)
    _take_back(connection, event.id)
    records = SqlRecords(connection, district_id)
    child = records.child(ChildId(event.record))
    if child is None:
        return
    events = dict(child.field_events)
    for name in event.payload.values:
        if events.get(name) == event.id:
            events.pop(name)
            if name in event.payload.seen:
                events[name] = event.payload.seen[name]
    records.put((replace(child, field_events=events),))


def stamp_edit(connection: Connection, district_id: str, child_id: str) -> None:
    """After the mended form of an edit: the fields that it left as they were are its own now, too."""
    newest = select(outbox.c.body).where(outbox.c.record_id == child_id, outbox.c.kind == ChildEdited.KIND)
    body = connection.execute(newest.order_by(outbox.c.position.desc())).scalar()
    records = SqlRecords(connection, district_id)
    child = records.child(ChildId(child_id))
    if body is None or child is None:
        return
    event = event_from_wire(json.loads(body))
    assert isinstance(event.payload, ChildEdited)
    records.put((replace(child, field_events={**child.field_events, **dict.fromkeys(event.payload.values, event.id)}),))


def take_back_plan(connection: Connection, district_id: str, event: Event) -> tuple[FollowUpClosed, ...]:
    """The follow-up leaves, and what was said of its end; that is returned, to be said again of the mended one."""
    query = select(outbox.c.event_id, outbox.c.body).where(
        outbox.c.record_id == event.record, outbox.c.kind == FollowUpClosed.KIND, _unanswered
    )
    ends = []
    for row in connection.execute(query.order_by(outbox.c.position)).all():
        end = event_from_wire(json.loads(row.body)).payload
        assert isinstance(end, FollowUpClosed)
        ends.append(end)
        _take_back(connection, row.event_id)
    _take_back(connection, event.id)
    _delete(connection, tables.follow_up, district_id, event.record)
    return tuple(ends)


def take_back_promises(connection: Connection, district_id: str, visit_id: VisitId) -> tuple[str, ...]:
    """What the visit promised, where the district was not told yet, leaves; the ids of those it was told are returned, to be called off."""
    table = tables.follow_up
    query = select(table.c.id).where(
        table.c.district_id == district_id, table.c.visit_id == visit_id, table.c.state == FollowUpState.OPEN.value
    )
    told = []
    for follow_up_id in connection.execute(query).scalars().all():
        untold = select(outbox.c.event_id, outbox.c.body).where(
            outbox.c.record_id == follow_up_id, outbox.c.kind == FollowUpPlanned.KIND, _unanswered
        )
        row = connection.execute(untold).first()
        if row is None:
            told.append(follow_up_id)
        else:
            take_back_plan(connection, district_id, event_from_wire(json.loads(row.body)))
    return tuple(told)


def _forget_photo(connection: Connection, district_id: str, photo: Photo) -> None:
    query = select(outbox.c.event_id).where(outbox.c.record_id == photo.id, outbox.c.kind == PhotoAdded.KIND, _unanswered)
    for event_id in connection.execute(query).scalars().all():
        _take_back(connection, event_id)
    connection.execute(delete(photo_transfer).where(photo_transfer.c.photo_id == photo.id))
    _delete(connection, tables.photo, district_id, photo.id)


def _take_back(connection: Connection, event_id: str) -> None:
    row: Row[tuple[str]] = connection.execute(select(outbox.c.body).where(outbox.c.event_id == event_id)).one()
    sync_state.write(connection, _TAKEN_BACK + event_id, row.body)
    connection.execute(delete(outbox).where(outbox.c.event_id == event_id, _unanswered))


def _delete(connection: Connection, table: object, district_id: str, record_id: str) -> None:
    connection.execute(delete(table).where(table.c.district_id == district_id, table.c.id == record_id))  # type: ignore[arg-type,attr-defined]
