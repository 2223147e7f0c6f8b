"""Which reports there are."""

from fastapi import APIRouter, Response

from fieldapp.server.office.desk import Desk, page

router = APIRouter(prefix="/reports")


@router.get("")
@page()
def index(desk: Desk) -> Response:
    return desk.show("reports/index.html")
