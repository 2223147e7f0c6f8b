"""What the district has not confirmed: it waits here or on another laptop, or the district did not take it."""

from sqlalchemy import Connection, select

from fieldapp.records import tables
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.store.transfers import RECEIVED


def unconfirmed(connection: Connection, district_id: str) -> frozenset[str]:
    """Ids of such events, of the records they are about, and of photos whose bytes the district is not known to hold."""
    events = select(outbox.c.event_id, outbox.c.record_id).where(outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE))
    received = select(photo_transfer.c.photo_id).where(photo_transfer.c.state == RECEIVED)
    photo = tables.photo
    photos = select(photo.c.id).where(photo.c.district_id == district_id, ~photo.c.stored, photo.c.id.not_in(received))
    return frozenset((*(one for row in connection.execute(events) for one in row), *connection.execute(photos).scalars()))
