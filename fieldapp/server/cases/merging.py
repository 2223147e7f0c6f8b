"""Merging a duplicate into the case that goes on: an event like everyone's, made by the office."""

import datetime as dt

from sqlalchemy import Connection

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, EventId, PersonId, new_id
from fieldapp.domain.payloads import CaseMerged
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Answer


def merge_case(
    connection: Connection, district_id: str, case_id: CaseId, *, into: CaseId, by: PersonId, on: dt.date, device_id: str | None = None
) -> Answer:
    """In the caller's transaction. Rejected, with its code and field, where the two cannot be merged; then nothing has changed."""
    event = Event(EventId(new_id()), CaseMerged(on, into), case_id, 0, dt.datetime.now(dt.UTC), by)
    (answer,) = record_events(connection, district_id, [event], device_id=device_id)
    return answer
