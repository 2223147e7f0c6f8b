"""Where children who are traced wait: places without a visit for long, schools whose children nobody has."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func

from fieldapp.domain.received_list import TRACED_LISTS
from fieldapp.records import tables
from fieldapp.records.reference import school_names
from fieldapp.reports.case_filter import CaseFilter, Cases
from fieldapp.reports.places import place_name

LONG = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """`key` is a tambon's or a school's code."""

    key: str
    name: str
    cases: int


def unvisited_by_tambon(connection: Connection, district_id: str, today: dt.date, limit: int, days: int = LONG) -> tuple[Waiting, ...]:
    """Tambon with most children who still wait and were not visited for so many days."""
    wanted = CaseFilter(list_types=TRACED_LISTS, not_visited_since=today - dt.timedelta(days=days))
    key, count = tables.child.c.tambon_code, func.count()
    query = Cases(district_id, wanted).select(key.label("key"), count.label("cases")).where(key != "").group_by(key)
    found = connection.execute(query.order_by(count.desc(), key).limit(limit))
    return tuple(Waiting(row.key, place_name(row.key), row.cases) for row in found)


def unassigned_by_school(connection: Connection, district_id: str, limit: int) -> tuple[Waiting, ...]:
    """Schools with most cases that no teacher of theirs has yet."""
    wanted = CaseFilter(list_types=TRACED_LISTS, unassigned=True)
    key, count = tables.case.c.school_code, func.count()
    query = Cases(district_id, wanted).select(key.label("key"), count.label("cases")).where(key.is_not(None)).group_by(key)
    found = connection.execute(query.order_by(count.desc(), key).limit(limit)).all()
    names = school_names(connection, district_id, [row.key for row in found])
    return tuple(Waiting(row.key, names.get(row.key, row.key), row.cases) for row in found)
