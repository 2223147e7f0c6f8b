"""What each school answered to the yes-or-no questions of the year, and the share of schools that said yes by a day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, case, func, or_, select

from fieldapp.domain.ladder import Share
from fieldapp.domain.thai_dates import school_year, school_year_days
from fieldapp.records import tables as record_tables
from fieldapp.server import bulk
from fieldapp.server.year.reported import Question, reported
from fieldapp.server.year.tables import school_answer

_school = record_tables.school


@dataclass(frozen=True, slots=True)
class Answer:
    yes: bool
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SchoolAnswer:
    """`answer` is None where the school was not asked, or its answer was taken back. `submission_id`: the copy of the form on which the
    school itself answered; it stands instead of what was typed."""

    code: str
    name: str
    answer: Answer | None
    submission_id: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolShare:
    """`answered_by_form`: how many schools answered themselves, on a form."""

    share: Share
    answered_by_form: int


def count_schools(connection: Connection, district_id: str, text: str) -> int:
    return int(connection.execute(select(func.count()).where(*_wanted(district_id, text))).scalar_one())


def answers(
    connection: Connection, district_id: str, year: int, question: Question, text: str, offset: int, limit: int
) -> tuple[SchoolAnswer, ...]:
    """The schools of the district, by name, with their answers of the year: what a school filled in itself, else what was typed."""
    said = reported(district_id, question, *school_year_days(year))
    query = (
        select(_school.c.code, _school.c.name, school_answer.c.yes, school_answer.c.on_date, school_answer.c.note, *_of_form(said))
        .outerjoin(school_answer, _same_school(year, question))
        .outerjoin(said, said.c.school_code == _school.c.code)
        .where(*_wanted(district_id, text))
        .order_by(_school.c.name, _school.c.code)
        .offset(offset)
        .limit(limit)
    )
    return tuple(_answered(row) for row in connection.execute(query))


def _of_form(said: Subquery) -> tuple[ColumnElement[Any], ...]:
    return said.c.submission_id, said.c.filled_on, said.c.yes.label("said_yes")


def _answered(row: Row[Any]) -> SchoolAnswer:
    if row.submission_id is not None:
        return SchoolAnswer(row.code, row.name, Answer(row.said_yes, row.filled_on, row.note or ""), row.submission_id)
    return SchoolAnswer(row.code, row.name, None if row.yes is None else Answer(row.yes, row.on_date, row.note))


def answers_of(connection: Connection, district_id: str, year: int, question: Question, codes: Iterable[str]) -> dict[str, Answer | None]:
    """The answers that were typed about these schools, of those that the district has."""
    query = (
        select(_school.c.code, school_answer.c.yes, school_answer.c.on_date, school_answer.c.note)
        .outerjoin(school_answer, _same_school(year, question))
        .where(_school.c.district_id == district_id, _school.c.code.in_(sorted(codes)))
    )
    return {row.code: None if row.yes is None else Answer(row.yes, row.on_date, row.note) for row in connection.execute(query)}


def keep(
    connection: Connection, district_id: str, year: int, question: Question, given: Mapping[str, Answer | None], by: str, now: dt.datetime
) -> list[str]:
    """Keep the answers that differ from what is kept; None takes an answer back. Gives the codes of the schools that changed. Schools that
    the district does not have are left out."""
    kept = answers_of(connection, district_id, year, question, given)
    changed = [code for code in sorted(kept) if given[code] != kept[code]]
    key = {"district_id": district_id, "school_year": year, "question": question.value}
    rows = [
        {**key, "school_code": code, "yes": one.yes, "on_date": one.on, "note": one.note, "changed_at": now, "changed_by": by}
        for code in changed
        if (one := given[code]) is not None
    ]
    bulk.upsert(connection, school_answer, rows)
    taken_back = [code for code in changed if given[code] is None]
    if taken_back:
        of_year = and_(school_answer.c.district_id == district_id, school_answer.c.school_year == year)
        gone = and_(of_year, school_answer.c.question == question.value, school_answer.c.school_code.in_(taken_back))
        connection.execute(school_answer.delete().where(gone))
    return changed


def shares(connection: Connection, district_id: str, as_of: dt.date) -> dict[Question, SchoolShare]:
    """Of the schools that the district has, those that say yes since that day or before: on a form filled by then, else as it was typed. A
    typed yes without its day counts."""
    return {question: _share(connection, district_id, question, as_of) for question in Question}


def _share(connection: Connection, district_id: str, question: Question, as_of: dt.date) -> SchoolShare:
    year = school_year(as_of)
    said = reported(district_id, question, school_year_days(year)[0], as_of)
    typed = and_(school_answer.c.yes, or_(school_answer.c.on_date.is_(None), school_answer.c.on_date <= as_of))
    query = (
        select(
            func.count().label("schools"),
            func.count(case((func.coalesce(said.c.yes, typed), 1))).label("yes"),
            func.count(said.c.submission_id).label("by_form"),
        )
        .select_from(_school.outerjoin(school_answer, _same_school(year, question)).outerjoin(said, said.c.school_code == _school.c.code))
        .where(*_wanted(district_id, ""))
    )
    row = connection.execute(query).one()
    return SchoolShare(Share(row.yes, row.schools, "schools"), row.by_form)


def _wanted(district_id: str, text: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_school.c.district_id == district_id, _school.c.active]
    if text:
        found.append(or_(_school.c.name.icontains(text, autoescape=True), _school.c.code.startswith(text, autoescape=True)))
    return found


def _same_school(year: int, question: Question) -> ColumnElement[bool]:
    return and_(
        school_answer.c.district_id == _school.c.district_id,
        school_answer.c.school_code == _school.c.code,
        school_answer.c.school_year == year,
        school_answer.c.question == question.value,
    )
