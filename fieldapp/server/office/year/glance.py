"""The year at a glance: one line for each step with what is there and what is late, and the indicators."""

from fastapi import APIRouter, Response

from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.year import frame
from fieldapp.server.office.year.frame import Year, year_or_now
from fieldapp.server.year import entries
from fieldapp.server.year.indicators import indicators
from fieldapp.server.year.registers import REGISTERS

router = APIRouter(prefix="/year")


@router.get("")
@page()
def glance(desk: Desk, year: Year = None) -> Response:
    of_year = year_or_now(desk, year)
    lines = [(one, entries.counts(desk.connection, desk.district_id, one, of_year, desk.today)) for one in REGISTERS]
    found = indicators(desk.connection, desk.district_id, of_year, desk.today)
    return frame.show(desk, "glance.html", "", of_year, lines=lines, indicators=found)
