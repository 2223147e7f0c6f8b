"""One case with everything that belongs to it, as the office sees it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import Eligibility, eligibility
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.states import CaseStep
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import rows, tables
from fieldapp.records.forms import form_titles
from fieldapp.records.of_case import follow_ups_of_case, photos_of_case, submissions_of_case, visits_of_case
from fieldapp.records.reference import active_causes, age_rule, person_names, school_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.problems import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of the case with the visit and the photos behind it."""

    step: CaseStep
    visit: Visit | None
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """`history` newest first; `others` are the child's cases on other lists. Names by id or code."""

    case: Case
    child: Child
    received_list: ReceivedList | None
    eligibility: Eligibility
    history: tuple[Entry, ...]
    follow_ups: tuple[FollowUp, ...]
    submissions: tuple[Submission, ...]
    form_titles: Mapping[str, str]
    others: tuple[Case, ...]
    people: Mapping[str, str]
    schools: Mapping[str, str]
    causes: Mapping[str, str]


def read_case(connection: Connection, district_id: str, case_id: str, today: dt.date) -> CaseFile:
    """Raises Refused unknown_record."""
    records = SqlRecords(connection, district_id)
    case = records.case(CaseId(case_id))
    child = records.child(case.child_id) if case else None
    if case is None or child is None:
        raise Refused("unknown_record", "case_id")
    visits = {visit.id: visit for visit in visits_of_case(connection, district_id, case_id)}
    photos = photos_of_case(connection, district_id, case_id)
    follow_ups = follow_ups_of_case(connection, district_id, case_id)
    others = records.cases(_other_cases(connection, district_id, case))
    steps = sorted(case.steps, key=lambda step: (step.on, step.sequence), reverse=True)
    people = {person for step in case.steps for person in (step.by, step.person_id) if person}
    people |= {follow_up.owner_id for follow_up in follow_ups} | {visit.by for visit in visits.values()}
    schools = {step.school_code for step in case.steps if step.school_code} | {child.last_school_code}
    return CaseFile(
        case=case,
        child=child,
        received_list=_list(connection, district_id, case.list_id),
        eligibility=eligibility(child.birth, today, finished_grade_9=child.finished_grade_9, rule=age_rule(connection, district_id)),
        history=tuple(
            Entry(
                step,
                visits.get(step.visit_id) if step.visit_id else None,
                tuple(photo for photo in photos if photo.visit_id and photo.visit_id == step.visit_id),
            )
            for step in steps
        ),
        follow_ups=follow_ups,
        submissions=tuple(reversed(submissions_of_case(connection, district_id, case_id))),
        form_titles=form_titles(connection, district_id),
        others=tuple(others.values()),
        people=person_names(connection, district_id, people),
        schools=school_names(connection, district_id, schools),
        causes={cause.code: cause.name for cause in active_causes(connection, district_id)},
    )


def _other_cases(connection: Connection, district_id: str, case: Case) -> list[str]:
    table = tables.case
    query = select(table.c.id).where(table.c.district_id == district_id, table.c.child_id == case.child_id, table.c.id != case.id)
    return list(connection.execute(query).scalars())


def _list(connection: Connection, district_id: str, list_id: str) -> ReceivedList | None:
    table = tables.received_list
    row = connection.execute(select(table).where(table.c.district_id == district_id, table.c.id == list_id)).mappings().first()
    return rows.received_list_from(row) if row else None
