"""Looking at imports: which there are, how many of their rows are how, the rows themselves part by part, and who is gone since the list
before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select, union

from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.names import fold
from fieldapp.domain.received_list import ListType
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.lists.findings import CODES, Severity
from fieldapp.server.lists.layout import Layout
from fieldapp.server.lists.tables import list_import
from fieldapp.server.problems import Refused

_row, _begun = tables.list_row, list_import
_SHOWN = tuple(_begun.c[name] for name in ("id", "state", "list_type", "risk_source", "round", "as_of", "source_name", "created_at", "job"))


@dataclass(frozen=True, slots=True)
class Import:
    """An import as it stands; `mapping` is a column letter by field."""

    id: str
    state: str
    list_type: ListType
    risk_source: RiskSource | None
    round: str
    as_of: dt.date
    source_name: str
    created_at: dt.datetime
    created_by: str
    undone_at: dt.datetime | None
    undone_by: str
    sheet: str
    layout: Layout
    mapping: Mapping[str, str]
    job: str
    job_order: Mapping[str, Any]

    @property
    def kind(self) -> StrEnum:
        """What it is called: the web site, else the list."""
        return self.risk_source or self.list_type


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list of all. `job` is empty where no work is under way or has broken off."""

    id: str
    state: str
    list_type: ListType
    risk_source: RiskSource | None
    round: str
    as_of: dt.date
    source_name: str
    created_at: dt.datetime
    job: str
    rows: int
    taken: int
    waiting: int

    @property
    def kind(self) -> StrEnum:
        return self.risk_source or self.list_type


@dataclass(frozen=True, slots=True)
class RowFilter:
    """All conditions combine; an empty one does not count."""

    text: str = ""
    state: str = ""
    standing: str = ""
    weight: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by state, by what they are beside the cards, by weight of those not decided, by finding of those not decided; how many are good
    and how many were on the list before and are not on this one."""

    total: int
    states: Mapping[str, int]
    standings: Mapping[str, int]
    weights: Mapping[str, int]
    codes: tuple[tuple[str, Severity, int], ...]
    gone: int


def imports(connection: Connection, district_id: str) -> list[ImportLine]:
    """Newest first, with how many rows they have, and how many of them are taken or wait."""
    counted = (
        select(
            _row.c.list_id,
            func.count().label("total"),
            func.count().filter(_row.c.state == "taken").label("taken"),
            func.count().filter(_row.c.state.in_(("staged", "kept_back"))).label("waiting"),
        )
        .where(_row.c.district_id == district_id)
        .group_by(_row.c.list_id)
        .subquery()
    )
    query = (
        select(*_SHOWN, func.coalesce(counted.c.total, 0), func.coalesce(counted.c.taken, 0), func.coalesce(counted.c.waiting, 0))
        .outerjoin(counted, counted.c.list_id == _begun.c.id)
        .where(_begun.c.district_id == district_id)
        .order_by(_begun.c.created_at.desc(), _begun.c.id)
    )
    rows = connection.execute(query)
    return [ImportLine(row.id, row.state, ListType(row.list_type), _source(row.risk_source), *row[4:]) for row in rows]  # type: ignore[call-arg]


def find(connection: Connection, district_id: str, list_id: str) -> Import:
    """Raises Refused unknown_record."""
    columns = [column for column in _begun.c if column.name != "data"]
    row = connection.execute(select(*columns).where(_begun.c.district_id == district_id, _begun.c.id == list_id)).one_or_none()
    if row is None:
        raise Refused("unknown_record", "list")
    layout = Layout(tuple(row.labels), tuple(tuple(cells) for cells in row.samples))
    return Import(
        row.id, row.state, ListType(row.list_type), _source(row.risk_source), row.round, row.as_of, row.source_name, row.created_at,
        row.created_by, row.undone_at, row.undone_by or "", row.sheet, layout, row.mapping, row.job, row.job_order,
    )  # fmt: skip


def _source(kept: str) -> RiskSource | None:
    return RiskSource(kept) if kept else None


def counts(connection: Connection, district_id: str, begun: Import) -> Counts:
    ours = (_row.c.district_id == district_id) & (_row.c.list_id == begun.id)
    waits = _row.c.state.in_(("staged", "kept_back"))
    query = (
        select(_row.c.state, _row.c.standing, _row.c.weight, func.count())
        .where(ours)
        .group_by(_row.c.state, _row.c.standing, _row.c.weight)
    )
    states: dict[str, int] = {}
    standings: dict[str, int] = {}
    weights: dict[str, int] = {}
    for state, standing, weight, count in connection.execute(query):
        states[state] = states.get(state, 0) + count
        standings[standing] = standings.get(standing, 0) + count
        if state in ("staged", "kept_back"):
            weights[weight] = weights.get(weight, 0) + count
    code = func.unnest(func.string_to_array(func.btrim(_row.c.codes), " ")).label("code")
    found = connection.execute(select(code, func.count()).where(ours, waits).group_by(literal_column("code")))
    codes = [(one, CODES[one], count) for one, count in found if one in CODES]
    order = {Severity.KEPT_BACK: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    codes.sort(key=lambda one: (order[one[1]], -one[2], one[0]))
    return Counts(sum(states.values()), states, standings, weights, tuple(codes), gone_count(connection, district_id, begun))


def row_count(connection: Connection, district_id: str, list_id: str, wanted: RowFilter) -> int:
    return connection.scalar(select(func.count()).select_from(_row).where(*_wanted(district_id, list_id, wanted))) or 0


def rows(connection: Connection, district_id: str, list_id: str, wanted: RowFilter, offset: int, limit: int) -> list[Any]:
    """Rows of the table as they lie there, in the order of the file."""
    query = select(_row).where(*_wanted(district_id, list_id, wanted)).order_by(_row.c.row_number).offset(offset).limit(limit)
    return list(connection.execute(query))


def row(connection: Connection, district_id: str, list_id: str, number: int) -> Any:
    """Raises Refused unknown_record."""
    query = select(_row).where(_row.c.district_id == district_id, _row.c.list_id == list_id, _row.c.row_number == number)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise Refused("unknown_record", "row")
    return found


def next_open(connection: Connection, district_id: str, list_id: str, after: int, code: str = "") -> int | None:
    """The next row that waits for a person, from the top again where there is none below."""
    wanted = [
        _row.c.district_id == district_id,
        _row.c.list_id == list_id,
        _row.c.state.in_(("staged", "kept_back")),
        _row.c.row_number != after,
    ]
    wanted.append(_row.c.weight != "good")
    if code:
        wanted.append(_row.c.codes.contains(f" {code} ", autoescape=True))
    query = select(_row.c.row_number).where(*wanted).order_by(_row.c.row_number <= after, _row.c.row_number).limit(1)
    return connection.scalar(query)


def previous(connection: Connection, district_id: str, begun: Import) -> str | None:
    """The list of that kind before this one, which was not taken back. None where the rows of either were removed: what is gone since
    then cannot be told any more."""
    if begun.state == "cleared":
        return None
    query = (
        select(_begun.c.id)
        .where(_begun.c.district_id == district_id, _begun.c.list_type == begun.list_type.value, _begun.c.state == "taken")
        .where(_begun.c.risk_source == (begun.risk_source or ""))
        .where(
            _begun.c.id != begun.id,
            (_begun.c.as_of < begun.as_of) | ((_begun.c.as_of == begun.as_of) & (_begun.c.created_at < begun.created_at)),
        )
        .order_by(_begun.c.as_of.desc(), _begun.c.created_at.desc())
        .limit(1)
    )
    return connection.scalar(query)


def gone_count(connection: Connection, district_id: str, begun: Import) -> int:
    before = previous(connection, district_id, begun)
    if before is None:
        return 0
    return connection.scalar(select(func.count()).select_from(_gone(district_id, begun.id, before).subquery())) or 0


def gone_children(connection: Connection, district_id: str, begun: Import) -> frozenset[str]:
    """Children of the list before that are not on this one."""
    before = previous(connection, district_id, begun)
    return frozenset(connection.scalars(_gone(district_id, begun.id, before))) if before else frozenset()


def gone_cases(connection: Connection, district_id: str, begun: Import, offset: int, limit: int) -> list[str]:
    """Their newest cases, in the order of their names."""
    before = previous(connection, district_id, begun)
    if before is None:
        return []
    case, child = record_tables.case, record_tables.child
    newest = (
        select(func.max(case.c.id).label("id"))
        .where(case.c.district_id == district_id, case.c.child_id.in_(_gone(district_id, begun.id, before)), case.c.state != "withdrawn")
        .group_by(case.c.child_id)
        .subquery()
    )
    query = (
        select(case.c.id)
        .join(newest, newest.c.id == case.c.id)
        .join(child, (child.c.district_id == case.c.district_id) & (child.c.id == case.c.child_id))
        .where(case.c.district_id == district_id)
        .order_by(child.c.sort_key, case.c.id)
    )
    return list(connection.scalars(query.offset(offset).limit(limit)))


def cases_of_child(connection: Connection, district_id: str, child_id: str) -> frozenset[str]:
    case = record_tables.case
    return frozenset(connection.scalars(select(case.c.id).where(case.c.district_id == district_id, case.c.child_id == child_id)))


def _gone(district_id: str, list_id: str, before: str) -> Select[Any]:
    case = record_tables.case
    on_rows = select(_row.c.child_id).where(
        _row.c.district_id == district_id, _row.c.list_id == before, _row.c.state.in_(("taken", "same"))
    )
    on_cases = select(case.c.child_id).where(case.c.district_id == district_id, case.c.list_id == before, case.c.state != "withdrawn")
    then = union(on_rows, on_cases).subquery()
    now = select(_row.c.child_id).where(_row.c.district_id == district_id, _row.c.list_id == list_id, _row.c.child_id.is_not(None))
    return select(then.c.child_id).where(then.c.child_id.not_in(now))


def _wanted(district_id: str, list_id: str, wanted: RowFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_row.c.district_id == district_id, _row.c.list_id == list_id]
    for column, value in ((_row.c.standing, wanted.standing), (_row.c.weight, wanted.weight)):
        if value:
            found.append(column == value)
    if wanted.state == "waiting":
        found.append(_row.c.state.in_(("staged", "kept_back")))
    elif wanted.state:
        found.append(_row.c.state == wanted.state)
    if wanted.code:
        found.append(_row.c.codes.contains(f" {wanted.code} ", autoescape=True))
    for word in wanted.text.split():
        found.append(_row.c.name_key.contains(fold(word), autoescape=True) | _row.c.number.contains(word, autoescape=True))
    return found
