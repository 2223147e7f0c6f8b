"""Picture bytes and their thumbnails in the profile's second file, named by the hash of the bytes."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.records import tables as record_tables
from fieldapp.records.chunks import chunks
from fieldapp.store import drafts, originals
from fieldapp.store.engine import Store
from fieldapp.store.tables import loose_sheet, photo_bytes, photo_transfer
from fieldapp.store.transfers import WAITING

# Made once: they run for every photo that is sent or shown.
_PICTURE, _THUMBNAIL = (
    select(column).where(photo_bytes.c.sha256 == bindparam("of")) for column in (photo_bytes.c.bytes, photo_bytes.c.thumbnail)
)


def put_picture(connection: Connection, sha256: str, data: bytes, thumbnail: bytes) -> None:
    """The same bytes are kept once."""
    statement = insert(photo_bytes).values(sha256=sha256, size=len(data), bytes=data, thumbnail=thumbnail)
    connection.execute(statement.on_conflict_do_nothing())


def picture(connection: Connection, sha256: str) -> bytes | None:
    found: bytes | None = connection.execute(_PICTURE, {"of": sha256}).scalar()
    return found


def pictures(connection: Connection, hashes: Sequence[str]) -> dict[str, bytes]:
    """Those that are on this laptop, by their hash."""
    marks = ", ".join("?" * len(hashes))
    query = f"SELECT sha256, bytes FROM {photo_bytes.name} WHERE sha256 IN ({marks})"
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, tuple(hashes))}


def thumbnail(connection: Connection, sha256: str) -> bytes | None:
    found: bytes | None = connection.execute(_THUMBNAIL, {"of": sha256}).scalar()
    return found


def held_hashes(connection: Connection, hashes: Iterable[str]) -> frozenset[str]:
    """Which of them are on this laptop."""
    wanted = sorted(set(hashes))
    found: set[str] = set()
    for chunk in chunks(wanted):
        query = select(photo_bytes.c.sha256).where(photo_bytes.c.sha256.in_(chunk))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def drop_unused(store: Store, hashes: Iterable[str]) -> None:
    """Delete those pictures that neither a draft nor a record uses any more, and that wait neither to be sent nor to be sorted."""
    wanted = frozenset(hashes)
    if not wanted:
        return
    with store.reading() as connection:
        unused = wanted - drafts.drafted_hashes(connection) - _recorded(connection, store.district_id, wanted) - _waiting(connection)
        unused -= frozenset(connection.execute(select(loose_sheet.c.sha256)).scalars())
    if unused:
        with store.photo_writing() as connection:
            connection.execute(delete(photo_bytes).where(photo_bytes.c.sha256.in_(sorted(unused))))
            originals.forget_pictures(connection, unused)


def _recorded(connection: Connection, district_id: str, hashes: frozenset[str]) -> frozenset[str]:
    table: Table = record_tables.photo
    query = select(table.c.sha256).where(table.c.district_id == district_id, table.c.sha256.in_(sorted(hashes)))
    return frozenset(connection.execute(query).scalars())


def _waiting(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(photo_transfer.c.sha256).where(photo_transfer.c.state == WAITING)).scalars())
