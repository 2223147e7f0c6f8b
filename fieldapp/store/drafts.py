"""Visits that are begun and not finished, one a case, saved at every change. Bodies are the wire form, so a draft survives new versions
of the program as well as a message does."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.visit import Position, PositionSource, Visit
from fieldapp.store.tables import draft, draft_photo
from fieldapp.wire.codec import record_from_wire, record_json


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """`offered_position`: where the picture says it was taken, for the person to take as the visit's place or not. `original_dropped`:
    there was no room to keep the file as it came; said when the photo is added, and not kept."""

    photo: Photo
    offered_position: Position | None
    original_dropped: bool = False


def read_draft(connection: Connection, case_id: str) -> tuple[Visit, dt.datetime] | None:
    row = connection.execute(select(draft.c.body, draft.c.saved_at).where(draft.c.case_id == case_id)).first()
    if row is None:
        return None
    visit = record_from_wire("visit", json.loads(row.body))
    assert isinstance(visit, Visit)
    return visit, row.saved_at


def write_draft(connection: Connection, visit: Visit, saved_at: dt.datetime) -> None:
    values = {"visit_id": visit.id, "body": record_json(visit), "saved_at": saved_at}
    statement = insert(draft).values(case_id=visit.case_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))


def delete_draft(connection: Connection, case_id: str) -> None:
    """The draft and the rows of its photos; their bytes are the caller's to drop or to keep."""
    visits = select(draft.c.visit_id).where(draft.c.case_id == case_id)
    connection.execute(delete(draft_photo).where(draft_photo.c.visit_id.in_(visits)))
    connection.execute(delete(draft).where(draft.c.case_id == case_id))


def has_draft(connection: Connection, case_id: str) -> bool:
    return connection.execute(select(draft.c.case_id).where(draft.c.case_id == case_id)).first() is not None


def drafted_cases(connection: Connection) -> tuple[str, ...]:
    """The last saved first."""
    return tuple(connection.execute(select(draft.c.case_id).order_by(draft.c.saved_at.desc())).scalars())


def add_photo(connection: Connection, stored: DraftPhoto) -> None:
    position = json.dumps(asdict(stored.offered_position)) if stored.offered_position else None
    photo = stored.photo
    values = {"visit_id": photo.visit_id, "submission_id": photo.submission_id, "body": record_json(photo), "offered_position": position}
    statement = insert(draft_photo).values(photo_id=photo.id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["photo_id"], set_=values))


def photos_of(connection: Connection, record_id: str) -> tuple[DraftPhoto, ...]:
    """Of the visit or form that is being written, in the order in which they were added."""
    table = draft_photo.c
    query = select(table.body, table.offered_position).where(or_(table.visit_id == record_id, table.submission_id == record_id))
    return tuple(_stored(body, position) for body, position in connection.execute(query.order_by(draft_photo.c.photo_id)))


def read_photo(connection: Connection, photo_id: str) -> DraftPhoto | None:
    query = select(draft_photo.c.body, draft_photo.c.offered_position).where(draft_photo.c.photo_id == photo_id)
    row = connection.execute(query).first()
    return _stored(row[0], row[1]) if row else None


def set_kind(connection: Connection, photo_id: str, kind: PhotoKind) -> None:
    stored = read_photo(connection, photo_id)
    if stored is not None:
        add_photo(connection, replace(stored, photo=replace(stored.photo, kind=kind)))


def remove_photo(connection: Connection, photo_id: str) -> None:
    connection.execute(delete(draft_photo).where(draft_photo.c.photo_id == photo_id))


def remove_photos_of_form(connection: Connection, draft_id: str, hashes: Collection[str] | None = None) -> frozenset[str]:
    """Those with these hashes, or all of them, out of the draft of a form. Returns the hashes that went."""
    going = [one.photo for one in photos_of(connection, draft_id) if hashes is None or one.photo.sha256 in hashes]
    connection.execute(delete(draft_photo).where(draft_photo.c.photo_id.in_([photo.id for photo in going])))
    return frozenset(photo.sha256 for photo in going)


def drafted_hashes(connection: Connection) -> frozenset[str]:
    """Pictures that some draft still uses."""
    bodies: Sequence[str] = connection.execute(select(draft_photo.c.body)).scalars().all()
    return frozenset(json.loads(body)["sha256"] for body in bodies)


def _stored(body: str, position: str | None) -> DraftPhoto:
    photo = record_from_wire("photo", json.loads(body))
    assert isinstance(photo, Photo)
    offered = json.loads(position) if position else None
    return DraftPhoto(photo, Position(**{**offered, "source": PositionSource(offered["source"])}) if offered else None)
