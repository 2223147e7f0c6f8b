"""The list of filled copies behind a figure of a roll-up."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp import words
from fieldapp.domain.child import Sex
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.office.reports.period import COPIES, school_choices, scope_words, wanted_of
from fieldapp.server.problems import Refused
from fieldapp.server.rollups import listing
from fieldapp.server.rollups.questions import CountedQuestion, counted_forms

router = APIRouter(prefix="/reports/copies")


@router.get("")
@page()
def copies(
    desk: Desk,
    form: Annotated[list[str], Query()],
    first: str = "",
    last: str = "",
    school: str = "",
    sex: str = "",
    grade: str = "",
    question: str = "",
    value: str = "",
    newest: str = "",
    part: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    more = {"sex": sex, "grade": grade, "question": question, "value": value, "newest": bool(newest)}
    wanted = wanted_of(desk, tuple(form), first, last, school, **more)
    asked = _asked(desk, wanted.form_ids, question) if question else None
    total = listing.count_copies(desk.connection, desk.district_id, wanted)
    given = {name: desk.query.getlist(name) for name in desk.query if name != "part"}
    pager = tables.pager(COPIES, given, part, total)
    rows = listing.copies(desk.connection, desk.district_id, wanted, pager.offset, pager.size)
    cases = [row.case_id for row in rows if row.case_id]
    if cases:
        desk.note(Action.VIEWED, "cases", {"cases": cases})
    said = [f"{asked.label}: {asked.choices.get(value, value)}"] if asked else []
    said += [words.of(member_of(Sex, sex, "sex"))] if sex else []
    said += [grade] if grade else []
    return desk.show("reports/copies.html", rows=rows, pager=pager, scope=(*scope_words(wanted, school_choices(desk)), *said))


def _asked(desk: Desk, form_ids: tuple[str, ...], question: str) -> CountedQuestion:
    """Raises Refused unknown_record for a question that the forms do not count or that this role is not shown."""
    forms = counted_forms(desk.connection, desk.district_id, form_ids, sensitive=desk.sees_sensitive, urgent=desk.reads_urgent)
    found = next((one for form in forms for one in form.questions if one.name == question), None)
    if found is None:
        raise Refused("unknown_record", "question")
    return found
