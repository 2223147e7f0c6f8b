"""What an export of a web site added to cases that it did not begin, and how that is taken back: each risk on which nothing was built
becomes one that was none."""

import datetime as dt

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.risk import RiskState
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, EventId, PersonId, new_id
from fieldapp.domain.payloads import CareStepped
from fieldapp.errors import ListError
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Status

_risk, _step, _case, _row = record_tables.risk, record_tables.care_step, record_tables.case, tables.list_row


def left(connection: Connection, district_id: str, list_id: str) -> int:
    """How many risks on cases of other lists can be taken back."""
    query = select(func.count()).select_from(_risk.join(_case, _of_case(district_id))).where(*_untouched(district_id, list_id))
    return connection.scalar(query) or 0


def end(connection: Connection, district_id: str, list_id: str, limit: int, by: PersonId, now: dt.datetime) -> int:
    """Take back some of them; how many. 0 when there are none left."""
    query = (
        select(_risk.c.id, _risk.c.case_id, _risk.c.child_id)
        .select_from(_risk.join(_case, _of_case(district_id)))
        .where(*_untouched(district_id, list_id))
        .order_by(_risk.c.case_id, _risk.c.id)
        .limit(limit)
    )
    found = connection.execute(query).all()
    events = [_event(risk_id, case_id, child_id, by, now) for risk_id, case_id, child_id in found]
    answers = record_events(connection, district_id, events, recorded_at=now) if events else []
    if any(answer.status is not Status.ACCEPTED for answer in answers):
        raise ListError("list.not_recorded")
    rows = (_row.c.district_id == district_id) & (_row.c.list_id == list_id) & (_row.c.case_id == func.any(bindparam("ids")))
    cases = list({case_id for _id, case_id, _child in found})
    connection.execute(update(_row).where(rows, _row.c.state == "taken").values(state="withdrawn"), {"ids": cases})
    return len(found)


def _event(risk_id: str, case_id: str, child_id: str, by: PersonId, now: dt.datetime) -> Event:
    step = CareStep(
        CareId(new_id()), CaseId(case_id), ChildId(child_id), CareId(risk_id), CareKind.RISK, RiskState.MISTAKEN.value, thai_day(now), by
    )
    return Event(EventId(new_id()), CareStepped(step), step.id, 0, now, by)


def _of_case(district_id: str) -> ColumnElement[bool]:
    return (_case.c.district_id == district_id) & (_case.c.id == _risk.c.case_id)


def _untouched(district_id: str, list_id: str) -> tuple[ColumnElement[bool], ...]:
    went_on = select(_step.c.id).where(_step.c.district_id == district_id, _step.c.case_id == _risk.c.case_id, _step.c.of == _risk.c.id)
    return (
        _risk.c.district_id == district_id,
        _risk.c.list_id == list_id,
        _case.c.list_id != list_id,
        _case.c.state != "withdrawn",
        ~went_on.exists(),
    )
