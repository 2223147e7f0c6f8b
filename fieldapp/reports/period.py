"""The stretch of time that a figure of work is about: it begins with a month, a term or a school year, and ends on the day asked for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.thai_dates import school_year, school_year_days

# The second term begins on this day (Regulation on the school year, BE 2549); the days between the terms count to the one that ended.
_SECOND_TERM = (11, 1)


class Span(StrEnum):
    MONTH = "month"
    TERM = "term"
    SCHOOL_YEAR = "school_year"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: dt.date
    last: dt.date

    def holds(self, on: dt.date) -> bool:
        return self.first <= on <= self.last


def period(span: Span, as_of: dt.date) -> Period:
    """From the beginning of the month, term or school year that the day falls into, up to that day."""
    if span is Span.MONTH:
        return Period(as_of.replace(day=1), as_of)
    year_begins = school_year_days(school_year(as_of))[0]
    second_begins = dt.date(year_begins.year, *_SECOND_TERM)
    begins = second_begins if span is Span.TERM and as_of >= second_begins else year_begins
    return Period(begins, as_of)
