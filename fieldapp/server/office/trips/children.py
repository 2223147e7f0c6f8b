"""Which children a field trip goes to: chosen by the same filter as everywhere, ticked ones or all of them."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.datastructures import QueryParams

from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.office.assigning.choosing import choice
from fieldapp.server.office.case_address import wanted_by
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.trips.plan import MOST, PATH
from fieldapp.server.problems import Refused
from fieldapp.server.trips import trips
from fieldapp.texts import _, ngettext

_FIRST = QueryParams({"sort": "place"})

router = APIRouter(prefix="/trips")


@router.get("/{trip_id}/children")
@page()
def choose(desk: Desk, trip_id: str, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    trip = trips.find(desk.connection, desk.district_id, trip_id)
    on_it = trips.case_ids(desk.connection, desk.district_id, trip_id)
    shown = choice(desk, desk.query or _FIRST, f"{PATH}/{trip_id}/children", part)
    return desk.show("trips/children.html", trip=trip, on_it=on_it, most=MOST, asked=str(desk.query), **shown)


@router.post("/{trip_id}/children")
@page()
def add(desk: Desk, trip_id: str) -> Response:
    trips.find(desk.connection, desk.district_id, trip_id)
    wanted = replace(CaseFilter(), case_ids=frozenset(desk.form.texts("case")))
    if desk.form.text("of") == "all":
        wanted = wanted_by(desk.query, desk.connection, desk.district_id, desk.today)
    elif not wanted.case_ids:
        return desk.go(f"{PATH}/{trip_id}/children?{desk.query}", _("Tick the children first."))
    before = trips.case_ids(desk.connection, desk.district_id, trip_id)
    found = listing.case_ids(desk.connection, desk.district_id, wanted, MOST + 1)
    added = set(found) - before
    if len(before) + len(added) > MOST:
        raise Refused("wrong_value", "case")
    trips.add_cases(desk.connection, desk.district_id, trip_id, sorted(added))
    desk.note(Action.CHANGED, trip_id, {"trip": trip_id, "added": sorted(added)})
    said = ngettext("{count} child added.", "{count} children added.", len(added)).format(count=len(added))
    return desk.go(f"{PATH}/{trip_id}", said)


@router.post("/{trip_id}/remove")
@page()
def remove(desk: Desk, trip_id: str) -> Response:
    trips.find(desk.connection, desk.district_id, trip_id)
    removed = desk.form.texts("case")
    trips.remove_cases(desk.connection, desk.district_id, trip_id, removed)
    desk.note(Action.CHANGED, trip_id, {"trip": trip_id, "removed": removed})
    said = ngettext("{count} child taken off.", "{count} children taken off.", len(removed)).format(count=len(removed))
    return desk.go(f"{PATH}/{trip_id}", said)
