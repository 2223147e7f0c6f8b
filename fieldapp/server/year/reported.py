"""What schools themselves said to the yes-or-no questions of the year, on the form of their safety plan."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Subquery, and_

from fieldapp.records import tables
from fieldapp.server.forms.countable import line
from fieldapp.server.forms.tables import counted_answers
from fieldapp.server.rollups.wanted import Copies, Wanted

_FORM = "school_safety"
_copy = tables.submission


class Question(StrEnum):
    PROTECTED = "protected"
    SAFETY_PLAN = "safety-plan"


# The answers that together mean yes, by the names that the form's spreadsheet asks not to change.
_YES: Mapping[Question, tuple[tuple[str, str], ...]] = {
    Question.PROTECTED: (("protected_pupils", "all"), ("protected_teachers", "all"), ("protected_staff", "all")),
    Question.SAFETY_PLAN: (("has_plan", "yes"),),
}


def reported(district_id: str, question: Question, first: dt.date, last: dt.date) -> Subquery:
    """As SQL: school_code, submission_id, filled_on, yes; of each school by its newest copy of these days that answers the question."""
    asked = _YES[question]
    wanted = Wanted((_FORM,), first, last, question=asked[0][0], newest=True)
    lines = "\n" + counted_answers.c.answers
    yes = and_(*(lines.contains("\n" + line(*answer), autoescape=True) for answer in asked))
    columns = (_copy.c.school_code, _copy.c.id.label("submission_id"), _copy.c.filled_on, yes.label("yes"))
    return Copies(district_id, wanted).select(*columns).subquery()
