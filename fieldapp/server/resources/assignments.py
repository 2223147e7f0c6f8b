"""Assigning cases, for district staff."""

import datetime as dt
from dataclasses import dataclass

from fastapi import APIRouter, Response

from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.reference import DISTRICT_ROLES
from fieldapp.server import assignments
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import Work, handler, reply
from fieldapp.server.problems import Refused, require_text
from fieldapp.server.thai_day import thai_day
from fieldapp.wire.messages import PushAnswer

MAX_CASES = 5_000

router = APIRouter(prefix="/assignments", tags=["office"])


@dataclass(frozen=True, slots=True)
class NewAssignment:
    case_ids: tuple[str, ...]
    school_code: str | None = None
    person_id: str | None = None
    due_on: dt.date | None = None


@router.post("", response_model=PushAnswer, responses=refusals("batch_too_large"))
@handler(DISTRICT_ROLES)
def assign(work: Work, new: NewAssignment) -> Response:
    """To a school, a person, or both; one answer a case."""
    if len(new.case_ids) > MAX_CASES:
        raise Refused("batch_too_large", "case_ids", limit=MAX_CASES)
    require_text("case_ids", *new.case_ids)
    require_text("school_code", new.school_code)
    require_text("person_id", new.person_id)
    answers = assignments.assign(
        work.connection,
        work.district_id,
        new.case_ids,
        by=work.caller.person_id,
        on=thai_day(work.now),
        school_code=new.school_code,
        person_id=PersonId(new.person_id) if new.person_id else None,
        due_on=new.due_on,
        device_id=work.caller.device_id,
    )
    return reply(PushAnswer(tuple(answers)))
