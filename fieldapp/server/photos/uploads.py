"""Uploads of photos under way: the rows behind tus. Bytes move outside of any transaction; rows change in short ones."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ARRAY, Connection, Text, any_, bindparam, delete, select, update

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.photo import Photo
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.photos import receipts as photo_receipts
from fieldapp.server.photos.store import part_key
from fieldapp.server.problems import Refused
from fieldapp.wire import codec

LASTS = dt.timedelta(days=7)

_photo, _head = record_tables.photo, tables.head
# Made once: it runs for every photo.
_PHOTOS_IN_SCOPE = (
    select(_photo, _head.c.owner_id, _head.c.school_code)
    .join(_head, (_head.c.district_id == _photo.c.district_id) & (_head.c.type == "photo") & (_head.c.id == _photo.c.id))
    .where(_photo.c.district_id == bindparam("district"), _photo.c.id == any_(bindparam("photos", type_=ARRAY(Text))))
)
_TAKE_EXPIRED = (
    delete(tables.upload)
    .where(tables.upload.c.district_id == bindparam("district"), tables.upload.c.expires_at <= bindparam("now"))
    .returning(tables.upload.c.parts)
)


@dataclass(frozen=True, slots=True)
class Upload:
    """`parts` are the keys of the objects that hold what came so far, in order; of a finished upload there are none any more."""

    id: str
    photo_id: str
    sha256: str
    media_type: str
    length: int
    offset: int
    parts: tuple[str, ...]
    person_id: PersonId
    expires_at: dt.datetime

    @property
    def complete(self) -> bool:
        return self.offset == self.length

    @property
    def finished(self) -> bool:
        return self.complete and not self.parts


def expected_photo(connection: Connection, district_id: str, caller: Caller, photo_id: str) -> Photo:
    """The record that announced the bytes: stored, or waiting in a held event of this person. Its `stored` says whether the district
    holds the bytes. Raises Refused."""
    found = expected_photos(connection, district_id, caller, [photo_id])[photo_id]
    if isinstance(found, Refused):
        raise found
    return found


def expected_photos(connection: Connection, district_id: str, caller: Caller, photo_ids: Sequence[str]) -> dict[str, Photo | Refused]:
    """The same for several."""
    known = connection.execute(_PHOTOS_IN_SCOPE, {"district": district_id, "photos": photo_ids}).mappings().all()
    found = {row["id"]: rows.photo_from(row) for row in known if caller.covers_scope(row["owner_id"], row["school_code"])}
    strangers = {row["id"] for row in known} - found.keys()
    return {
        photo_id: found.get(photo_id) or _once_sent(connection, district_id, caller, photo_id, stranger=photo_id in strangers)
        for photo_id in photo_ids
    }


def _once_sent(connection: Connection, district_id: str, caller: Caller, photo_id: str, *, stranger: bool) -> Photo | Refused:
    """Held, or recorded before the case went to someone else: its bytes must not be lost either."""
    event = tables.event
    sent = select(event.c.body).where(
        event.c.district_id == district_id,
        event.c.record_id == photo_id,
        event.c.kind == PhotoAdded.KIND,
        event.c.by_person == caller.person_id,
    )
    body = connection.execute(sent.order_by(event.c.sequence).limit(1)).scalar_one_or_none()
    if body is None:
        return Refused("not_yours" if stranger else "unknown_record", "photo_id")
    payload = codec.event_from_wire(codec.parse_json(body.encode())).payload
    assert isinstance(payload, PhotoAdded)  # nothing else was asked for
    found = payload.photo
    held = photo_receipts.held_hashes(connection, district_id, [found.sha256])
    return replace(found, stored=held.get(found.sha256) == found.size)


def create(connection: Connection, district_id: str, caller: Caller, photo: Photo, now: dt.datetime) -> Upload:
    upload = Upload(new_id(), photo.id, photo.sha256, photo.media_type, photo.size, 0, (), caller.person_id, now + LASTS)
    connection.execute(
        tables.upload.insert(),
        {
            "district_id": district_id,
            "id": upload.id,
            "photo_id": photo.id,
            "sha256": photo.sha256,
            "media_type": photo.media_type,
            "length": photo.size,
            "offset": 0,
            "parts": [],
            "person_id": caller.person_id,
            "created_at": now,
            "expires_at": upload.expires_at,
        },
    )
    return upload


def find(connection: Connection, district_id: str, caller: Caller, upload_id: str, now: dt.datetime, *, lock: bool = False) -> Upload:
    """The caller's upload, under way or finished; under a photo's own id the finished one of a stored photo. Raises
    Refused('upload.gone')."""
    table = tables.upload
    query = select(table).where(table.c.district_id == district_id, table.c.id == upload_id, table.c.person_id == caller.person_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        return _of_stored_photo(connection, district_id, caller, upload_id, now)
    if row.expires_at <= now:
        raise Refused("upload.gone")
    return _from_row(row)


def _from_row(row: Any) -> Upload:
    return Upload(row.id, row.photo_id, row.sha256, row.media_type, row.length, row.offset, tuple(row.parts), row.person_id, row.expires_at)


def _of_stored_photo(connection: Connection, district_id: str, caller: Caller, photo_id: str, now: dt.datetime) -> Upload:
    """What came in one request, or was held already, never had an upload of its own; its Location is the photo."""
    try:
        photo = expected_photo(connection, district_id, caller, photo_id)
    except Refused as refused:
        raise Refused("upload.gone") from refused
    if not photo.stored:
        raise Refused("upload.gone")
    return Upload(photo.id, photo.id, photo.sha256, photo.media_type, photo.size, photo.size, (), caller.person_id, now + LASTS)


def append(connection: Connection, district_id: str, caller: Caller, upload: Upload, part: str, size: int, now: dt.datetime) -> Upload:
    """Note that a part is stored. Raises Refused('upload.wrong_offset') where another request was faster."""
    current = find(connection, district_id, caller, upload.id, now, lock=True)
    if current.offset != upload.offset:
        raise Refused("upload.wrong_offset", offset=current.offset)
    table = tables.upload
    parts, offset = [*current.parts, part], current.offset + size
    mine = (table.c.district_id == district_id) & (table.c.id == upload.id)
    connection.execute(update(table).where(mine).values(parts=parts, offset=offset))
    return replace(upload, offset=offset, parts=tuple(parts))


def finish(connection: Connection, district_id: str, upload: Upload) -> Upload:
    """The photo is stored and the parts are needed no more. That it was finished is remembered until it expires: whose last answer was lost
    asks again."""
    table = tables.upload
    mine = (table.c.district_id == district_id) & (table.c.id == upload.id)
    connection.execute(update(table).where(mine).values(parts=[]))
    return replace(upload, parts=())


def end(connection: Connection, district_id: str, upload_id: str) -> None:
    table = tables.upload
    connection.execute(delete(table).where(table.c.district_id == district_id, table.c.id == upload_id))


def take_expired(connection: Connection, district_id: str, now: dt.datetime) -> list[str]:
    """Forget uploads that nobody finished; returns the keys of their parts, to be removed from the store after the commit."""
    gone = connection.execute(_TAKE_EXPIRED, {"district": district_id, "now": now})
    return [key for parts in gone.scalars() for key in parts]


def new_part(district_id: str, upload_id: str) -> str:
    return part_key(district_id, upload_id, new_id())
