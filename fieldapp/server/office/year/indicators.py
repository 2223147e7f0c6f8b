"""Q1–Q3: the figures with what they are made of, and the children in need for whom no help is recorded."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.thai_dates import school_year_days
from fieldapp.reports.first_help import FirstHelp, found_children
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.year import frame
from fieldapp.server.office.year.frame import Year, year_or_now
from fieldapp.server.year.indicators import indicators

router = APIRouter(prefix="/year/indicators")


class Which(StrEnum):
    """Which of the children who were found are listed."""

    WAITING = "waiting"
    HELPED = "helped"
    ALL = "all"


_HELPED: Mapping[Which, bool | None] = {Which.WAITING: False, Which.HELPED: True, Which.ALL: None}


@router.get("")
@page()
def all_three(desk: Desk, year: Year = None, which: Which = Which.WAITING, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    of_year = year_or_now(desk, year)
    found = indicators(desk.connection, desk.district_id, of_year, desk.today)
    total = _count(found.first_help, which)
    pager = tables.pager(f"{frame.PATH}/indicators", {"year": str(of_year), "which": which.value}, part, total)
    first = school_year_days(of_year)[0]
    rows = found_children(desk.connection, desk.district_id, first, found.as_of, pager.offset, pager.size, helped_too=_HELPED[which])
    if rows:
        desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows]})
    return frame.show(desk, "indicators.html", "indicators", of_year, found=found, rows=rows, pager=pager, which=which.value)


def _count(q1: FirstHelp, which: Which) -> int:
    return {Which.WAITING: q1.found - q1.helped, Which.HELPED: q1.helped, Which.ALL: q1.found}[which]
