"""How long what is kept, and what would be removed: a look ahead only. Nothing here removes anything.

The years are the district's (domain: office records at least ten years by the regulation; no rule of their own for these lists was found).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from fieldapp.domain.names import full_name
from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import setting
from fieldapp.server import tables

SETTING = "retention"
# name -> years where the district has set none. 0 keeps for ever.
YEARS: Mapping[str, int] = {"cases": 10, "audit": 10, "list_rows": 10, "signed_in": 1}
SHOWN = 50
_CLOSED = [state for state in CaseState if not owes_answer(state)]
_case, _child, _audit, _row, _list = record_tables.case, record_tables.child, tables.audit, tables.list_row, record_tables.received_list


@dataclass(frozen=True, slots=True)
class OldCase:
    case_id: str
    name: str
    state: CaseState
    state_on: dt.date | None


@dataclass(frozen=True, slots=True)
class LookAhead:
    """What is older than the district keeps it, by kind; the first of the cases by name."""

    cases: int
    audit: int
    list_rows: int
    sessions: int
    shown: tuple[OldCase, ...]


def years(connection: Connection, district_id: str) -> dict[str, int]:
    given = setting(connection, district_id, SETTING)
    return {name: int(given[name]) if given.get(name, "").isdecimal() else default for name, default in YEARS.items()}


def before(today: dt.date, count: int) -> dt.date | None:
    """What lies before this day is older than so many years; None where it is kept for ever."""
    if not count:
        return None
    try:
        return today.replace(year=today.year - count)
    except ValueError:  # 29 February
        return today.replace(year=today.year - count, day=28)


def look_ahead(connection: Connection, district_id: str, kept: Mapping[str, int], today: dt.date) -> LookAhead:
    """A closed case is old when nothing has happened to it for so long: no step, no visit."""
    day = {name: before(today, count) for name, count in kept.items()}
    old = (
        _case.c.district_id == district_id,
        _case.c.state.in_(_CLOSED),
        func.greatest(_case.c.state_on, _case.c.last_visit_on, _case.c.listed_on) < (day["cases"] or dt.date.min),
    )
    named = (
        select(_case.c.id, _case.c.state, _case.c.state_on, _child.c.title, _child.c.given_name, _child.c.family_name)
        .join(_child, (_child.c.district_id == _case.c.district_id) & (_child.c.id == _case.c.child_id))
        .where(*old)
        .order_by(_case.c.state_on, _case.c.id)
        .limit(SHOWN)
    )
    shown = [
        OldCase(row.id, full_name(row.title, row.given_name, row.family_name), CaseState(row.state), row.state_on)
        for row in connection.execute(named)
    ]
    lists = select(_list.c.id).where(_list.c.district_id == district_id, _list.c.imported_at < _moment(day["list_rows"]))
    session = tables.session
    return LookAhead(
        cases=_count(connection, select(func.count()).select_from(_case).where(*old)),
        audit=_count(connection, select(func.count()).where(_audit.c.district_id == district_id, _audit.c.at < _moment(day["audit"]))),
        list_rows=_count(connection, select(func.count()).where(_row.c.district_id == district_id, _row.c.list_id.in_(lists))),
        sessions=_count(
            connection,
            select(func.count()).where(session.c.district_id == district_id, session.c.refresh_expires_at < _moment(day["signed_in"])),
        ),
        shown=tuple(shown),
    )


def _moment(day: dt.date | None) -> dt.datetime:
    return dt.datetime.combine(day or dt.date(1, 1, 2), dt.time(), dt.UTC)


def _count(connection: Connection, query: object) -> int:
    found: int = connection.execute(query).scalar_one()  # type: ignore[call-overload]
    return found
