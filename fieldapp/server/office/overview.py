"""The front page: where the district stands on a day."""

from fastapi import APIRouter, Response

from fieldapp.domain.ladder import Bucket
from fieldapp.reports.ladder import ladder_report
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of

router = APIRouter()


@router.get("/")
@page()
def overview(desk: Desk, as_of: str = "") -> Response:
    day = day_of(as_of, "as_of", desk.today) or desk.today
    report = ladder_report(desk.connection, desk.district_id, day)
    return desk.show("overview.html", as_of=day, report=report, bucket=Bucket)
