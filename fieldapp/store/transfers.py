"""Where the bytes of each photo stand on their way to the district. The photo's record travels apart, in the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, update

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import outbox
from fieldapp.store.tables import photo_transfer as table

WAITING = "waiting"
RECEIVED = "received"
# The district will never take it.
ABANDONED = "set_aside"

# The record that the photo is of: a visit, a filled form or a paper.
OWNER = func.coalesce(table.c.visit_id, table.c.submission_id, table.c.paper_id)

# Made once: every sync asks it.
_READY = (
    select(table)
    .join(outbox, (outbox.c.record_id == table.c.photo_id) & (outbox.c.kind == PhotoAdded.KIND))
    .where(table.c.state == WAITING, outbox.c.status.is_not(None), outbox.c.status != SET_ASIDE)
    .order_by(outbox.c.position)
)


@dataclass(frozen=True, slots=True)
class Transfer:
    photo_id: str
    case_id: str
    sha256: str
    size: int
    media_type: str
    upload: str
    attempts: int


def ready(connection: Connection) -> tuple[Transfer, ...]:
    """Photos whose record the district has and whose bytes still wait, oldest first."""
    return tuple(
        Transfer(row.photo_id, row.case_id, row.sha256, row.size, row.media_type, row.upload_url, row.attempts)
        for row in connection.execute(_READY)
    )


def waiting_hashes(connection: Connection, photo_ids: Iterable[str]) -> dict[str, str]:
    """photo id -> SHA-256 of those that are not yet received."""
    query = select(table.c.photo_id, table.c.sha256).where(table.c.photo_id.in_(list(photo_ids)), table.c.state != RECEIVED)
    return {row.photo_id: row.sha256 for row in connection.execute(query)}


def under_way(connection: Connection, photo_id: str, upload: str, sent: int) -> None:
    connection.execute(update(table).where(table.c.photo_id == photo_id).values(upload_url=upload, sent_bytes=sent))


def received(connection: Connection, photo_ids: Iterable[str]) -> None:
    """Only together with verified receipts, in the same transaction."""
    values = [{"of": photo_id} for photo_id in photo_ids]
    if values:
        changes = {"state": RECEIVED, "code": "", "upload_url": "", "sent_bytes": table.c.size}
        connection.execute(update(table).where(table.c.photo_id == bindparam("of")).values(changes), values)


def failed(connection: Connection, photo_id: str, code: str, *, for_good: bool) -> None:
    """This try came to nothing, or no try ever will."""
    changes = {"code": code, "attempts": table.c.attempts + 1}
    if for_good:
        changes["state"] = ABANDONED
    connection.execute(update(table).where(table.c.photo_id == photo_id).values(changes))


def again(connection: Connection, photo_id: str) -> str | None:
    """Put a photo that was set aside back into the queue. Its case, or None where it was not set aside."""
    mine = (table.c.photo_id == photo_id) & (table.c.state == ABANDONED)
    case_id: str | None = connection.execute(select(table.c.case_id).where(mine)).scalar()
    connection.execute(update(table).where(mine).values(state=WAITING, code="", attempts=0, upload_url="", sent_bytes=0))
    return case_id
