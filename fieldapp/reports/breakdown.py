"""The ladder's buckets by something about the child or the work: school, amphoe, tambon, sex, grade, disability, level returned to.

One query however many cases. Every row adds up to its total, and all rows to the ladder of the same day.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func

from fieldapp.domain.ladder import PRESETS, TRACED, Bucket
from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.records.reference import person_names, school_names, setting
from fieldapp.reports.case_filter import UNKNOWN, CaseFilter, Cases
from fieldapp.reports.ladder import DEFAULT_PRESET, SETTING
from fieldapp.reports.places import AMPHOE_DIGITS, place_name


class By(StrEnum):
    AMPHOE = "amphoe"
    TAMBON = "tambon"
    SCHOOL = "school"
    ASSIGNEE = "assignee"
    SEX = "sex"
    GRADE = "grade"
    DISABILITY = "disability"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """`key` is '' where the value is not known; `name` is '' where the key says it."""

    key: str
    name: str
    buckets: Mapping[Bucket, int]

    @property
    def wanted(self) -> str:
        """For the filter that lists these cases."""
        return self.key or UNKNOWN

    @property
    def total(self) -> int:
        return sum(self.buckets.values())

    @property
    def traced(self) -> int:
        return sum(self.buckets[bucket] for bucket in TRACED)


def breakdown(connection: Connection, district_id: str, wanted: CaseFilter, by: By) -> tuple[BreakdownRow, ...]:
    """Rows with most cases first. `wanted.as_of` must be given."""
    cases = Cases(district_id, wanted)
    key = _key(cases, by)
    query = cases.select(key.label("key"), cases.state.label("state"), func.count().label("cases")).group_by(key, cases.state)
    buckets = PRESETS[setting(connection, district_id, SETTING).get("preset", DEFAULT_PRESET)]
    counts: defaultdict[str, Counter[Bucket]] = defaultdict(lambda: Counter(dict.fromkeys(Bucket, 0)))
    for row in connection.execute(query):
        counts[row.key or ""][buckets[CaseState(row.state)]] += row.cases
    names = _names(connection, district_id, by, counts)
    rows = [BreakdownRow(key, names.get(key, ""), dict(counted)) for key, counted in counts.items()]
    return tuple(sorted(rows, key=lambda row: (not row.key, -row.total, row.key)))


def _key(cases: Cases, by: By) -> Any:
    listed, child = tables.case.c, tables.child.c
    match by:
        case By.AMPHOE:
            return func.substr(child.tambon_code, 1, AMPHOE_DIGITS)
        case By.TAMBON:
            return child.tambon_code
        case By.SCHOOL:
            return listed.school_code
        case By.ASSIGNEE:
            return listed.assignee_id
        case By.SEX:
            return child.sex
        case By.GRADE:
            return child.last_grade
        case By.DISABILITY:
            return child.disability
        case By.LEVEL:
            return cases.level


def _names(connection: Connection, district_id: str, by: By, counts: Mapping[str, Any]) -> Mapping[str, str]:
    match by:
        case By.SCHOOL:
            return school_names(connection, district_id, counts)
        case By.ASSIGNEE:
            return person_names(connection, district_id, counts)
        case By.AMPHOE | By.TAMBON:
            return {code: place_name(code) for code in counts if code}
        case _:
            return {}
