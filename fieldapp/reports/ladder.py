"""The ladder report: counts by the state in which each case stood on a date, folded by the domain into figures that add up.

One query for the laptop's SQLite and the district's PostgreSQL. It reads steps, never the derived columns of a case, so that an
old report can be printed again. It must not know words, files or who is asking: what is in the database is what is counted.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from fieldapp.domain.ladder import PRESETS, Ladder, Rounding, Total, build_ladder, total_of
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.reports.case_filter import standing

SETTING = "ladder"
DEFAULT_PRESET = "district"


@dataclass(frozen=True, slots=True)
class LadderReport:
    """`cause_names` has a name for every cause that the ladders count."""

    as_of: dt.date
    rounding: Rounding
    preset: str
    ladders: tuple[Ladder, Ladder]
    cause_names: Mapping[str, str]

    @property
    def total(self) -> Total:
        return total_of(self.ladders)

    def cause_name(self, code: str) -> str:
        return self.cause_names.get(code, code)


def ladder_report(
    connection: Connection,
    district_id: str,
    as_of: dt.date,
    *,
    rounding: Rounding | None = None,
    preset: str | None = None,
    leaving_out: Collection[str] = (),
) -> LadderReport:
    """The report as of a date. `rounding` and `preset` default to what the district has set; cases in `leaving_out` are not counted."""
    setting = _setting(connection, district_id)
    preset = preset or setting.get("preset", DEFAULT_PRESET)
    states: defaultdict[str, Counter[CaseState]] = defaultdict(Counter)
    causes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for list_type, state, cause, count in connection.execute(_counts(district_id, as_of, leaving_out)):
        states[list_type][CaseState(state)] += count
        if cause:
            causes[list_type][cause] += count
    never_enrolled, dropped_out = (
        build_ladder(list_type, states[list_type], causes[list_type], PRESETS[preset]) for list_type in OBEC_LISTS
    )
    return LadderReport(
        as_of=as_of,
        rounding=rounding or Rounding(setting.get("rounding", Rounding.HALF_UP)),
        preset=preset,
        ladders=(never_enrolled, dropped_out),
        cause_names=_cause_names(connection, district_id),
    )


def _counts(district_id: str, as_of: dt.date, leaving_out: Collection[str]) -> Select[Any]:
    stood = standing(district_id, as_of)
    counted_cause = case((stood.c.state == CaseState.NOT_RETURNED.value, stood.c.main_cause)).label("cause")
    return (
        select(tables.case.c.list_type, stood.c.state, counted_cause, func.count())
        .join(stood, stood.c.case_id == tables.case.c.id)
        .where(tables.case.c.district_id == district_id, tables.case.c.id.not_in(sorted(leaving_out)))
        .group_by(tables.case.c.list_type, stood.c.state, counted_cause)
    )


def _setting(connection: Connection, district_id: str) -> Mapping[str, str]:
    table = tables.setting
    value = connection.scalar(select(table.c.value).where(table.c.district_id == district_id, table.c.name == SETTING))
    return value or {}


def _cause_names(connection: Connection, district_id: str) -> Mapping[str, str]:
    table = tables.cause
    rows = connection.execute(select(table.c.code, table.c.name).where(table.c.district_id == district_id))
    return {row.code: row.name for row in rows}
