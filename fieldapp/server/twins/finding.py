"""Likely duplicates among all cards of the district: one query, then in memory. That takes a second or two for 20,000 cards, so what was
found is remembered until a card changes."""

from sqlalchemy import Connection, func, select

from fieldapp.domain.states import CaseState
from fieldapp.domain.twins import Card, Twins, likely_twins
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.twins.verdicts import said_pairs

_child, _case, _head = record_tables.child, record_tables.case, tables.head
_COLUMNS = (
    _child.c.id, _child.c.given_name, _child.c.family_name, _child.c.national_id, _child.c.g_code, _child.c.birth_on,
    _child.c.guardian_name, _child.c.father_name, _child.c.mother_name, _child.c.tambon_code, _child.c.moo, _child.c.sex,
)  # fmt: skip
# District -> how its cards stood, and the pairs that were found. A server that has none of it finds the same again.
_remembered: dict[str, tuple[tuple[int, int, str], list[Twins]]] = {}


def open_twins(connection: Connection, district_id: str) -> list[Twins]:
    """The likeliest first; without pairs that a person spoke about, and without cards whose every case is a duplicate already."""
    said = said_pairs(connection, district_id)
    pairs = [pair for pair in _all(connection, district_id) if (pair.first, pair.second) not in said]
    going_on = _going_on(connection, district_id, {one for pair in pairs for one in (pair.first, pair.second)})
    return [pair for pair in pairs if pair.first in going_on and pair.second in going_on]


def _all(connection: Connection, district_id: str) -> list[Twins]:
    stand = _stand(connection, district_id)
    before = _remembered.get(district_id)
    if before is None or before[0] != stand:
        before = _remembered[district_id] = (stand, likely_twins(_cards(connection, district_id)))
    return before[1]


def _stand(connection: Connection, district_id: str) -> tuple[int, int, str]:
    """Another one whenever a card was added or changed."""
    cards = select(func.count(), func.coalesce(func.max(_head.c.sequence), 0)).where(
        _head.c.district_id == district_id, _head.c.type == "child"
    )
    number, newest = connection.execute(cards).one()
    run = connection.execute(select(tables.district.c.run).where(tables.district.c.district_id == district_id)).scalar_one()
    return number, newest, run or ""


def _going_on(connection: Connection, district_id: str, child_ids: set[str]) -> set[str]:
    query = select(_case.c.child_id).where(
        _case.c.district_id == district_id,
        _case.c.child_id.in_(child_ids),
        _case.c.merged_into.is_(None),
        _case.c.state != CaseState.WITHDRAWN,
    )
    return set(connection.execute(query).scalars())


def _cards(connection: Connection, district_id: str) -> list[Card]:
    rows = connection.execute(select(*_COLUMNS).where(_child.c.district_id == district_id).order_by(_child.c.id))
    return [
        Card(
            row.id,
            row.given_name,
            row.family_name,
            row.national_id,
            row.g_code,
            row.birth_on,
            tuple(name for name in (row.guardian_name, row.father_name, row.mother_name) if name),
            f"{row.tambon_code} {row.moo}" if row.tambon_code and row.moo else "",
            row.sex if row.sex != "unknown" else "",
        )
        for row in rows
    ]
