"""What the server itself writes: events made in the office, by the importer or by an assignment, and reference data.

The same path as a laptop's push: numbered, signed, logged, with heads for the pull. Nothing else may write these tables.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.event import Event
from fieldapp.domain.form import Form
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, School, Setting
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.write_path import batch, heads
from fieldapp.server.write_path.admission import Admission, Verdict
from fieldapp.server.write_path.event_log import Arrived
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.server.write_path.sequence import writing
from fieldapp.wire import codec
from fieldapp.wire.messages import Answer

Reference = Person | School | Agency | Cause | Setting | ReceivedList | Form


def record_events(
    connection: Connection,
    district_id: str,
    events: Sequence[Event],
    *,
    device_id: str | None = None,
    recorded_at: dt.datetime | Callable[[Event], dt.datetime] | None = None,
) -> list[Answer]:
    """Record events of trusted origin, in their order, in the caller's transaction. One answer each, as a laptop would get it.

    Nobody's permission is asked: whose act it is stands in `event.by`. What makes no sense is answered `rejected` with code and field and
    leaves no trace, so look at the answers. Safe to repeat with the same event ids.
    Thousands of events in one call take seconds; put what belongs together into one call (events of a batch see those before them).
    `recorded_at` is the district's time of recording: now if not given, one time for all, or one for each event (a sample's past). It
    may not lie before the day of a visit that is recorded.
    """
    now = dt.datetime.now(dt.UTC)

    def time_of(event: Event) -> dt.datetime:
        if recorded_at is None:
            return now
        return recorded_at(event) if callable(recorded_at) else recorded_at

    arrived = [_arrived(event, time_of(event), device_id) for event in events]
    return batch.record(connection, district_id, arrived, _take_all, person_id=events[0].by if events else None)


def put_reference(connection: Connection, district_id: str, records: Iterable[Reference]) -> None:
    """Store people, schools, causes, settings, forms or received lists, new or changed, and give them to every laptop. In the
    caller's transaction."""
    kept = list(records)
    if not kept:
        return
    with writing(connection, district_id) as lock:
        SqlRecords(connection, district_id).put(kept)
        heads.publish_shared(lock, kept)


def _arrived(event: Event, recorded_at: dt.datetime, device_id: str | None) -> Arrived:
    raw = codec.event_to_wire(event)
    body = codec.event_bytes(raw)
    return Arrived(event, body.decode(), sha256_hex(body), recorded_at, event.device_id or device_id)


def _take_all(arrived: Arrived, known: KnownRecords) -> Admission:
    return Admission(Verdict.TAKE)
