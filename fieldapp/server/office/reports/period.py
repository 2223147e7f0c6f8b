"""What the roll-ups of filled copies are asked by: the days, the school, and the address of the list behind a figure."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from fieldapp import phrases
from fieldapp.domain.thai_dates import school_year, school_year_days
from fieldapp.records.reference import active_school_names
from fieldapp.reports.case_filter import UNKNOWN
from fieldapp.server.office.desk import Desk
from fieldapp.server.office.forms import day_of
from fieldapp.server.problems import Refused
from fieldapp.server.rollups.wanted import Wanted
from fieldapp.texts import _

COPIES = "/office/reports/copies"


def wanted_of(desk: Desk, form_ids: tuple[str, ...], first: str, last: str, school: str, **more: Any) -> Wanted:
    """From the school year's first day until today where no days are given; `more` are other fields of it. Raises Refused wrong_value."""
    ends = day_of(last, "last", desk.today) or desk.today
    begins = day_of(first, "first", desk.today) or min(school_year_days(school_year(desk.today))[0], ends)
    if begins > ends:
        raise Refused("wrong_value", "last", why="day")
    return Wanted(form_ids, begins, ends, school, **more)


def school_choices(desk: Desk) -> list[tuple[str, str]]:
    names = active_school_names(desk.connection, desk.district_id)
    return [*((code, f"{name} ({code})") for code, name in names.items()), (UNKNOWN, _("Not known"))]


def scope_words(wanted: Wanted, schools: list[tuple[str, str]]) -> tuple[str, str]:
    """The days and the school, for the head of a page and of a spreadsheet."""
    where = dict(schools).get(wanted.school, wanted.school) if wanted.school else _("All schools")
    return f"{phrases.day(wanted.first)} – {phrases.day(wanted.last)}", where


def query_of(wanted: Wanted, **more: str) -> str:
    """The days and the school as they stand in an address."""
    return _joined({"first": phrases.typed_day(wanted.first), "last": phrases.typed_day(wanted.last), "school": wanted.school, **more})


def copies_at(wanted: Wanted, **more: str) -> str:
    """The list of the copies behind a figure; `more` are other fields of Wanted."""
    given = {name: value for name, value in asdict(wanted).items() if isinstance(value, str)}
    fields = {name: value for name, value in given.items() if name not in ("first", "last")} | more
    days = {"first": phrases.typed_day(wanted.first), "last": phrases.typed_day(wanted.last)}
    return f"{COPIES}{_joined({'form': list(wanted.form_ids), **days, **fields, 'newest': 'yes' if wanted.newest else ''})}"


def _joined(given: dict[str, str] | dict[str, str | list[str]]) -> str:
    return "?" + urlencode({name: value for name, value in given.items() if value}, doseq=True)
