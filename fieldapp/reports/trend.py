"""How the ladder's buckets grew week by week: one query for all weeks, from the days on which each case's state began and ended."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, or_, select

from fieldapp.domain.ladder import PRESETS, Bucket
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.records.reference import setting
from fieldapp.reports.ladder import DEFAULT_PRESET, SETTING

_WITHDRAWN = 3  # the phase of that step
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """How things stood at the end of this day."""

    on: dt.date
    buckets: Mapping[Bucket, int]

    @property
    def total(self) -> int:
        return sum(self.buckets.values())


def weekly(
    connection: Connection, district_id: str, as_of: dt.date, weeks: int, list_types: Sequence[ListType] = OBEC_LISTS
) -> tuple[Week, ...]:
    """The last `weeks` weeks up to `as_of`, oldest first; the newest is the ladder of that day."""
    days = [as_of - _WEEK * back for back in range(weeks - 1, -1, -1)]
    buckets = PRESETS[setting(connection, district_id, SETTING).get("preset", DEFAULT_PRESET)]
    changes: list[Counter[Bucket]] = [Counter() for _ in days]
    for row in connection.execute(_spans(district_id, as_of, list_types)):
        bucket = buckets[CaseState(row.state)]
        began = _first_with(days, row.began)
        ended = _first_with(days, row.ended) if row.ended else len(days)
        if began < ended:
            changes[began][bucket] += row.cases
            if ended < len(days):
                changes[ended][bucket] -= row.cases
    standing: Counter[Bucket] = Counter(dict.fromkeys(Bucket, 0))
    found = []
    for day, change in zip(days, changes, strict=True):
        standing.update(change)
        found.append(Week(day, dict(standing)))
    return tuple(found)


def _first_with(days: list[dt.date], on: dt.date) -> int:
    """The first of the days at whose end something of this date shows."""
    behind = max(0, -((on - days[0]).days // -7))
    return min(behind, len(days))


def _spans(district_id: str, as_of: dt.date, list_types: Sequence[ListType]) -> Select[str, dt.date, dt.date | None, int]:
    """State, the days on which it began and ended to stand, and for how many cases: field work always stands over intake, among each the
    later day, then the later sequence (`domain.states.standing_step`)."""
    step = tables.case_step
    field_begins = func.min(step.c.on_date).filter(step.c.phase > 0).over(partition_by=step.c.case_id).label("field_begins")
    # A withdrawal stands above all else, and its case is not counted at all.
    highest = func.max(step.c.phase).over(partition_by=step.c.case_id).label("highest")
    columns = (step.c.case_id, step.c.state, step.c.on_date, step.c.sequence, step.c.event_id, step.c.phase, field_begins, highest)
    known = select(*columns).where(step.c.district_id == district_id, step.c.on_date <= as_of).subquery()
    stands = or_(known.c.phase > 0, known.c.field_begins.is_(None), known.c.on_date < known.c.field_begins)
    order = (known.c.on_date, known.c.sequence, known.c.event_id)
    ended = func.lead(known.c.on_date).over(partition_by=known.c.case_id, order_by=order).label("ended")
    spans = (
        select(known.c.case_id, known.c.state, known.c.on_date.label("began"), ended).where(stands, known.c.highest < _WITHDRAWN).subquery()
    )
    day = (spans.c.state, spans.c.began, spans.c.ended)
    query = select(*day, func.count().label("cases")).group_by(*day)
    case = tables.case
    return query.join(case, (case.c.district_id == district_id) & (case.c.id == spans.c.case_id)).where(case.c.list_type.in_(list_types))
