"""A part of a list of cases, with what a line of it says. Two queries, however long the list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from fieldapp.domain.child import Sex
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables
from fieldapp.reports.case_filter import CaseFilter, Cases

_case, _child, _person, _school = tables.case, tables.child, tables.person, tables.school


class SortBy(StrEnum):
    NAME = "name"
    PLACE = "place"
    STATE = "state"
    DUE = "due"
    VISITED = "visited"
    LISTED = "listed"
    SCHOOL = "school"
    RISK = "risk"


_ORDER: dict[SortBy, Sequence[Any]] = {
    SortBy.NAME: (_child.c.sort_key,),
    SortBy.PLACE: (_child.c.tambon_code, func.lpad(_child.c.moo, 3, "0"), _child.c.sort_key),
    SortBy.STATE: (_case.c.state, _child.c.sort_key),
    SortBy.DUE: (_case.c.due_on.asc().nulls_last(), _child.c.sort_key),
    SortBy.VISITED: (_case.c.last_visit_on.asc().nulls_first(), _child.c.sort_key),
    SortBy.LISTED: (_case.c.listed_on, _child.c.sort_key),
    SortBy.SCHOOL: (_case.c.school_code.asc().nulls_last(), _child.c.last_grade, _child.c.sort_key),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line. `state` and `state_on` are those of the filter's day; the assignment is today's."""

    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    national_id: str
    g_code: str
    sex: Sex
    birth_on: dt.date | None
    house_no: str
    moo: str
    village: str
    tambon_code: str
    list_type: ListType
    state: CaseState
    state_on: dt.date | None
    school_name: str
    assignee_name: str
    due_on: dt.date | None
    last_visit_on: dt.date | None
    grade: str

    @property
    def village_key(self) -> tuple[str, str, str]:
        """To group and order by. Where the tambon is not known by its code, what was written for it tells villages apart."""
        return self.tambon_code, "" if self.tambon_code else self.village, self.moo.rjust(3, "0")

    def is_overdue(self, today: dt.date) -> bool:
        return self.due_on is not None and self.due_on < today and owes_answer(self.state)


def count(connection: Connection, district_id: str, wanted: CaseFilter) -> int:
    found: int = connection.execute(Cases(district_id, wanted).select(func.count())).scalar_one()
    return found


def case_ids(connection: Connection, district_id: str, wanted: CaseFilter, limit: int) -> list[str]:
    """The ids of all that the filter selects, for acting on all of them; at most `limit`."""
    return list(connection.execute(Cases(district_id, wanted).select(_case.c.id).order_by(_case.c.id).limit(limit)).scalars())


def part(connection: Connection, district_id: str, wanted: CaseFilter, sort: SortBy, offset: int, limit: int) -> tuple[CaseRow, ...]:
    cases = Cases(district_id, wanted)
    columns = (
        _case.c.id.label("case_id"),
        _child.c.id.label("child_id"),
        *(_child.c[name] for name in ("title", "given_name", "family_name", "national_id", "g_code", "sex", "birth_on")),
        *(_child.c[name] for name in ("house_no", "moo", "village", "tambon_code")),
        _case.c.list_type,
        cases.state.label("state"),
        cases.since.label("state_on"),
        _named(_school.c.name, _school.c.district_id == district_id, _school.c.code == _case.c.school_code).label("school_name"),
        _named(_person.c.name, _person.c.district_id == district_id, _person.c.id == _case.c.assignee_id).label("assignee_name"),
        _case.c.due_on,
        _case.c.last_visit_on,
        _child.c.last_grade.label("grade"),
    )
    # The newest first: whom nobody has seen yet.
    order = (cases.last_risk.desc().nulls_last(), _child.c.sort_key) if sort is SortBy.RISK else _ORDER[sort]
    query = cases.select(*columns).order_by(*order, _case.c.id).offset(offset).limit(limit)
    return tuple(_row(row) for row in connection.execute(query).mappings())


def _named(name: Any, *same: Any) -> Any:
    return func.coalesce(select(name).where(*same).scalar_subquery(), "")


def _row(row: Any) -> CaseRow:
    enums = {"sex": Sex(row["sex"]), "list_type": ListType(row["list_type"]), "state": CaseState(row["state"])}
    return CaseRow(**{**row, **enums})
