"""Field trips, read and changed. What came of one in numbers is read off the visits of that day; only the words are typed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.visit import Outcome
from fieldapp.records import tables as record_tables
from fieldapp.server import bulk
from fieldapp.server.problems import Refused
from fieldapp.server.teams.tables import team as _team
from fieldapp.server.trips.tables import trip as _trip
from fieldapp.server.trips.tables import trip_case as _trip_case

_visit, _case, _child, _person = record_tables.visit, record_tables.case, record_tables.child, record_tables.person


@dataclass(frozen=True, slots=True)
class Trip:
    id: str
    on_date: dt.date
    name: str
    team_id: str | None
    partners: str
    meeting: str
    vehicle: str
    note: str
    called_off: bool
    result: str = ""
    result_at: dt.datetime | None = None
    result_by_name: str = ""
    team_name: str = ""

    @property
    def month(self) -> tuple[int, int]:
        return self.on_date.year, self.on_date.month

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.partners.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Figures:
    """`visited` of the `children` have a visit of that day; `outcomes` counts those visits, None: without an outcome. `tambons`: of the
    children, most first."""

    children: int = 0
    visited: int = 0
    visits: int = 0
    outcomes: Mapping[Outcome | None, int] = field(default_factory=dict)
    tambons: tuple[str, ...] = ()


def trips(connection: Connection, district_id: str) -> tuple[Trip, ...]:
    """Newest first."""
    return _read(connection, district_id, None)


def find(connection: Connection, district_id: str, trip_id: str) -> Trip:
    """Raises Refused unknown_record."""
    found = _read(connection, district_id, trip_id)
    if not found:
        raise Refused("unknown_record", "trip_id")
    return found[0]


def figures(connection: Connection, district_id: str, trip_ids: Iterable[str]) -> dict[str, Figures]:
    """Of each trip; two queries, however many trips. A visit that was corrected counts once, as it was corrected."""
    wanted = list(trip_ids)
    ours = (_trip_case.c.district_id == district_id) & _trip_case.c.trip_id.in_(wanted)
    places = (
        select(_trip_case.c.trip_id, _child.c.tambon_code, func.count().label("children"))
        .join(_case, (_case.c.district_id == district_id) & (_case.c.id == _trip_case.c.case_id))
        .join(_child, (_child.c.district_id == district_id) & (_child.c.id == _case.c.child_id))
        .where(ours)
        .group_by(_trip_case.c.trip_id, _child.c.tambon_code)
        .order_by(func.count().desc(), _child.c.tambon_code)
    )
    correction = _visit.alias()
    corrected = select(correction.c.id).where(correction.c.district_id == district_id, correction.c.supersedes == _visit.c.id).exists()
    visits = (
        select(_trip_case.c.trip_id, _visit.c.case_id, _visit.c.outcome)
        .join(_trip, (_trip.c.district_id == district_id) & (_trip.c.id == _trip_case.c.trip_id))
        .join(
            _visit,
            (_visit.c.district_id == district_id) & (_visit.c.case_id == _trip_case.c.case_id) & (_visit.c.visited_on == _trip.c.on_date),
        )
        .where(ours, ~corrected)
    )
    children: dict[str, list[tuple[str, int]]] = {}
    for row in connection.execute(places):
        children.setdefault(row.trip_id, []).append((row.tambon_code, row.children))
    seen: dict[str, list[Any]] = {}
    for row in connection.execute(visits):
        seen.setdefault(row.trip_id, []).append(row)
    return {trip_id: _figures(children.get(trip_id, []), seen.get(trip_id, [])) for trip_id in wanted}


def put_trip(connection: Connection, district_id: str, trip: Trip, by: str, now: dt.datetime) -> str:
    """A new one where the id is empty. Its result stays. Raises Refused wrong_value without a name."""
    if not trip.name:
        raise Refused("wrong_value", "name")
    names = ("on_date", "name", "team_id", "partners", "meeting", "vehicle", "note", "called_off")
    values: dict[str, Any] = {name: getattr(trip, name) for name in names} | {"changed_at": now, "changed_by": by}
    key = trip.id or new_id()
    statement = insert(_trip).values(district_id=district_id, id=key, result="", **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "id"], set_=values))
    return key


def put_result(connection: Connection, district_id: str, trip_id: str, result: str, by: str, now: dt.datetime) -> None:
    ours = (_trip.c.district_id == district_id) & (_trip.c.id == trip_id)
    connection.execute(update(_trip).where(ours).values(result=result, result_at=now, result_by=by))


def case_ids(connection: Connection, district_id: str, trip_id: str) -> frozenset[str]:
    query = select(_trip_case.c.case_id).where(_trip_case.c.district_id == district_id, _trip_case.c.trip_id == trip_id)
    return frozenset(connection.execute(query).scalars())


def add_cases(connection: Connection, district_id: str, trip_id: str, added: Iterable[str]) -> None:
    """Those that are on it already stay once."""
    rows = [{"district_id": district_id, "trip_id": trip_id, "case_id": case_id} for case_id in added]
    bulk.add_missing(connection, _trip_case, rows)


def remove_cases(connection: Connection, district_id: str, trip_id: str, removed: Iterable[str]) -> None:
    ours = (_trip_case.c.district_id == district_id) & (_trip_case.c.trip_id == trip_id)
    connection.execute(delete(_trip_case).where(ours, _trip_case.c.case_id.in_(list(removed))))


def _read(connection: Connection, district_id: str, trip_id: str | None) -> tuple[Trip, ...]:
    kept = ("id", "on_date", "name", "team_id", "partners", "meeting", "vehicle", "note", "called_off", "result", "result_at")
    query = (
        select(
            *(_trip.c[name] for name in kept),
            func.coalesce(_person.c.name, "").label("result_by_name"),
            func.coalesce(_team.c.name, "").label("team_name"),
        )
        .outerjoin(_team, (_team.c.district_id == district_id) & (_team.c.id == _trip.c.team_id))
        .outerjoin(_person, (_person.c.district_id == district_id) & (_person.c.id == _trip.c.result_by))
        .where(_trip.c.district_id == district_id)
        .order_by(_trip.c.on_date.desc(), _trip.c.id.desc())
    )
    if trip_id is not None:
        query = query.where(_trip.c.id == trip_id)
    return tuple(Trip(**row) for row in connection.execute(query).mappings())


def _figures(children: list[tuple[str, int]], visits: list[Any]) -> Figures:
    outcomes: dict[Outcome | None, int] = {}
    for row in visits:
        outcome = Outcome(row.outcome) if row.outcome else None
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return Figures(
        sum(count for _, count in children),
        len({row.case_id for row in visits}),
        len(visits),
        dict(sorted(outcomes.items(), key=lambda item: -item[1])),
        tuple(tambon for tambon, _ in children if tambon),
    )
