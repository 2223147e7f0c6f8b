"""Rows of a web site's export as they are taken: onto the child's open case where there is one, else as a case of its own at the school
of the child, each with its risks. A fixed number of queries a portion.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.risk import Risk, RiskSource, RiskState
from fieldapp.domain.child import Child
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CareId, CaseId, EventId, ListId, PersonId, derived_id, new_id
from fieldapp.domain.names import fold
from fieldapp.domain.payloads import CaseAssigned, RiskFound
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.lists.checks import CLOSED
from fieldapp.server.lists.listed_risks import ListedRisk, from_json

_row, _case, _risk, _step, _school = tables.list_row, record_tables.case, record_tables.risk, record_tables.care_step, record_tables.school


@dataclass(frozen=True, slots=True)
class Import:
    """Which export, and who takes it when."""

    district_id: str
    list_id: ListId
    source: RiskSource
    as_of: dt.date
    by: PersonId
    now: dt.datetime


def open_cases(connection: Connection, district_id: str, child_ids: Collection[str]) -> dict[str, CaseId]:
    """The newest open case by child."""
    query = (
        select(_case.c.child_id, _case.c.id)
        .where(_case.c.district_id == district_id, _case.c.child_id == func.any(bindparam("children")), _case.c.state.not_in(CLOSED))
        .order_by(_case.c.listed_on, _case.c.id)
    )
    return {child_id: CaseId(case_id) for child_id, case_id in connection.execute(query, {"children": list(child_ids)})}


def cases_of(children: Mapping[int, Child], known: Mapping[str, CaseId]) -> dict[int, CaseId]:
    """The case of each row: one a child, whether it is open already or begins with the first of its rows."""
    cases = dict(known)
    return {number: cases.setdefault(child.id, CaseId(new_id())) for number, child in children.items()}


def at_their_schools(
    connection: Connection, taken: Import, children: Mapping[int, Child], case_by_row: Mapping[int, CaseId], on: dt.date
) -> list[Event]:
    """Assigned to the school that the export names, where it is one of the district's."""
    query = select(_school.c.code, _school.c.name).where(_school.c.district_id == taken.district_id)
    codes: dict[str, str] = {}
    for code, name in connection.execute(query):
        # Two schools of one name are known by their codes alone.
        codes[_named(name)] = "" if _named(name) in codes else code
        codes[code] = code
    found = []
    for number, child in children.items():
        school = codes.get(child.last_school_code) or codes.get(_named(child.last_school_name), "")
        if school:
            found.append(Event(EventId(new_id()), CaseAssigned(on, school, None), case_by_row[number], 1, taken.now, taken.by))
    return found


def risk_events(connection: Connection, taken: Import, children: Mapping[int, Child], case_by_row: Mapping[int, CaseId]) -> list[Event]:
    """What the rows tell of, but for what the same site said of the same day before."""
    query = select(_row.c.row_number, _row.c.risks).where(
        _row.c.district_id == taken.district_id, _row.c.list_id == taken.list_id, _row.c.row_number == func.any(bindparam("numbers"))
    )
    told = {number: [from_json(one) for one in risks or ()] for number, risks in connection.execute(query, {"numbers": list(children)})}
    said = set(_said(connection, taken, set(case_by_row.values())))
    events = []
    for number, child in children.items():
        for place, risk in enumerate(told.get(number, ())):
            case_id, on = case_by_row[number], risk.on or taken.as_of
            key = (case_id, risk.reason, risk.level.value, on)
            if key in said:
                continue
            said.add(key)
            events.append(_event(taken, _id(taken, number, place), case_id, child, risk, on))
    return events


def _id(taken: Import, number: int, place: int) -> CareId:
    return CareId(derived_id(taken.list_id, f"row {number} risk {place} {taken.now.isoformat()}"))


def _event(taken: Import, risk_id: CareId, case_id: CaseId, child: Child, risk: ListedRisk, on: dt.date) -> Event:
    fact = Risk(risk_id, case_id, child.id, taken.source, risk.reason, risk.level, on, taken.by, risk.note, taken.list_id)
    return Event(EventId(new_id()), RiskFound(fact), fact.id, 0, taken.now, taken.by)


def _said(connection: Connection, taken: Import, case_ids: Iterable[CaseId]) -> Iterable[tuple[Any, ...]]:
    mistaken = (
        select(_step.c.id)
        .where(_step.c.district_id == taken.district_id, _step.c.case_id == _risk.c.case_id, _step.c.of == _risk.c.id)
        .where(_step.c.of_kind == CareKind.RISK.value, _step.c.state == RiskState.MISTAKEN.value)
        .exists()
    )
    query = select(_risk.c.case_id, _risk.c.reason, _risk.c.level, _risk.c.on_date).where(
        _risk.c.district_id == taken.district_id,
        _risk.c.case_id == func.any(bindparam("cases")),
        _risk.c.source == taken.source.value,
        ~mistaken,
    )
    return (tuple(row) for row in connection.execute(query, {"cases": list(case_ids)}))


def _named(name: str) -> str:
    return fold(name.removeprefix("โรงเรียน"))
