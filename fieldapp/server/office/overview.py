"""The front page: where the district stands on a day, what waits for a decision, who waits longest."""

from fastapi import APIRouter, Response

from fieldapp.domain.ladder import Bucket
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.reports.breakdown import By, breakdown
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.ladder import ladder_report
from fieldapp.reports.trend import weekly
from fieldapp.reports.waiting import LONG, unassigned_by_school, unvisited_by_tambon
from fieldapp.server import inbox
from fieldapp.server.devices.silent import count_silent
from fieldapp.server.office.case_address import address
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of

router = APIRouter()

_WEEKS = 12
_CAUSES = 5
_PLACES = 3


@router.get("/")
@page()
def overview(desk: Desk, as_of: str = "") -> Response:
    day = day_of(as_of, "as_of", desk.today) or desk.today
    connection, district_id = desk.connection, desk.district_id
    report = ladder_report(connection, district_id, day)
    return desk.show(
        "overview.html",
        as_of=day,
        report=report,
        bucket=Bucket,
        causes=report.total.causes[:_CAUSES],
        amphoe=breakdown(connection, district_id, CaseFilter(as_of=day, list_types=OBEC_LISTS), By.AMPHOE),
        weeks=weekly(connection, district_id, day, _WEEKS),
        open_entries=inbox.count_open(connection, district_id, desk.hidden_from),
        unvisited=unvisited_by_tambon(connection, district_id, desk.today, _PLACES),
        unassigned=unassigned_by_school(connection, district_id, _PLACES),
        silent=count_silent(connection, district_id, desk.now),
        long=LONG,
        cases_at=address,
    )
