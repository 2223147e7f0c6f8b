"""A look ahead at what is past its years. Nothing here removes anything."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, FromClause, func, select

from fieldapp.domain.names import full_name
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.retention.past import Past

SHOWN = 50
_case, _child, _row = record_tables.case, record_tables.child, tables.list_row


@dataclass(frozen=True, slots=True)
class OldCase:
    case_id: str
    name: str
    state: CaseState
    state_on: dt.date | None


@dataclass(frozen=True, slots=True)
class LookAhead:
    """What is older than the district keeps it, by kind; the first of the cases by name. `undecided`: rows of lists about which nobody has
    decided anything."""

    cases: int
    audit: int
    list_rows: int
    undecided: int
    sessions: int
    shown: tuple[OldCase, ...]

    @property
    def removable(self) -> int:
        return self.audit + self.list_rows + self.sessions


def look_ahead(connection: Connection, past: Past) -> LookAhead:
    named = (
        select(_case.c.id, _case.c.state, _case.c.state_on, _child.c.title, _child.c.given_name, _child.c.family_name)
        .join(_child, (_child.c.district_id == _case.c.district_id) & (_child.c.id == _case.c.child_id))
        .where(*past.cases())
        .order_by(_case.c.state_on, _case.c.id)
        .limit(SHOWN)
    )
    shown = [
        OldCase(row.id, full_name(row.title, row.given_name, row.family_name), CaseState(row.state), row.state_on)
        for row in connection.execute(named)
    ]
    rows = (_row.c.district_id == past.district_id, _row.c.list_id.in_(past.lists()))
    return LookAhead(
        cases=_count(connection, _case, past.cases()),
        audit=_count(connection, tables.audit, past.audit()),
        list_rows=_count(connection, _row, rows),
        undecided=_count(connection, _row, (*rows, _row.c.state.in_(("staged", "kept_back")))),
        sessions=_count(connection, tables.session, past.signed_in()),
        shown=tuple(shown),
    )


def _count(connection: Connection, table: FromClause, conditions: tuple[object, ...]) -> int:
    found: int = connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()  # type: ignore[arg-type]
    return found
