"""A plain list of cases in the caller's scope, with filters: for the office and for other programs."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import ColumnElement, or_, select, true

from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.audit import Action
from fieldapp.server.http.handling import Work, handler, reply

MAX_ROWS = 500

router = APIRouter(prefix="/cases", tags=["office"])


@dataclass(frozen=True, slots=True)
class CaseRow:
    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    tambon_code: str
    village: str
    list_type: ListType
    state: CaseState
    state_on: dt.date | None
    school_code: str | None
    assignee_id: str | None
    due_on: dt.date | None
    last_visit_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Cases:
    """`after` is where the next page begins; empty on the last one."""

    cases: tuple[CaseRow, ...]
    after: str


@router.get("", response_model=Cases)
@handler()
def cases(
    work: Work,
    state: CaseState | None = None,
    list_type: ListType | None = None,
    school_code: str | None = None,
    assignee: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 100,
    after: str = "",
) -> Response:
    """In the order of their ids, page by page."""
    case, child = record_tables.case, record_tables.child
    wanted = {case.c.state: state, case.c.list_type: list_type, case.c.school_code: school_code, case.c.assignee_id: assignee}
    query = (
        select(case, child.c.title, child.c.given_name, child.c.family_name, child.c.tambon_code, child.c.village)
        .join(child, (child.c.district_id == case.c.district_id) & (child.c.id == case.c.child_id))
        .where(case.c.district_id == work.district_id, case.c.id > after, _scope(work.caller))
        .where(*(column == value for column, value in wanted.items() if value is not None))
        .order_by(case.c.id)
        .limit(limit + 1)
    )
    found = list(work.connection.execute(query).mappings())
    rows = [_row(row) for row in found[:limit]]
    if rows:
        work.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows]})
    return reply(Cases(tuple(rows), rows[-1].case_id if len(found) > limit else ""))


def _scope(caller: Caller) -> ColumnElement[bool]:
    case = record_tables.case
    if caller.whole_district:
        return true()
    own = case.c.assignee_id == caller.person_id
    return or_(own, case.c.school_code == caller.whole_school) if caller.whole_school else own


def _row(row: Any) -> CaseRow:
    values = {name: row[name] for name in CaseRow.__slots__ if name != "case_id"}
    return CaseRow(case_id=row["id"], **{**values, "list_type": ListType(row["list_type"]), "state": CaseState(row["state"])})
