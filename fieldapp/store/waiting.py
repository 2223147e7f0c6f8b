"""How much waits for the district, in numbers and bytes."""

from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, case, cast, func, select

from fieldapp.domain.payloads import PhotoAdded, VisitRecorded
from fieldapp.store import transfers
from fieldapp.store.tables import outbox, photo_transfer


@dataclass(frozen=True, slots=True)
class Unsent:
    """`bytes` is what the waiting records and photos weigh together."""

    visits: int
    other_events: int
    photos: int
    bytes: int

    @property
    def total(self) -> int:
        return self.visits + self.other_events + self.photos


_is_visit, _is_photo = outbox.c.kind == VisitRecorded.KIND, outbox.c.kind == PhotoAdded.KIND
# Made once: every sync asks them.
_EVENTS = select(
    func.coalesce(func.sum(case((_is_visit, 1), else_=0)), 0),
    func.coalesce(func.sum(case((_is_visit | _is_photo, 0), else_=1)), 0),
    func.coalesce(func.sum(func.length(cast(outbox.c.body, LargeBinary))), 0),
).where(outbox.c.status.is_(None))
_PHOTOS = select(func.count(), func.coalesce(func.sum(photo_transfer.c.size - photo_transfer.c.sent_bytes), 0)).where(
    photo_transfer.c.state == transfers.WAITING
)


def unsent(connection: Connection) -> Unsent:
    """Photos count by their bytes: their records travel with the visit and are not counted again."""
    events, photos = connection.execute(_EVENTS).one(), connection.execute(_PHOTOS).one()
    return Unsent(events[0], events[1], photos[0], events[2] + photos[1])
