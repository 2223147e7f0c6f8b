"""What a person may send to the helpdesk: one thing that was set aside, exactly as it lies here; and when a file of it was written."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.payloads import PaperReturned, PhotoAdded, SubmissionRecorded, VisitRecorded
from fieldapp.domain.photo import Photo
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import drafts, sync_state
from fieldapp.store.mending import photos_of
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import draft, outbox, photo_transfer
from fieldapp.store.tables import sync_state as state_table
from fieldapp.store.transfers import ABANDONED
from fieldapp.wire.bundle_parts import SetAsideKind

_WRITTEN = "helpdesk:"


@dataclass(frozen=True, slots=True)
class Aside:
    """`id` is the event's, the photo's or the drafted visit's; `body` its JSON."""

    id: str
    kind: SetAsideKind
    body: str
    case_id: str
    photos: tuple[Photo, ...]
    code: str = ""
    field: str = ""
    refused_at: dt.datetime | None = None


def set_aside(connection: Connection, district_id: str, subject: str) -> Aside | None:
    """By the event's id, or the photo's where only its bytes were not taken. None where it is not set aside (any more)."""
    row = connection.execute(select(outbox).where(outbox.c.event_id == subject, outbox.c.status == SET_ASIDE)).first()
    if row is not None:
        photos: tuple[Photo, ...] = ()
        if row.kind in (VisitRecorded.KIND, SubmissionRecorded.KIND, PaperReturned.KIND):
            photos = photos_of(connection, district_id, row.record_id)
        elif row.kind == PhotoAdded.KIND:
            photos = _photo(connection, district_id, row.record_id)
        return Aside(row.event_id, SetAsideKind.EVENT, row.body, row.case_id, photos, row.code, row.field, row.answered_at)
    query = (
        select(outbox.c.body, outbox.c.case_id, photo_transfer.c.code)
        .join(outbox, (outbox.c.record_id == photo_transfer.c.photo_id) & (outbox.c.kind == PhotoAdded.KIND))
        .where(photo_transfer.c.photo_id == subject, photo_transfer.c.state == ABANDONED)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Aside(subject, SetAsideKind.PHOTO, row.body, row.case_id, _photo(connection, district_id, subject), row.code)


def all_aside(connection: Connection, district_id: str) -> tuple[str, ...]:
    """Subjects of everything that is set aside, oldest first."""
    events = connection.execute(select(outbox.c.event_id).where(outbox.c.status == SET_ASIDE).order_by(outbox.c.position)).scalars()
    photos = connection.execute(select(photo_transfer.c.photo_id).where(photo_transfer.c.state == ABANDONED)).scalars()
    return (*events, *photos)


def begun_visits(connection: Connection) -> tuple[Aside, ...]:
    """Visits that were begun here and never finished."""
    found = []
    for row in connection.execute(select(draft.c.case_id, draft.c.visit_id, draft.c.body)).all():
        photos = tuple(one.photo for one in drafts.photos_of(connection, row.visit_id))
        found.append(Aside(row.visit_id, SetAsideKind.DRAFT, row.body, row.case_id, photos))
    return tuple(found)


def remember(connection: Connection, subject: str, at: dt.datetime) -> None:
    sync_state.write(connection, _WRITTEN + subject, at.astimezone(dt.UTC).isoformat(timespec="seconds"))


def written(connection: Connection) -> dict[str, dt.datetime]:
    """Subject -> when its newest file was written here. Whether anybody read it is not known."""
    query = select(state_table.c.name, state_table.c.value).where(state_table.c.name.startswith(_WRITTEN, autoescape=True))
    return {name.removeprefix(_WRITTEN): dt.datetime.fromisoformat(value) for name, value in connection.execute(query)}


def _photo(connection: Connection, district_id: str, photo_id: str) -> tuple[Photo, ...]:
    photo = SqlRecords(connection, district_id).photo(photo_id)
    return (photo,) if photo else ()
