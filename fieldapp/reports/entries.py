"""The entries that schools key into OBEC's own site, prepared from the visits: one line a case, causes in edudev's and DMC's numbers.

The site itself is not replaced (domain §1.2): these lines are copied into it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import ReturnLevel
from fieldapp.records import tables
from fieldapp.reports.case_filter import CaseFilter, Cases

_case, _child, _school, _cause, _visit = tables.case, tables.child, tables.school, tables.cause, tables.visit


@dataclass(frozen=True, slots=True)
class ObecEntry:
    """`dmc` and `edudev` are the numbers of the main cause in the two national lists (domain §3.1, §3.2); 0 where none fits."""

    national_id: str
    title: str
    given_name: str
    family_name: str
    list_type: ListType
    school_code: str
    school_name: str
    state: CaseState
    state_on: dt.date | None
    last_visit_on: dt.date | None
    level: ReturnLevel | None
    cause_name: str
    dmc: int
    edudev: int


def entries(connection: Connection, district_id: str, wanted: CaseFilter) -> Iterator[ObecEntry]:
    """Of OBEC's lists alone, in the order of schools and names."""
    listed = tuple(one for one in OBEC_LISTS if not wanted.list_types or one in wanted.list_types)
    if not listed:
        return
    cases = Cases(district_id, replace(wanted, list_types=listed))
    cause = [
        select(_cause.c[name]).where(_cause.c.district_id == district_id, _cause.c.code == cases.cause).scalar_subquery()
        for name in ("name", "dmc", "edudev")
    ]
    school_name = (
        select(_school.c.name).where(_school.c.district_id == district_id, _school.c.code == _case.c.school_code).scalar_subquery()
    )
    query = cases.select(
        func.coalesce(func.nullif(_child.c.national_id, ""), _child.c.g_code).label("national_id"),
        _child.c.title,
        _child.c.given_name,
        _child.c.family_name,
        _case.c.list_type,
        func.coalesce(_case.c.school_code, "").label("school_code"),
        func.coalesce(school_name, "").label("school_name"),
        cases.state.label("state"),
        cases.since.label("state_on"),
        _case.c.last_visit_on,
        cases.level.label("level"),
        func.coalesce(cause[0], "").label("cause_name"),
        func.coalesce(cause[1], 0).label("dmc"),
        func.coalesce(cause[2], 0).label("edudev"),
    ).order_by(_case.c.school_code, _child.c.sort_key, _case.c.id)
    for row in connection.execute(query).mappings():
        read = {"list_type": ListType(row["list_type"]), "state": CaseState(row["state"])}
        yield ObecEntry(**{**row, **read, "level": ReturnLevel(row["level"]) if row["level"] else None})
