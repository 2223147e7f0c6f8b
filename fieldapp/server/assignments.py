"""Assigning cases to a school or a person: the same events as everyone's, made by an officer."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection

from fieldapp.domain.events import Event
from fieldapp.domain.identifiers import EventId, PersonId, new_id
from fieldapp.domain.payloads import CaseAssigned
from fieldapp.errors import SetupError
from fieldapp.server.accounts import person_of
from fieldapp.server.recording import record_events
from fieldapp.wire.messages import Answer


def assign(
    connection: Connection,
    district_id: str,
    case_ids: Sequence[str],
    *,
    by: PersonId,
    on: dt.date,
    school_code: str | None,
    person_id: PersonId | None,
    due_on: dt.date | None,
    device_id: str | None = None,
) -> list[Answer]:
    """One answer a case, in the caller's transaction. A person brings their school along, so that their school head sees the case too.
    Raises SetupError('setup.bad_value', field=…) where neither is given or the person is not there."""
    if not school_code and not person_id:
        raise SetupError("setup.bad_value", field="person_id", reason="missing")
    if person_id:
        person = person_of(connection, district_id, person_id)
        if person is None or not person.active:
            raise SetupError("setup.bad_value", field="person_id", reason="unknown")
        school_code = school_code or person.school_code or None
    now = dt.datetime.now(dt.UTC)
    payload = CaseAssigned(on, school_code or None, person_id, due_on)
    events = [Event(EventId(new_id()), payload, case_id, 0, now, by) for case_id in case_ids]
    return record_events(connection, district_id, events, device_id=device_id)
