"""The copies behind a figure: whom each is about, when and by whom."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func

from fieldapp.domain.names import full_name
from fieldapp.records import tables
from fieldapp.records.reference import person_names, school_names
from fieldapp.server.rollups.wanted import Copies, Wanted

_copy, _child = tables.submission, tables.child


@dataclass(frozen=True, slots=True)
class CopyRow:
    """`child_name` is '' for a copy about a school."""

    id: str
    form_id: str
    case_id: str | None
    child_name: str
    grade: str
    school_name: str
    filled_on: dt.date
    by_name: str


def count_copies(connection: Connection, district_id: str, wanted: Wanted) -> int:
    return int(connection.execute(Copies(district_id, wanted).select(func.count())).scalar_one())


def copies(connection: Connection, district_id: str, wanted: Wanted, offset: int, limit: int) -> tuple[CopyRow, ...]:
    """The newest first."""
    source = Copies(district_id, wanted)
    columns = (_copy.c.id, _copy.c.form_id, _copy.c.case_id, _copy.c.filled_on, _copy.c.by_person, source.school.label("school"))
    card = (_child.c.title, _child.c.given_name, _child.c.family_name, _child.c.last_grade)
    query = source.select(*columns, *card).order_by(_copy.c.filled_on.desc(), _copy.c.id.desc()).offset(offset).limit(limit)
    found = connection.execute(query).all()
    schools = school_names(connection, district_id, {row.school for row in found if row.school})
    people = person_names(connection, district_id, {row.by_person for row in found})
    return tuple(
        CopyRow(
            row.id,
            row.form_id,
            row.case_id,
            full_name(row.title, row.given_name, row.family_name) if row.given_name else "",
            row.last_grade or "",
            schools.get(row.school, row.school or ""),
            row.filled_on,
            people.get(row.by_person, ""),
        )
        for row in found
    )
