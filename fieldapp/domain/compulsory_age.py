"""Whether a child is inside the age of compulsory education at a date (Compulsory Education Act BE 2545).

Age is counted by Buddhist calendar year, whatever the day and month: with birth year B the child enters in B+7, is inside
through 31 December of B+15, and is past it (พ้นเกณฑ์) from 1 January of B+16. Offices that count by full years set `Rule.FULL_YEARS`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.thai_dates import PartialDate

FIRST_YEAR = 7
LAST_YEAR = 15


class AgeStatus(StrEnum):
    BEFORE = "before"
    INSIDE = "inside"
    PAST = "past"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why the status is what it is; past by age and past by finishing grade 9 are different facts."""

    BY_AGE = "by_age"
    FINISHED_GRADE_9 = "finished_grade_9"
    NO_BIRTH_DATE = "no_birth_date"


class Rule(StrEnum):
    """How the district counts; a setting, since offices differ."""

    CALENDAR_YEAR = "calendar_year"
    FULL_YEARS = "full_years"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Status with its reason, and the first and last day of compulsory age where the birth date is known."""

    status: AgeStatus
    reason: Reason
    from_on: dt.date | None = None
    through_on: dt.date | None = None


def eligibility(
    birth: PartialDate | None, as_of: dt.date, *, finished_grade_9: bool = False, rule: Rule = Rule.CALENDAR_YEAR
) -> Eligibility:
    """The child's standing towards compulsory education on `as_of`."""
    first, last = _window(birth, rule) if birth else (None, None)
    if finished_grade_9:
        return Eligibility(AgeStatus.PAST, Reason.FINISHED_GRADE_9, first, last)
    if first is None or last is None:
        return Eligibility(AgeStatus.UNKNOWN, Reason.NO_BIRTH_DATE)
    status = AgeStatus.BEFORE if as_of < first else AgeStatus.PAST if as_of > last else AgeStatus.INSIDE
    return Eligibility(status, Reason.BY_AGE, first, last)


def _window(birth: PartialDate, rule: Rule) -> tuple[dt.date, dt.date]:
    year = birth.on.year
    if rule is Rule.CALENDAR_YEAR:
        return dt.date(year + FIRST_YEAR, 1, 1), dt.date(year + LAST_YEAR, 12, 31)
    return _birthday(birth.on, FIRST_YEAR), _birthday(birth.on, LAST_YEAR + 1) - dt.timedelta(days=1)


def _birthday(born: dt.date, years: int) -> dt.date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on 29 February
        return dt.date(born.year + years, 3, 1)


def age_at(birth: PartialDate, on: dt.date) -> tuple[int, int]:
    """Full years and months of age on a date."""
    months = (on.year - birth.on.year) * 12 + on.month - birth.on.month - (on.day < birth.on.day)
    return max(months, 0) // 12, max(months, 0) % 12
