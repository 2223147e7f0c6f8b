"""What a bundle carries and what its answer is laid beside: the waiting events as they lie in the outbox, and photos without receipt."""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.records.chunks import chunks
from fieldapp.store import sync_state
from fieldapp.store.outbox import SET_ASIDE, queue
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.store.transfers import WAITING

_LAST = "last_bundle"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event; `body` is its canonical JSON."""

    event_id: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    photo_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class LastBundle:
    """The newest bundle written here; `events` without the photos' records, which nobody counts. `answered_at` None while no answer of it
    was taken in."""

    bundle_id: str
    made_at: dt.datetime
    events: int
    photos: int
    answered_at: dt.datetime | None = None


def batches(connection: Connection, max_events: int, max_bytes: int) -> Iterator[list[Waiting]]:
    """All that waits, in the order to send it."""
    batch: list[str] = []
    size = 0
    for queued in queue(connection):
        if batch and (len(batch) == max_events or size + queued.size + 1 > max_bytes):
            yield _bodies(connection, batch)
            batch, size = [], 0
        batch.append(queued.event_id)
        size += queued.size + 1
    if batch:
        yield _bodies(connection, batch)


def photos(connection: Connection) -> list[WaitingPhoto]:
    """Photos without receipt whose record the district has or gets with the same bundle, oldest first."""
    going = {queued.event_id for queued in queue(connection)}
    query = (
        select(photo_transfer.c.photo_id, photo_transfer.c.sha256, photo_transfer.c.size, outbox.c.event_id, outbox.c.status)
        .join(outbox, (outbox.c.record_id == photo_transfer.c.photo_id) & (outbox.c.kind == PhotoAdded.KIND))
        .where(photo_transfer.c.state == WAITING)
        .order_by(outbox.c.position)
    )
    return [
        WaitingPhoto(row.photo_id, row.sha256, row.size)
        for row in connection.execute(query)
        if row.event_id in going or row.status not in (None, SET_ASIDE)
    ]


def unproven(connection: Connection, event_ids: Collection[str]) -> dict[str, str | None]:
    """event id -> status of those here for which there is no receipt: None while it waits, SET_ASIDE where it was refused."""
    found: dict[str, str | None] = {}
    for chunk in chunks(list(event_ids)):
        query = select(outbox.c.event_id, outbox.c.status).where(outbox.c.event_id.in_(chunk))
        found |= {row.event_id: row.status for row in connection.execute(query) if row.status in (None, SET_ASIDE)}
    return found


def last_bundle(connection: Connection) -> LastBundle | None:
    text = sync_state.read(connection, _LAST)
    if text is None:
        return None
    values = json.loads(text)
    answered_at = values["answered_at"]
    return LastBundle(
        values["bundle_id"],
        dt.datetime.fromisoformat(values["made_at"]),
        values["events"],
        values["photos"],
        dt.datetime.fromisoformat(answered_at) if answered_at else None,
    )


def keep_last_bundle(connection: Connection, bundle: LastBundle) -> None:
    values = {
        "bundle_id": bundle.bundle_id,
        "made_at": bundle.made_at.isoformat(),
        "events": bundle.events,
        "photos": bundle.photos,
        "answered_at": bundle.answered_at.isoformat() if bundle.answered_at else None,
    }
    sync_state.write(connection, _LAST, json.dumps(values))


def answered(connection: Connection, bundle_id: str, at: dt.datetime) -> None:
    last = last_bundle(connection)
    if last and last.bundle_id == bundle_id:
        keep_last_bundle(connection, LastBundle(last.bundle_id, last.made_at, last.events, last.photos, at))


def _bodies(connection: Connection, event_ids: list[str]) -> list[Waiting]:
    found: dict[str, Waiting] = {}
    for chunk in chunks(event_ids):
        query = select(outbox.c.event_id, outbox.c.kind, outbox.c.body).where(outbox.c.event_id.in_(chunk))
        found |= {row.event_id: Waiting(row.event_id, row.kind, row.body) for row in connection.execute(query)}
    return [found[event_id] for event_id in event_ids]
