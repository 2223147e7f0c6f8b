"""Taking in a photo: its bytes are checked, kept by hash, and every photo that has them is marked as stored, with a receipt."""

import datetime as dt
import hashlib
from dataclasses import replace

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import heads, photo_receipts, tables
from fieldapp.server.photo_store import PhotoStore, media_type_of, photo_key
from fieldapp.server.problems import Refused
from fieldapp.server.scope import Caller
from fieldapp.server.sequence import writing


def take_in(engine: Engine, store: PhotoStore, district_id: str, photo_id: str, sha256: str, content: bytes, now: dt.datetime) -> Receipt:
    """Keep the bytes and sign for them. Raises Refused for bytes that are not what was announced, or no picture."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("photo.wrong_hash")
    media_type = media_type_of(content)
    if media_type is None:
        raise Refused("photo.unreadable")
    # Before the record that says so; an object without a record harms nobody.
    store.put(photo_key(district_id, sha256), content)
    with engine.begin() as connection:
        return mark_stored(connection, district_id, photo_id, sha256, len(content), media_type, now)


def mark_stored(
    connection: Connection, district_id: str, photo_id: str, sha256: str, size: int, media_type: str, now: dt.datetime
) -> Receipt:
    """The district holds these bytes: so say the blob, all photos of that hash, and a receipt."""
    with writing(connection, district_id) as lock:
        blob = {"district_id": district_id, "sha256": sha256, "size": size, "media_type": media_type, "stored_at": now}
        connection.execute(insert(tables.photo_blob).on_conflict_do_nothing(), blob)
        photos = [replace(photo, stored=True) for photo in _waiting(connection, district_id, sha256, size)]
        held = photo_receipts.find(connection, district_id, {photo_id, *(photo.id for photo in photos)})
        wanted = [subject for subject in dict.fromkeys((photo_id, *(photo.id for photo in photos))) if subject not in held]
        signed = {subject: photo_receipts.sign(lock, subject, sha256, now) for subject in wanted}
        photo_receipts.store(lock, signed.values())
        if photos:
            SqlRecords(connection, district_id).put(photos)
            heads.publish_again(lock, photos)
        return (held | signed)[photo_id]


def _waiting(connection: Connection, district_id: str, sha256: str, size: int) -> list[Photo]:
    table = record_tables.photo
    query = select(table).where(
        table.c.district_id == district_id, table.c.sha256 == sha256, table.c.size == size, table.c.stored.is_(False)
    )
    return [rows.photo_from(row) for row in connection.execute(query).mappings()]


def blob_in_scope(connection: Connection, district_id: str, caller: Caller, sha256: str) -> tuple[str, list[str]]:
    """The media type of the bytes, and the cases that show them, where some photo with them is in the caller's scope. Raises Refused."""
    photo, head, blob = record_tables.photo, tables.head, tables.photo_blob
    query = (
        select(blob.c.media_type, head.c.case_id, head.c.owner_id, head.c.school_code)
        .join(photo, (photo.c.district_id == blob.c.district_id) & (photo.c.sha256 == blob.c.sha256))
        .join(head, (head.c.district_id == blob.c.district_id) & (head.c.type == "photo") & (head.c.id == photo.c.id))
        .where(blob.c.district_id == district_id, blob.c.sha256 == sha256)
    )
    seen = [row for row in connection.execute(query) if caller.covers_scope(row.owner_id, row.school_code)]
    if not seen:
        raise Refused("unknown_record", "sha256")
    return seen[0].media_type, sorted({row.case_id for row in seen})
