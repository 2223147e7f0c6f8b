"""What a person said of a pair of cards: not the same child, or the same, and then which cases were put together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.identifiers import CaseId, PersonId
from fieldapp.server.twins.tables import twin_verdict as _table


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    # Taken back: the pair is open again.
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Said:
    first: str
    second: str
    verdict: Verdict
    note: str
    at: dt.datetime
    by: str
    merges: tuple[tuple[CaseId, CaseId], ...]


def said_pairs(connection: Connection, district_id: str) -> set[tuple[str, str]]:
    """Pairs of which nothing is left to say."""
    query = select(_table.c.first_id, _table.c.second_id).where(_table.c.district_id == district_id, _table.c.verdict != Verdict.OPEN)
    return {tuple(row) for row in connection.execute(query)}


def count(connection: Connection, district_id: str) -> int:
    query = select(func.count()).where(_table.c.district_id == district_id, _table.c.verdict != Verdict.OPEN)
    found: int = connection.execute(query).scalar_one()
    return found


def newest(connection: Connection, district_id: str, offset: int, limit: int) -> tuple[Said, ...]:
    query = select(_table).where(_table.c.district_id == district_id, _table.c.verdict != Verdict.OPEN)
    rows = connection.execute(query.order_by(_table.c.said_at.desc(), _table.c.first_id).offset(offset).limit(limit))
    return tuple(map(_said, rows))


def find(connection: Connection, district_id: str, first: str, second: str) -> Said | None:
    query = select(_table).where(_table.c.district_id == district_id, _table.c.first_id == first, _table.c.second_id == second)
    row = connection.execute(query).one_or_none()
    return _said(row) if row else None


def say(
    connection: Connection,
    district_id: str,
    pair: tuple[str, str],
    verdict: Verdict,
    *,
    before: Verdict | None,
    note: str,
    by: PersonId,
    now: dt.datetime,
    merges: Sequence[tuple[CaseId, CaseId]] = (),
) -> bool:
    """False where it is not `before` that was said of the pair until now (None: nothing): someone else spoke meanwhile."""
    values = {"verdict": verdict, "note": note, "said_at": now, "said_by": by, "merges": [list(one) for one in merges]}
    key = {"district_id": district_id, "first_id": pair[0], "second_id": pair[1]}
    statement = insert(_table).values({**key, **values})
    if before is None:
        statement = statement.on_conflict_do_nothing()
    else:
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=values, where=_table.c.verdict == before)
    return connection.execute(statement.returning(_table.c.first_id)).first() is not None


def _said(row: Row[Any]) -> Said:
    merges = tuple((CaseId(case_id), CaseId(into)) for case_id, into in row.merges)
    return Said(row.first_id, row.second_id, Verdict(row.verdict), row.note, row.said_at, row.said_by, merges)
