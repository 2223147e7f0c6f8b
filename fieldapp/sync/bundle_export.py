"""Writing what waits into a file for the district, where there is no network. Nothing here changes what is sent or received: that only
receipts do, whichever way they come."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.errors import BundleError
from fieldapp.store import device_keys, photos, reading_again, receipts, unsent_bundle
from fieldapp.store.device_keys import OwnKeys
from fieldapp.store.engine import Store
from fieldapp.store.unsent_bundle import LastBundle
from fieldapp.sync.practice import refuse_practice
from fieldapp.sync.progress import Exported, SyncProgress, SyncStage
from fieldapp.sync.pull import standing
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleWriter, Direction
from fieldapp.wire.bundle_file import written_whole
from fieldapp.wire.bundle_parts import PIECE_BYTES, BundleHead, FormerReceipts, Part, PhotoHead
from fieldapp.wire.messages import MAX_BATCH_BYTES, MAX_EVENTS


class _Cancelled(Exception):
    """The person stopped it; the half file goes."""


def export_bundle(
    store: Store,
    file: Path,
    now: Callable[[], dt.datetime],
    on_progress: Callable[[SyncProgress], None],
    is_cancelled: Callable[[], bool],
    besides: Callable[[Connection, BundleWriter], object] = lambda _connection, _writer: None,
) -> Exported | None:
    """None where it was stopped; `besides` may add blocks of its own. Raises BundleError: not_registered, no_access."""
    refuse_practice(store)
    try:
        with written_whole(file) as out, store.reading() as connection:
            keys = device_keys.read(connection)
            if keys is None or device_keys.registered_at(connection) is None:
                raise BundleError("bundle.not_registered")
            writer = BundleWriter(out, Direction.TO_DISTRICT, store.district_id, store.identity.sealing_key, keys.signing)
            exported = _write(store, connection, writer, head_of(store, connection, keys, now()), on_progress, is_cancelled)
            besides(connection, writer)
            writer.end()
            size = out.tell()
    except _Cancelled:
        return None
    except OSError as error:
        raise BundleError("bundle.no_access") from error
    with store.writing() as connection:
        unsent_bundle.keep_last_bundle(connection, LastBundle(exported.bundle_id, now(), exported.events, exported.photos))
    return Exported(exported.bundle_id, exported.events, exported.photos, exported.photos_missing, size)


def head_of(store: Store, connection: Connection, keys: OwnKeys, made_at: dt.datetime) -> BundleHead:
    identity = store.identity
    since = standing(connection)
    return BundleHead(
        bundle_id=new_id(),
        district_id=identity.district_id,
        person_id=identity.person_id,
        device_id=identity.device_id,
        signing_key=keys.signing_public,
        made_at=made_at.astimezone(dt.UTC),
        cursor=since.cursor,
        mark=since.mark,
        proofs=since.proofs,
        reading=reading_again.readings(connection),
    )


def _write(
    store: Store,
    connection: Connection,
    writer: BundleWriter,
    head: BundleHead,
    on_progress: Callable[[SyncProgress], None],
    is_cancelled: Callable[[], bool],
) -> Exported:
    writer.put(Part.HEAD, codec.encode(head))
    events = 0
    for batch in unsent_bundle.batches(connection, MAX_EVENTS, MAX_BATCH_BYTES):
        former = receipts.former(connection, [event.event_id for event in batch])
        if former:
            writer.put(Part.FORMER, codec.encode(FormerReceipts(former)))
        writer.put(Part.EVENTS, "\n".join(event.body for event in batch).encode())
        events += sum(event.kind != PhotoAdded.KIND for event in batch)
    waiting = unsent_bundle.photos(connection)
    total = sum(photo.size for photo in waiting)
    there: set[str] = set()
    written = missing = size = 0
    for number, photo in enumerate(waiting):
        if is_cancelled():
            raise _Cancelled
        on_progress(SyncProgress(SyncStage.PHOTOS, number, len(waiting), size, total))
        size += photo.size
        pieces = list(pieces_of(store, photo.sha256)) if photo.sha256 not in there else []
        if not pieces and photo.sha256 not in there:
            missing += 1
            continue
        writer.put(Part.PHOTO, codec.encode(PhotoHead(photo.photo_id, photo.sha256, photo.size)))
        for piece in pieces:
            writer.put(Part.PIECE, piece)
        there.add(photo.sha256)
        written += 1
    on_progress(SyncProgress(SyncStage.PHOTOS, len(waiting), len(waiting), total, total))
    return Exported(head.bundle_id, events, written, missing, 0)


def pieces_of(store: Store, sha256: str) -> Iterator[bytes]:
    """One picture in pieces; none where it is not on this laptop."""
    with store.photo_reading() as connection:
        picture = photos.picture(connection, sha256)
    for start in range(0, len(picture or b""), PIECE_BYTES):
        yield (picture or b"")[start : start + PIECE_BYTES]
