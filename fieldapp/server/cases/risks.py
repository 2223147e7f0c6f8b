"""The risk list: a part of it with the risks of each child, and the reasons that there are. A fixed number of queries, however long."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from fieldapp.domain.care.risk import RiskLevel, RiskSource
from fieldapp.records import tables
from fieldapp.records.chunks import chunks
from fieldapp.reports.care_facts import helps, stands
from fieldapp.reports.case_filter import CaseFilter, Cases
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import CaseRow, SortBy

_risk = tables.risk
# Of a form's reasons the words stand in the form; a list of choices that is longer helps nobody.
_MOST_REASONS = 200


@dataclass(frozen=True, slots=True)
class StandingRisk:
    source: RiskSource
    reason: str
    level: RiskLevel
    on: dt.date
    note: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A child with its risks that stand, newest first; of one source and reason the newest. `helped_on`: the last help, None before any."""

    case: CaseRow
    risks: tuple[StandingRisk, ...]
    helped_on: dt.date | None

    @property
    def found_on(self) -> dt.date:
        return max(risk.on for risk in self.risks)

    @property
    def is_seen(self) -> bool:
        return self.case.last_visit_on is not None and self.case.last_visit_on >= self.found_on

    @property
    def is_helped(self) -> bool:
        return self.helped_on is not None and self.helped_on >= self.found_on


def part(connection: Connection, district_id: str, wanted: CaseFilter, sort: SortBy, offset: int, limit: int) -> tuple[RiskRow, ...]:
    """Four queries a chunk. `wanted.risk` must be given."""
    rows = listing.part(connection, district_id, wanted, sort, offset, limit)
    case_ids = [row.case_id for row in rows]
    risks = _risks(connection, district_id, case_ids)
    helped = _helped(connection, district_id, case_ids)
    return tuple(RiskRow(row, risks[row.case_id], helped.get(row.case_id)) for row in rows)


def reasons(connection: Connection, district_id: str) -> tuple[tuple[str, int], ...]:
    """Those of risks that stand, with how many children; most first."""
    cases = Cases(district_id, CaseFilter()).select(tables.case.c.id)
    count = func.count(_risk.c.case_id.distinct())
    query = (
        select(_risk.c.reason, count)
        .where(_risk.c.district_id == district_id, stands(district_id), _risk.c.case_id.in_(cases))
        .group_by(_risk.c.reason)
        .order_by(count.desc(), _risk.c.reason)
        .limit(_MOST_REASONS)
    )
    return tuple((reason, children) for reason, children in connection.execute(query))


def _risks(connection: Connection, district_id: str, case_ids: list[str]) -> Mapping[str, tuple[StandingRisk, ...]]:
    found: dict[str, dict[tuple[str, str], StandingRisk]] = {}
    for ids in chunks(case_ids):
        query = (
            select(_risk.c.case_id, _risk.c.source, _risk.c.reason, _risk.c.level, _risk.c.on_date, _risk.c.note)
            .where(_risk.c.district_id == district_id, _risk.c.case_id.in_(ids), stands(district_id))
            .order_by(_risk.c.on_date.desc(), _risk.c.id.desc())
        )
        for case_id, source, reason, level, on, note in connection.execute(query):
            risk = StandingRisk(RiskSource(source), reason, RiskLevel(level), on, note)
            found.setdefault(case_id, {}).setdefault((source, reason), risk)
    return {case_id: tuple(risks.values()) for case_id, risks in found.items()}


def _helped(connection: Connection, district_id: str, case_ids: list[str]) -> Mapping[str, dt.date]:
    found: dict[str, dt.date] = {}
    given = helps(district_id).subquery("given")
    for ids in chunks(case_ids):
        query = select(given.c.case_id, func.max(given.c.on_date)).where(given.c.case_id.in_(ids)).group_by(given.c.case_id)
        found |= dict(tuple(row) for row in connection.execute(query))
    return found
