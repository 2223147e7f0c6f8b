"""The roll-up of visits that schools send to the area office (domain §4.1): how many, at how many houses, and a count for every answer."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Text, cast, func, select

from fieldapp.records import tables

_visit, _case, _photo = tables.visit, tables.case, tables.photo


@dataclass(frozen=True, slots=True)
class VisitRollup:
    """Counts by code of the answer; a visit may have met several people. `houses`: visits of several children made in one go count once.
    `photos` whose bytes the district holds."""

    visits: int
    houses: int
    children: int
    photos: int
    urgent: int
    met: Mapping[str, int]
    whereabouts: Mapping[str, int]
    outcomes: Mapping[str, int]
    next_steps: Mapping[str, int]
    photos_show: Mapping[str, int]


def visit_rollup(connection: Connection, district_id: str, first: dt.date, last: dt.date, school_code: str = "") -> VisitRollup:
    """Visits of these days, both included; of one school's cases where a school is given. Corrected visits count as corrected."""
    corrected = select(_visit.c.supersedes).where(_visit.c.district_id == district_id, _visit.c.supersedes.is_not(None))
    conditions = [
        _visit.c.district_id == district_id,
        _visit.c.visited_on.between(first, last),
        _visit.c.id.not_in(corrected),
    ]
    if school_code:
        of_school = select(_case.c.id).where(_case.c.district_id == district_id, _case.c.school_code == school_code)
        conditions.append(_visit.c.case_id.in_(of_school))
    # Folded by the database: visits that were answered alike come as one row.
    answers = (
        cast(_visit.c.met, Text).label("met"),
        *(_visit.c.whereabouts, _visit.c.outcome, _visit.c.next_step, _visit.c.photos_show, _visit.c.urgent),
    )
    rows = connection.execute(select(*answers, func.count().label("visits")).where(*conditions).group_by(*answers)).all()
    children = connection.execute(select(func.count(_visit.c.child_id.distinct())).where(*conditions)).scalar_one()
    together = func.coalesce(_visit.c.household_id, _visit.c.id)
    houses = connection.execute(select(func.count(together.distinct())).where(*conditions)).scalar_one()
    held = select(func.count()).where(
        _photo.c.district_id == district_id, _photo.c.stored, _photo.c.visit_id.in_(select(_visit.c.id).where(*conditions))
    )
    met: Counter[str] = Counter()
    for row in rows:
        met.update(dict.fromkeys(json.loads(row.met), row.visits))
    return VisitRollup(
        visits=sum(row.visits for row in rows),
        houses=houses,
        children=children,
        photos=connection.execute(held).scalar_one(),
        urgent=sum(row.visits for row in rows if row.urgent),
        met=met,
        whereabouts=_counted((row.whereabouts, row.visits) for row in rows),
        outcomes=_counted((row.outcome, row.visits) for row in rows),
        next_steps=_counted((row.next_step, row.visits) for row in rows),
        photos_show=_counted((row.photos_show, row.visits) for row in rows),
    )


def _counted(answers: Iterable[tuple[str | None, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for code, visits in answers:
        if code:
            counts[code] += visits
    return counts
