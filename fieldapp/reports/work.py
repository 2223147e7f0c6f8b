"""Work per person: what each carries and how far it is. One query."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, select

from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables

_case, _person, _school, _visit = tables.case, tables.person, tables.school, tables.visit
_OPEN = [state for state in CaseState if owes_answer(state)]


@dataclass(frozen=True, slots=True)
class PersonWork:
    """`carried`: cases assigned today, `open` of them still owing an answer; `visits` recorded since the day that was asked for."""

    person_id: str
    name: str
    school_name: str
    carried: int
    never_visited: int
    open: int
    overdue: int
    returned: int
    visits: int
    last_visit_on: dt.date | None


def work_per_person(connection: Connection, district_id: str, today: dt.date, visits_since: dt.date) -> tuple[PersonWork, ...]:
    """Everyone who carries a case or recorded a visit since then, most open cases first."""
    owing = _case.c.state.in_(_OPEN)
    carried = (
        select(
            _case.c.assignee_id.label("person_id"),
            func.count().label("carried"),
            func.count(case((_case.c.last_visit_on.is_(None), 1))).label("never_visited"),
            func.count(case((owing, 1))).label("open"),
            func.count(case((and_(owing, _case.c.due_on < today), 1))).label("overdue"),
            func.count(case((_case.c.state == CaseState.RETURNED, 1))).label("returned"),
        )
        .where(_case.c.district_id == district_id, _case.c.assignee_id.is_not(None))
        .group_by(_case.c.assignee_id)
        .subquery()
    )
    visited = (
        select(
            _visit.c.by_person.label("person_id"),
            func.count(case((_visit.c.visited_on >= visits_since, 1))).label("visits"),
            func.max(_visit.c.visited_on).label("last_visit_on"),
        )
        .where(_visit.c.district_id == district_id)
        .group_by(_visit.c.by_person)
        .subquery()
    )
    visits, count = func.coalesce(visited.c.visits, 0), func.coalesce(carried.c.carried, 0)
    query = (
        select(
            _person.c.id.label("person_id"),
            _person.c.name,
            func.coalesce(_school.c.name, "").label("school_name"),
            count.label("carried"),
            *(func.coalesce(carried.c[name], 0).label(name) for name in ("never_visited", "open", "overdue", "returned")),
            visits.label("visits"),
            visited.c.last_visit_on,
        )
        .outerjoin(carried, carried.c.person_id == _person.c.id)
        .outerjoin(visited, visited.c.person_id == _person.c.id)
        .outerjoin(_school, (_school.c.district_id == district_id) & (_school.c.code == _person.c.school_code))
        .where(_person.c.district_id == district_id, (count > 0) | (visits > 0))
        .order_by(func.coalesce(carried.c.open, 0).desc(), _person.c.name)
    )
    return tuple(PersonWork(**row) for row in connection.execute(query).mappings())
