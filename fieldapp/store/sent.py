"""The list of what was done here and what the district said to it, for the sync page; and trying again what was set aside."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select, update

from fieldapp.domain.conflict import field_of
from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import ConflictId
from fieldapp.domain.names import full_name
from fieldapp.domain.payloads import (
    ChildEdited,
    ConflictDecided,
    FollowUpPlanned,
    PaperReturned,
    PhotoAdded,
    SubmissionRecorded,
    VisitRecorded,
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.errors import StoreError
from fieldapp.records import tables as records
from fieldapp.records.rows import photo_from
from fieldapp.records.tables import child
from fieldapp.store.changes import Changes
from fieldapp.store.decisions import Decided, decided
from fieldapp.store.mending import mended_cases
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.recording import put_effect
from fieldapp.store.tables import former_receipt, outbox, photo_transfer, receipt
from fieldapp.store.transfers import ABANDONED, OWNER, WAITING
from fieldapp.wire.codec import event_from_wire

_WITH_PHOTOS = (VisitRecorded.KIND, SubmissionRecorded.KIND, PaperReturned.KIND)
# What it is about left this laptop; the district may know it.
_NOT_HERE = "unknown_record"


@dataclass(frozen=True, slots=True)
class Sent:
    """One event. `status` is '' while it waits; `photos` are the states of the photos of a visit, a form or a paper; `receipt_number`
    is '' until there is one. `what` is a visit's outcome, an edit's fields with commas between, a decision's [field, value] as JSON, a
    follow-up's day.
    `waits_again`: the district had it and was put back to a time before. `decided`: what its office decided after it had kept it."""

    event_id: str
    kind: str
    case_id: str
    child_name: str
    made_at: dt.datetime
    status: str
    code: str
    field: str
    photos: tuple[str, ...]
    receipt_number: str
    what: str
    being_mended: bool
    waits_again: bool
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class AsidePhoto:
    """A photo whose bytes the district did not take. `visited_on` is when its visit was, its form was filled, or its paper came back;
    `visit_status` of that as in `Sent`, '' while it waits."""

    photo: Photo
    child_name: str
    visited_on: dt.date | None
    visit_status: str
    code: str


def sent(connection: Connection, district_id: str, limit: int) -> tuple[Sent, ...]:
    """Newest first: everything that waits or was rejected, and the newest of the rest up to `limit`. A photo's record is part of
    the line of its visit or form, unless it was rejected on its own."""
    newest = select(outbox.c.position).where(outbox.c.kind != PhotoAdded.KIND).order_by(outbox.c.position.desc()).limit(limit)
    rejected_photo = and_(outbox.c.kind == PhotoAdded.KIND, outbox.c.status == SET_ASIDE)
    shown = and_(
        outbox.c.kind != PhotoAdded.KIND, or_(outbox.c.position.in_(newest), outbox.c.status.is_(None), outbox.c.status == SET_ASIDE)
    )
    of_child = (child.c.district_id == district_id) & (child.c.id == outbox.c.child_id)
    query = (
        select(outbox, child.c.title, child.c.given_name, child.c.family_name, receipt.c.sha256, receipt.c.sequence, receipt.c.recorded_at)
        .join(child, of_child, isouter=True)
        .join(receipt, receipt.c.subject == outbox.c.event_id, isouter=True)
        .where(or_(shown, rejected_photo))
        .order_by(outbox.c.position.desc())
    )
    rows = connection.execute(query).all()
    photos = _photo_states(connection, {row.case_id for row in rows if row.kind in _WITH_PHOTOS})
    mended = mended_cases(connection)
    former = frozenset(connection.execute(select(former_receipt.c.subject)).scalars())
    decisions = decided(connection, district_id)
    return tuple(
        Sent(
            event_id=row.event_id,
            kind=row.kind,
            case_id=row.case_id,
            child_name=full_name(row.title or "", row.given_name or "", row.family_name or ""),
            made_at=row.made_at,
            status=row.status or "",
            code=row.code,
            field=row.field,
            photos=tuple(photos[row.record_id]) if row.kind in _WITH_PHOTOS else (),
            receipt_number=_number(district_id, row) if row.status else "",
            what=_what(row.kind, row.record_id, row.body),
            being_mended=row.status == SET_ASIDE and row.kind == VisitRecorded.KIND and row.case_id in mended,
            waits_again=row.status is None and row.event_id in former,
            decided=decisions.get(row.event_id) if row.status else None,
        )
        for row in rows
    )


def aside_photos(connection: Connection, district_id: str) -> tuple[AsidePhoto, ...]:
    """Oldest first."""
    table, visit, form, paper, case = records.photo, records.visit, records.submission, records.paper, records.case
    its_event = (outbox.c.record_id == OWNER) & outbox.c.kind.in_(_WITH_PHOTOS)
    day = func.coalesce(visit.c.visited_on, form.c.filled_on, paper.c.on_date).label("day")
    query = (
        select(table, photo_transfer.c.code.label("why"), day, outbox.c.status, child.c.title, child.c.given_name)
        .add_columns(child.c.family_name)
        .join(photo_transfer, photo_transfer.c.photo_id == table.c.id)
        .join(visit, (visit.c.district_id == table.c.district_id) & (visit.c.id == table.c.visit_id), isouter=True)
        .join(form, (form.c.district_id == table.c.district_id) & (form.c.id == table.c.submission_id), isouter=True)
        .join(paper, (paper.c.district_id == table.c.district_id) & (paper.c.id == table.c.paper_id), isouter=True)
        .join(outbox, its_event, isouter=True)
        .join(case, (case.c.district_id == table.c.district_id) & (case.c.id == table.c.case_id), isouter=True)
        .join(child, (child.c.district_id == table.c.district_id) & (child.c.id == case.c.child_id), isouter=True)
        .where(table.c.district_id == district_id, photo_transfer.c.state == ABANDONED)
        .order_by(table.c.id)
    )
    return tuple(
        AsidePhoto(
            photo=photo_from(row),
            child_name=full_name(row["title"] or "", row["given_name"] or "", row["family_name"] or ""),
            visited_on=row["day"],
            visit_status=row["status"] or "",
            code=row["why"],
        )
        for row in connection.execute(query).mappings()
    )


def try_again(connection: Connection, district_id: str, event_id: str) -> Changes:
    """Put a rejected event and the photos that hang on it back into the queue, and lay it over the records as they are now, if its card is
    here. Raises EventRefused where it still cannot be true, store.draft_in_the_way where it is being mended."""
    mine = (outbox.c.event_id == event_id) & (outbox.c.status == SET_ASIDE)
    row = connection.execute(select(outbox.c.record_id, outbox.c.case_id, outbox.c.kind, outbox.c.body).where(mine)).first()
    if row is None:
        return Changes()
    if row.kind == VisitRecorded.KIND and row.case_id in mended_cases(connection):
        # Sent as it is, and then once more as it is mended: one of the two would be refused again.
        raise StoreError("store.draft_in_the_way")
    photos = select(photo_transfer.c.photo_id).where(or_(row.record_id == OWNER, photo_transfer.c.photo_id == row.record_id))
    hanging = and_(outbox.c.kind == PhotoAdded.KIND, outbox.c.record_id.in_(photos), outbox.c.status == SET_ASIDE)
    fresh = {"status": None, "code": "", "field": "", "answered_at": None}
    connection.execute(update(outbox).where(or_(mine, hanging)).values(fresh))
    stuck = and_(photo_transfer.c.photo_id.in_(photos), photo_transfer.c.state == ABANDONED)
    connection.execute(update(photo_transfer).where(stuck).values(state=WAITING, code="", attempts=0))
    try:
        changes = put_effect(connection, district_id, event_from_wire(json.loads(row.body)))
    except EventRefused as error:
        if error.code != _NOT_HERE:
            raise
        changes = Changes()
    return changes | Changes(outbox=True)


def body_of(connection: Connection, event_id: str) -> str | None:
    """The event's canonical JSON, which its receipt's hash is of."""
    found: str | None = connection.execute(select(outbox.c.body).where(outbox.c.event_id == event_id)).scalar()
    return found


def _what(kind: str, record_id: str, body: str) -> str:
    payload = json.loads(body)["payload"]
    match kind:
        case VisitRecorded.KIND:
            return str(payload["visit"].get("outcome") or "")
        case ChildEdited.KIND:
            return ",".join(payload["values"])
        case ConflictDecided.KIND:
            return json.dumps([field_of(ConflictId(record_id)), payload["value"]])
        case FollowUpPlanned.KIND:
            return str(payload["follow_up"]["due_on"])
        case _:
            return ""


def _number(district_id: str, row: Row[Any]) -> str:
    if row.sha256 is None:
        return ""
    return Receipt(district_id, row.event_id, row.sha256, row.sequence, row.recorded_at).short_number


def _photo_states(connection: Connection, case_ids: Iterable[str]) -> defaultdict[str, list[str]]:
    """By visit, form or paper, in the order of the photos."""
    columns = (OWNER, photo_transfer.c.state)
    query = select(*columns).where(photo_transfer.c.case_id.in_(sorted(case_ids))).order_by(photo_transfer.c.photo_id)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for owner_id, state in connection.execute(query):
        found[owner_id].append(state)
    return found
