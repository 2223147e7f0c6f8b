"""The files as they came from phone or camera, in the encrypted file of the pictures, for as long as the district may still ask about one:
until it holds the picture, and some days more. They never travel, and nothing here is read by what sends.

A picture names the original that it was made of; several pictures may be made of one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.records.chunks import chunks
from fieldapp.store import drafts, room
from fieldapp.store.engine import Store
from fieldapp.store.tables import original, original_of, photo_bytes, photo_transfer, receipt
from fieldapp.store.transfers import RECEIVED

# A picture enters its file before anything names it. What nothing names for so long was left by a crash.
_UNCLAIMED = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Original:
    """`ending` of its file's name, without the dot: jpg, png, webp or heic."""

    data: bytes
    ending: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the originals take, the most they may, and whether there is room for the next."""

    count: int
    bytes: int
    most_bytes: int
    room: bool


def there_is_room(store: Store, size: int) -> bool:
    """For one more of this size: the disk keeps a reserve that is larger than what a visit needs, and all originals have a bound."""
    if room.free_bytes(store.folder) - size < store.low_disk_bytes + room.BESIDE_ORIGINALS_BYTES:
        return False
    with store.photo_reading() as connection:
        return _taken(connection) + size <= store.most_original_bytes


def keep(connection: Connection, picture: str, sha256: str, source: Original, now: dt.datetime) -> None:
    """The picture with the first hash was made of this file. The same file is kept once."""
    values = {"size": len(source.data), "bytes": source.data, "ending": source.ending, "kept_at": now}
    connection.execute(insert(original).values(sha256=sha256, **values).on_conflict_do_nothing())
    link(connection, picture, sha256)


def link(connection: Connection, picture: str, sha256: str) -> None:
    connection.execute(insert(original_of).values(sha256=picture, original=sha256).on_conflict_do_nothing())


def hash_of(connection: Connection, picture: str) -> str | None:
    """SHA-256 of the original of a picture, while that is kept."""
    found: str | None = connection.execute(select(original_of.c.original).where(original_of.c.sha256 == picture)).scalar()
    return found


def ending_of(connection: Connection, picture: str) -> str | None:
    query = select(original.c.ending).join(original_of, original_of.c.original == original.c.sha256)
    found: str | None = connection.execute(query.where(original_of.c.sha256 == picture)).scalar()
    return found


def find(connection: Connection, picture: str) -> Original | None:
    query = select(original.c.bytes, original.c.ending).join(original_of, original_of.c.original == original.c.sha256)
    row = connection.execute(query.where(original_of.c.sha256 == picture)).first()
    return Original(row.bytes, row.ending) if row else None


def held(store: Store) -> Held:
    with store.photo_reading() as connection:
        count = connection.execute(select(func.count()).select_from(original)).scalar_one()
        taken = _taken(connection)
    return Held(count, taken, store.most_original_bytes, there_is_room(store, 0) and taken < store.most_original_bytes)


def forget_pictures(connection: Connection, pictures: Collection[str]) -> None:
    """These are no longer on this laptop, or need theirs no longer; originals of which no picture is left go."""
    for chunk in chunks(sorted(pictures)):
        connection.execute(delete(original_of).where(original_of.c.sha256.in_(chunk)))
    connection.execute(delete(original).where(~exists().where(original_of.c.original == original.c.sha256)))


def let_go(store: Store, now: dt.datetime, days: int) -> int:
    """Drop the originals of which every picture has been received, by a verified receipt, for so many days. Returns how many went."""
    with store.photo_reading() as connection:
        links: defaultdict[str, set[str]] = defaultdict(set)
        for picture, source in connection.execute(select(original_of.c.sha256, original_of.c.original)):
            links[source].add(picture)
        if not links:
            return 0
        rows = connection.execute(select(original.c.sha256, original.c.kept_at))
        kept_at: dict[str, dt.datetime] = {row.sha256: row.kept_at for row in rows}
        here = _here(connection, {picture for pictures in links.values() for picture in pictures})
    with store.reading() as connection:
        drafted = drafts.drafted_hashes(connection)
        received = _received(connection)
    stay = dt.timedelta(days=days)

    def is_over(picture: str, source: str) -> bool:
        if picture in drafted:
            return False
        if picture in received:
            last = received[picture]
            return last is not None and last + stay <= now
        return picture not in here or kept_at.get(source, now) + _UNCLAIMED <= now

    going = {source for source, pictures in links.items() if all(is_over(picture, source) for picture in pictures)}
    if going:
        with store.photo_writing() as connection:
            forget_pictures(connection, {picture for source in going for picture in links[source]})
    return len(going)


def _received(connection: Connection) -> Mapping[str, dt.datetime | None]:
    """SHA-256 -> when the receipt of the last of its photos was verified; None while one of them has none."""
    query = select(photo_transfer.c.sha256, photo_transfer.c.state, receipt.c.verified_at)
    query = query.join(receipt, receipt.c.subject == photo_transfer.c.photo_id, isouter=True)
    found: dict[str, dt.datetime | None] = {}
    for sha256, state, verified_at in connection.execute(query):
        at = verified_at if state == RECEIVED else None
        before = found.get(sha256, at)
        found[sha256] = max(at, before) if at and before else None
    return found


def _here(connection: Connection, hashes: Collection[str]) -> frozenset[str]:
    found: set[str] = set()
    for chunk in chunks(sorted(hashes)):
        found.update(connection.execute(select(photo_bytes.c.sha256).where(photo_bytes.c.sha256.in_(chunk))).scalars())
    return frozenset(found)


def _taken(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.sum(original.c.size), 0))).scalar_one())
