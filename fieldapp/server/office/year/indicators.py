"""Q1–Q3: the figures with what they are made of, and the children in need for whom no help is recorded."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.thai_dates import school_year_days
from fieldapp.reports.first_help import waiting
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.year import frame
from fieldapp.server.office.year.frame import Year, year_or_now
from fieldapp.server.year.indicators import indicators

router = APIRouter(prefix="/year/indicators")


@router.get("")
@page()
def all_three(desk: Desk, year: Year = None, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    of_year = year_or_now(desk, year)
    found = indicators(desk.connection, desk.district_id, of_year, desk.today)
    total = found.first_help.found - found.first_help.helped
    pager = tables.pager(f"{frame.PATH}/indicators", {"year": str(of_year)}, part, total)
    first = school_year_days(of_year)[0]
    rows = waiting(desk.connection, desk.district_id, first, found.as_of, pager.offset, pager.size)
    if rows:
        desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows]})
    return frame.show(desk, "indicators.html", "indicators", of_year, found=found, rows=rows, pager=pager)
