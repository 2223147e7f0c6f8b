"""Work per person, the roll-up of visits, and the entries for OBEC's own site."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp import phrases, words
from fieldapp.domain.visit import Met, NextStep, Outcome, PhotosShow, Whereabouts
from fieldapp.reports.entries import entries
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.reports.visit_rollup import VisitRollup, visit_rollup
from fieldapp.reports.work import work_per_person
from fieldapp.server.audit import Action
from fieldapp.server.office.case_address import address, wanted_by
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.texts import _

router = APIRouter(prefix="/reports")

_MONTH = dt.timedelta(days=30)


@router.get("/work")
@page()
def work(desk: Desk) -> Response:
    since = desk.today - _MONTH
    rows = work_per_person(desk.connection, desk.district_id, desk.today, since)
    return desk.show("reports/work.html", rows=rows, since=since, cases_at=address)


@router.get("/work/xlsx")
@page()
def work_spreadsheet(desk: Desk) -> Response:
    since = desk.today - _MONTH
    header = (
        _("Name"), _("School"), _("Cases"), _("Never visited"), _("Still open"), _("Overdue"), _("Returned"),
        _("Visits since {day}").format(day=phrases.day(since)), _("Last visit"),
    )  # fmt: skip
    lines: list[tuple[Cell, ...]] = [
        (
            row.name,
            row.school_name,
            row.carried,
            row.never_visited,
            row.open,
            row.overdue,
            row.returned,
            row.visits,
            _said(row.last_visit_on),
        )
        for row in work_per_person(desk.connection, desk.district_id, desk.today, since)
    ]
    return spreadsheet(workbook([Sheet(_("Work per person"), header, lines)]), f"work-{desk.today.isoformat()}")


@router.get("/visits")
@page()
def visits(desk: Desk, first: str = "", last: str = "", school: str = "") -> Response:
    begins, ends = _days(desk, first, last)
    rollup = visit_rollup(desk.connection, desk.district_id, begins, ends, school)
    return desk.show("reports/visits.html", rollup=rollup, first=begins, last=ends, school=school, parts=_parts(rollup))


@router.get("/visits/xlsx")
@page()
def visits_spreadsheet(desk: Desk, first: str = "", last: str = "", school: str = "") -> Response:
    begins, ends = _days(desk, first, last)
    rollup = visit_rollup(desk.connection, desk.district_id, begins, ends, school)
    lines: list[tuple[Cell, ...]] = [(caption, said, count) for caption, answers in _parts(rollup) for said, count in answers]
    above = (f"{phrases.day(begins)} – {phrases.day(ends)}",)
    sheet = Sheet(_("Roll-up of visits"), (_("Question"), _("Answer"), _("Count")), lines, above)
    return spreadsheet(workbook([sheet]), f"visits-{ends.isoformat()}")


@router.get("/entries/xlsx")
@page()
def entries_spreadsheet(desk: Desk) -> Response:
    """Whole ID numbers, since OBEC's site asks for them; who took the file is noted."""
    wanted = wanted_by(desk.query, desk.connection, desk.district_id, desk.today)
    desk.note(Action.EXPORTED, "entries", {"as_of": (wanted.as_of or desk.today).isoformat()})
    header = (
        _("ID number"), _("Title"), _("First name"), _("Family name"), _("List"), _("School code"), _("School"), _("State"), _("Since"),
        _("Last visit"), _("Level returned to"), _("Main cause"), _("edudev no."), _("DMC no."),
    )  # fmt: skip
    found = entries(desk.connection, desk.district_id, wanted)
    lines: list[tuple[Cell, ...]] = [
        (
            one.national_id, one.title, one.given_name, one.family_name, words.of(one.list_type), one.school_code, one.school_name,
            words.of(one.state), _said(one.state_on), _said(one.last_visit_on), words.of(one.level) if one.level else "",
            one.cause_name, one.edudev or "", one.dmc or "",
        )
        for one in found
    ]  # fmt: skip
    return spreadsheet(workbook([Sheet(_("Entries for OBEC"), header, lines)]), f"entries-{desk.today.isoformat()}")


def _days(desk: Desk, first: str, last: str) -> tuple[dt.date, dt.date]:
    ends = day_of(last, "last", desk.today) or desk.today
    return day_of(first, "first", desk.today) or ends - _MONTH, ends


def _parts(rollup: VisitRollup) -> list[tuple[str, list[tuple[str, int]]]]:
    """Every question with every answer that the form knows, those that nobody gave too."""
    asked = (
        (_("Who was met"), Met, rollup.met),
        (_("Where the child is"), Whereabouts, rollup.whereabouts),
        (_("Outcome"), Outcome, rollup.outcomes),
        (_("Next step"), NextStep, rollup.next_steps),
        (_("What the photos show"), PhotosShow, rollup.photos_show),
    )
    return [(caption, [(words.of(one), counts.get(one.value, 0)) for one in answers]) for caption, answers, counts in asked]


def _said(on: dt.date | None) -> str:
    return phrases.day(on) if on else ""
