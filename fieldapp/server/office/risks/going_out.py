""" "ใส่ใจออกติดตาม": from the risk list to a visit plan of the committee, which is a joint field trip like any other."""

from urllib.parse import urlencode

from fastapi import APIRouter, Response

from fieldapp.reports.case_filter import CaseFilter, RiskFilter
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing, risks
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.office.case_address import kept
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.risks.index import PATH, ticked_or_all
from fieldapp.server.office.trips.plan import MOST
from fieldapp.server.office.trips.plan import PATH as TRIPS
from fieldapp.server.problems import Refused
from fieldapp.server.teams import roster
from fieldapp.server.trips import trips
from fieldapp.server.trips.trips import Trip
from fieldapp.texts import _, ngettext

router = APIRouter(prefix="/risks")


@router.get("/plan")
@page()
def choose_trip(desk: Desk) -> Response:
    connection, district_id = desk.connection, desk.district_id
    wanted = ticked_or_all(desk)
    back = f"{PATH}?{urlencode(kept(desk.query), doseq=True)}"
    if wanted is None:
        return desk.go(back, _("Tick the children first."))
    at_risk = CaseFilter(case_ids=frozenset(listing.case_ids(connection, district_id, wanted, MOST)), risk=RiskFilter())
    rows = risks.part(connection, district_id, at_risk, SortBy.PLACE, 0, MOST) if at_risk.case_ids else ()
    if not rows:
        return desk.go(back, _("No child fits any more. Choose again."))
    desk.note(Action.VIEWED, "cases", {"cases": [row.case.case_id for row in rows]})
    planned = [one for one in trips.trips(connection, district_id) if one.on_date >= desk.today and not one.called_off]
    return desk.show("risks/plan.html", rows=rows, trips=planned[::-1], teams=roster.teams(connection, district_id), back=back)


@router.post("/plan")
@page()
def put_on_trip(desk: Desk) -> Response:
    """On a trip that is planned, or on one that is made now."""
    connection, district_id = desk.connection, desk.district_id
    chosen = frozenset(desk.form.texts("case"))
    found = listing.case_ids(connection, district_id, CaseFilter(case_ids=chosen), MOST + 1) if chosen else []
    if not found:
        raise Refused("wrong_value", "case")
    trip_id = desk.form.text("trip")
    if trip_id:
        trips.find(connection, district_id, trip_id)
    else:
        trip_id = trips.put_trip(connection, district_id, _new_trip(desk), desk.caller.person_id, desk.now)
    before = trips.case_ids(connection, district_id, trip_id)
    added = sorted(set(found) - before)
    if len(before) + len(added) > MOST:
        raise Refused("wrong_value", "case")
    trips.add_cases(connection, district_id, trip_id, added)
    desk.note(Action.CHANGED, trip_id, {"trip": trip_id, "added": added})
    said = ngettext("{count} child added.", "{count} children added.", len(added)).format(count=len(added))
    return desk.go(f"{TRIPS}/{trip_id}", said)


def _new_trip(desk: Desk) -> Trip:
    on_date, team_id = desk.form.day("on_date", desk.today), desk.form.text("team") or None
    if on_date is None:
        raise Refused("wrong_value", "on_date")
    if team_id:
        roster.find(desk.connection, desk.district_id, team_id)
    return Trip("", on_date, desk.form.text("name", longest=200), team_id, "", "", "", "", False)
