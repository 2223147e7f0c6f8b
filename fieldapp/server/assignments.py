"""Assigning cases to a school or a person: the same events as everyone's, made by an officer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import EventId, PersonId, new_id
from fieldapp.domain.payloads import CaseAssigned
from fieldapp.errors import SetupError
from fieldapp.records import tables as record_tables
from fieldapp.records.chunks import chunks
from fieldapp.server.access.accounts import person_of
from fieldapp.server.write_path.recording import record_events
from fieldapp.server.write_path.sequence import hold
from fieldapp.wire.messages import Answer


@dataclass(frozen=True, slots=True)
class Assignment:
    """One case to a school, a person or both."""

    case_id: str
    school_code: str | None
    person_id: str | None
    due_on: dt.date | None


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
    Without a new due date each case keeps its own: handing on is not giving more time.
    Raises SetupError('setup.bad_value', field=…) where neither is given or the person is not there."""
    if not school_code and not person_id:
        raise SetupError("setup.bad_value", field="person_id", reason="missing")
    if person_id:
        person = person_of(connection, district_id, person_id)
        if person is None or not person.active:
            raise SetupError("setup.bad_value", field="person_id", reason="unknown")
        school_code = school_code or person.school_code or None
    hold(connection, district_id)
    due = {} if due_on else _due(connection, district_id, case_ids)
    wanted = [Assignment(case_id, school_code or None, person_id, due_on or due.get(case_id)) for case_id in case_ids]
    return assign_each(connection, district_id, wanted, by=by, on=on, device_id=device_id)


def assign_each(
    connection: Connection,
    district_id: str,
    wanted: Sequence[Assignment],
    *,
    by: PersonId,
    on: dt.date,
    device_id: str | None = None,
) -> list[Answer]:
    """Each to its own; whoever calls has seen that people and schools are there. One answer a case, in the caller's transaction."""
    now = dt.datetime.now(dt.UTC)
    events = [
        Event(
            EventId(new_id()),
            CaseAssigned(on, one.school_code, PersonId(one.person_id) if one.person_id else None, one.due_on),
            one.case_id,
            0,
            now,
            by,
        )
        for one in wanted
    ]
    return record_events(connection, district_id, events, device_id=device_id)


def _due(connection: Connection, district_id: str, case_ids: Sequence[str]) -> dict[str, dt.date]:
    case = record_tables.case.c
    found: dict[str, dt.date] = {}
    for ids in chunks(list(case_ids)):
        query = select(case.id, case.due_on).where(case.district_id == district_id, case.id.in_(ids), case.due_on.is_not(None))
        found |= dict(tuple(row) for row in connection.execute(query))
    return found
