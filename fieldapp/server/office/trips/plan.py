"""Field trips: the list as a calendar, one with its children and its result, the list to print for the way."""

from fastapi import APIRouter, Response

from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import CaseRow, SortBy
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.server.teams import roster
from fieldapp.server.trips import trips
from fieldapp.server.trips.trips import Trip
from fieldapp.texts import _

PATH = "/office/trips"
# More children than a trip of several cars meets in a day.
MOST = 500
_LINE, _TEXT = 200, 2_000

router = APIRouter(prefix="/trips")


@router.get("")
@page()
def all_trips(desk: Desk) -> Response:
    found = trips.trips(desk.connection, desk.district_id)
    figures = trips.figures(desk.connection, desk.district_id, [trip.id for trip in found])
    return desk.show("trips/list.html", trips=found, figures=figures, teams=roster.teams(desk.connection, desk.district_id), trip=None)


@router.post("")
@page()
def add_trip(desk: Desk) -> Response:
    return _put(desk, "")


@router.get("/{trip_id}")
@page()
def one_trip(desk: Desk, trip_id: str) -> Response:
    trip = trips.find(desk.connection, desk.district_id, trip_id)
    rows = _children(desk, trip_id)
    return desk.show(
        "trips/trip.html",
        trip=trip,
        rows=rows,
        figures=trips.figures(desk.connection, desk.district_id, [trip_id])[trip_id],
        teams=roster.teams(desk.connection, desk.district_id),
    )


@router.post("/{trip_id}")
@page()
def change_trip(desk: Desk, trip_id: str) -> Response:
    trips.find(desk.connection, desk.district_id, trip_id)
    return _put(desk, trip_id)


@router.post("/{trip_id}/result")
@page()
def put_result(desk: Desk, trip_id: str) -> Response:
    trips.find(desk.connection, desk.district_id, trip_id)
    result = desk.form.text("result", longest=_TEXT * 2)
    trips.put_result(desk.connection, desk.district_id, trip_id, result, desk.caller.person_id, desk.now)
    desk.note(Action.CHANGED, trip_id, {"result": True})
    return desk.go(f"{PATH}/{trip_id}", _("Saved"))


@router.get("/{trip_id}/print")
@page()
def print_trip(desk: Desk, trip_id: str) -> Response:
    """To take along: names shortened, no numbers of any card, since paper gets lost."""
    trip = trips.find(desk.connection, desk.district_id, trip_id)
    team = roster.find(desk.connection, desk.district_id, trip.team_id) if trip.team_id else None
    rows = _children(desk, trip_id)
    return desk.show("trips/print.html", trip=trip, rows=rows, members=team.serving(trip.on_date) if team else ())


def _children(desk: Desk, trip_id: str) -> tuple[CaseRow, ...]:
    """By village; noted as seen."""
    on_it = trips.case_ids(desk.connection, desk.district_id, trip_id)
    if not on_it:
        return ()
    rows = listing.part(desk.connection, desk.district_id, CaseFilter(case_ids=on_it), SortBy.PLACE, 0, MOST)
    desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows], "trip": trip_id})
    return rows


def _put(desk: Desk, trip_id: str) -> Response:
    form = desk.form
    on_date = form.day("on_date", desk.today)
    if on_date is None:
        raise Refused("wrong_value", "on_date")
    team_id = form.text("team") or None
    if team_id:
        roster.find(desk.connection, desk.district_id, team_id)
    trip = Trip(
        id=trip_id,
        on_date=on_date,
        name=form.text("name", longest=_LINE),
        team_id=team_id,
        partners=form.text("partners", longest=_TEXT),
        meeting=form.text("meeting", longest=_LINE),
        vehicle=form.text("vehicle", longest=_LINE),
        note=form.text("note", longest=_TEXT),
        called_off=form.ticked("called_off"),
    )
    put = trips.put_trip(desk.connection, desk.district_id, trip, desk.caller.person_id, desk.now)
    desk.note(Action.CHANGED, put, {"trip": put})
    return desk.go(f"{PATH}/{put}", _("Saved"))
