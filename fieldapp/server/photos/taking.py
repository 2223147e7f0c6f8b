"""Taking in a photo: its bytes are checked, kept by hash, and every photo that has them is marked as stored, with a receipt."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ARRAY, Connection, Engine, Integer, Text, bindparam, column, func, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.server import bulk, tables
from fieldapp.server.photos import receipts as photo_receipts
from fieldapp.server.photos import uploads
from fieldapp.server.photos.store import PhotoStore, media_type_of, photo_key, set_aside_key
from fieldapp.server.photos.together import Together
from fieldapp.server.problems import Refused
from fieldapp.server.write_path import heads
from fieldapp.server.write_path.sequence import Writing, writing

_photo = record_tables.photo
_given = (
    func.unnest(bindparam("hashes", type_=ARRAY(Text)), bindparam("sizes", type_=ARRAY(Integer)))
    .table_valued(column("sha256", Text), column("size", Integer), name="given")
    .render_derived()
)
# Made once, as `photo_receipts`' are. A record that says another size is not of these bytes.
_SAY_STORED = (
    update(_photo)
    .where(
        _photo.c.district_id == bindparam("district"),
        _photo.c.sha256 == _given.c.sha256,
        _photo.c.size == _given.c.size,
        _photo.c.stored.is_(False),
    )
    .values(stored=True)
    .returning(_photo)
)


_SWEEP_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that lie in the store, and the photo that they were sent for."""

    photo_id: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Bytes that came for a photo, and the hash that its record says they have."""

    photo_id: str
    sha256: str
    content: bytes | memoryview


class Intake:
    """Takes in photos and signs for them; those that come at the same moment in one transaction."""

    def __init__(self, engine: Engine, store: PhotoStore, district_id: str, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._store = store
        self._district_id = district_id
        self._clock = clock
        self._swept_at: dt.datetime | None = None
        self._marking: Together[Sequence[Held], Sequence[Receipt]] = Together(self._mark)

    def take(self, photo_id: str, sha256: str, content: bytes) -> Receipt:
        """Keep the bytes. Raises Refused for bytes that are not what was announced, or no picture."""
        (taken,) = self.take_each([Brought(photo_id, sha256, content)])
        if isinstance(taken, Refused):
            raise taken
        return taken

    def take_each(self, brought: Sequence[Brought | Held]) -> list[Receipt | Refused]:
        """The same for several in one transaction, each for itself; the bytes of a `Held` are in the store already."""
        held = [_checked(one) if isinstance(one, Brought) else one for one in brought]
        new = {
            photo_key(self._district_id, one.sha256): one.content
            for one, found in zip(brought, held, strict=True)
            if isinstance(one, Brought) and isinstance(found, Held)
        }
        # Before the record that says so; an object without a record harms nobody.
        self._store.put_all(new)
        kept = [one for one in held if isinstance(one, Held)]
        receipts = iter(self._marking.do(kept) if kept else ())
        return [next(receipts) if isinstance(one, Held) else one for one in held]

    def keep_aside(self, sha256: str, content: bytes) -> None:
        """Bytes that are not taken, for a person to look at: no receipt says anything of them."""
        self._store.put(set_aside_key(self._district_id, sha256), content)

    def kept_aside(self, sha256: str) -> bytes:
        """Raises FileNotFoundError."""
        return self._store.get(set_aside_key(self._district_id, sha256))

    def sign_for(self, held: Held) -> Receipt:
        """A receipt for bytes that are in the store: the first one that was given, where there is one."""
        return self._marking.do([held])[0]

    def adopt(self, photo: Photo) -> Receipt | None:
        """A receipt for bytes that lie in the store although no row says so: the database was put back from a backup, and the store, which
        has its own files, was not."""
        try:
            content = self._store.get(photo_key(self._district_id, photo.sha256))
        except FileNotFoundError:
            return None
        if sha256_hex(content) != photo.sha256 or len(content) != photo.size:
            return None
        return self.sign_for(Held(photo.id, photo.sha256, photo.size, media_type_of(content) or photo.media_type))

    def _mark(self, groups: Sequence[Sequence[Held]]) -> list[list[Receipt]]:
        now = self._clock()
        with self._engine.begin() as connection:
            receipts = iter(mark_stored(connection, self._district_id, [one for group in groups for one in group], now))
            expired = uploads.take_expired(connection, self._district_id, now) if self._may_sweep(now) else []
        self._store.remove(expired)
        return [list(islice(receipts, len(group))) for group in groups]

    def _may_sweep(self, now: dt.datetime) -> bool:
        """Now and then: uploads expire after days, and looking for them would be a statement more with every photo."""
        if self._swept_at is not None and abs(now - self._swept_at) < _SWEEP_EVERY:
            return False
        self._swept_at = now
        return True


def _checked(brought: Brought) -> Held | Refused:
    if sha256_hex(brought.content) != brought.sha256:
        return Refused("photo.wrong_hash")
    media_type = media_type_of(brought.content)
    if media_type is None:
        return Refused("photo.unreadable")
    return Held(brought.photo_id, brought.sha256, len(brought.content), media_type)


def mark_stored(connection: Connection, district_id: str, held: Sequence[Held], now: dt.datetime) -> list[Receipt]:
    """The district holds these bytes: so say the blobs, all photos of those hashes, and a receipt for each photo."""
    blobs = {one.sha256: one for one in held}
    with writing(connection, district_id) as lock:
        bulk.add_missing(connection, tables.photo_blob, [_blob(lock, one, now) for one in blobs.values()])
        photos = _say_stored(connection, district_id, blobs.values())
        wanted = {one.photo_id: one.sha256 for one in held} | {photo.id: photo.sha256 for photo in photos}
        given = photo_receipts.find(connection, district_id, wanted)
        signed = {subject: photo_receipts.sign(lock, subject, sha256, now) for subject, sha256 in wanted.items() if subject not in given}
        photo_receipts.store(lock, signed.values())
        heads.publish_again(lock, photos)
    receipts = given | signed
    return [receipts[one.photo_id] for one in held]


def _blob(lock: Writing, held: Held, now: dt.datetime) -> dict[str, object]:
    return {"district_id": lock.district_id, "sha256": held.sha256, "size": held.size, "media_type": held.media_type, "stored_at": now}


def _say_stored(connection: Connection, district_id: str, blobs: Collection[Held]) -> list[Photo]:
    """The photos that had waited for these bytes."""
    given = {"hashes": [one.sha256 for one in blobs], "sizes": [one.size for one in blobs]}
    return [rows.photo_from(row) for row in connection.execute(_SAY_STORED, {"district": district_id, **given}).mappings()]
