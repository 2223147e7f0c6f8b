"""Filled copies: one to read, and all of a form as a spreadsheet."""

from fastapi import APIRouter, Response

from fieldapp.reports.spreadsheet import workbook
from fieldapp.server.audit import Action
from fieldapp.server.forms import collected
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import spreadsheet

router = APIRouter(prefix="/forms")


@router.get("/filled/{submission_id}")
@page()
def filled(desk: Desk, submission_id: str) -> Response:
    found = collected.one(desk.connection, desk.district_id, submission_id)
    desk.note(Action.VIEWED, found.submission.child_id or found.submission.id, {"submission": submission_id})
    return desk.show("instruments/filled.html", found=found)


@router.get("/answers/{form_id}")
@page()
def answers(desk: Desk, form_id: str) -> Response:
    """All answers, with names: for the office's own work."""
    sheets = collected.sheets(desk.connection, desk.district_id, form_id)
    desk.note(Action.EXPORTED, f"form:{form_id}")
    return spreadsheet(workbook(sheets), form_id if form_id.isascii() else "form")
