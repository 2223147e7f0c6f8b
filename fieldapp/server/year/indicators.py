"""Q1–Q3 of the district's success criteria as of a day of a school year, each with its numerator and denominator."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.ladder import Rounding
from fieldapp.domain.thai_dates import school_year_days
from fieldapp.records.reference import setting
from fieldapp.reports.first_help import FirstHelp, first_help
from fieldapp.reports.ladder import SETTING
from fieldapp.server.year.reported import Question
from fieldapp.server.year.school_answers import SchoolShare, shares


@dataclass(frozen=True, slots=True)
class Indicators:
    """`as_of`: today, or the last day of a year that has ended; `began` is False for a year that lies ahead."""

    as_of: dt.date
    began: bool
    rounding: Rounding
    first_help: FirstHelp
    protected: SchoolShare
    safety_plan: SchoolShare


def indicators(connection: Connection, district_id: str, year: int, today: dt.date) -> Indicators:
    first, last = school_year_days(year)
    as_of = min(max(today, first), last)
    of_schools = shares(connection, district_id, as_of)
    rounding = Rounding(setting(connection, district_id, SETTING).get("rounding", Rounding.HALF_UP))
    return Indicators(
        as_of=as_of,
        began=first <= today,
        rounding=rounding,
        first_help=first_help(connection, district_id, first, as_of),
        protected=of_schools[Question.PROTECTED],
        safety_plan=of_schools[Question.SAFETY_PLAN],
    )
