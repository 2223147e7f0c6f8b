"""The calendar of the plan, month by month: on the screen, and on one sheet of paper."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp import phrases
from fieldapp.domain.thai_dates import school_year, school_year_days
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.year import frame
from fieldapp.server.office.year.frame import Year, at, year_or_now
from fieldapp.server.problems import Refused
from fieldapp.server.year.activities import items
from fieldapp.server.year.month import weeks
from fieldapp.texts import language

router = APIRouter(prefix="/year/calendar")


@router.get("")
@page()
def month(desk: Desk, year: Year = None, month: str = "") -> Response:
    """`month` as 2026-11; without it the present month, or the first of another year."""
    shown = _month_of(month) if month else _proposed(desk, year)
    of_year = school_year(_last_day(shown))
    found = items(desk.connection, desk.district_id, shown, _last_day(shown))
    near = [(phrases.month(one), at("calendar", school_year(_last_day(one)), month=f"{one:%Y-%m}")) for one in (_back(shown), _next(shown))]
    return frame.show(
        desk, "calendar.html", "calendar", of_year, month=shown, items=found, weeks=weeks(shown, found), months=near, weekdays=_weekdays()
    )


def _proposed(desk: Desk, year: int | None) -> dt.date:
    if year_or_now(desk, year) == school_year(desk.today):
        return desk.today.replace(day=1)
    return school_year_days(year_or_now(desk, year))[0].replace(day=1)


def _month_of(text: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refused("wrong_value", "month") from error
    # Weeks of the month lie around it, and every year must be one that people use.
    if not 1957 <= found.year <= 2157:
        raise Refused("wrong_value", "month")
    return found


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def _back(month: dt.date) -> dt.date:
    return (month - dt.timedelta(days=1)).replace(day=1)


def _last_day(month: dt.date) -> dt.date:
    return _next(month) - dt.timedelta(days=1)


def _weekdays() -> tuple[str, ...]:
    if language() == "th":
        return ("อา.", "จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.")
    return ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
