"""Files of phones and cards that a person has decided about, by the SHA-256 of their bytes: taken in as a photo, or not for us. So that
none is offered twice, from whichever folder it comes."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.records.chunks import chunks
from fieldapp.store.tables import picture_seen as table

# In the place of a photo's id.
NOT_FOR_US = ""


def remember(connection: Connection, sha256: str, size: int, photo_id: str, at: dt.datetime) -> None:
    """The file with these bytes became this photo, or is NOT_FOR_US."""
    values = {"size": size, "photo_id": photo_id, "seen_at": at}
    statement = insert(table).values(sha256=sha256, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=values))


def forget_photos(connection: Connection, photo_ids: Iterable[str]) -> None:
    """A person took these out again: their files are as good as new."""
    for chunk in chunks(sorted(photo_ids)):
        connection.execute(delete(table).where(table.c.photo_id.in_(chunk)))


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    for chunk in chunks(sorted(hashes)):
        connection.execute(delete(table).where(table.c.sha256.in_(chunk)))


def known(connection: Connection, hashes: Iterable[str]) -> dict[str, str]:
    """SHA-256 -> photo id or NOT_FOR_US, of those that were decided about."""
    found: dict[str, str] = {}
    for chunk in chunks(sorted(set(hashes))):
        rows = connection.execute(select(table.c.sha256, table.c.photo_id).where(table.c.sha256.in_(chunk)))
        found.update({row.sha256: row.photo_id for row in rows})
    return found


def sizes(connection: Connection) -> frozenset[int]:
    """In bytes: a file of another size is new for certain, without being read."""
    return frozenset(connection.execute(select(table.c.size)).scalars())
