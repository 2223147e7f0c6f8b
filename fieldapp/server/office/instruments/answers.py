"""Filled copies: one to read, and all of a form as a spreadsheet."""

from fastapi import APIRouter, Response

from fieldapp.domain.care.paper import PaperOf
from fieldapp.records.care import photos_may_be_shown
from fieldapp.reports.spreadsheet import workbook
from fieldapp.server.audit import Action
from fieldapp.server.cases import papers
from fieldapp.server.forms import collected
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import picture, spreadsheet
from fieldapp.server.photos.seeing import seen_by
from fieldapp.server.photos.store import photo_key
from fieldapp.server.problems import Refused

router = APIRouter(prefix="/forms")


@router.get("/filled/{submission_id}")
@page()
def filled(desk: Desk, submission_id: str) -> Response:
    found = collected.one(desk.connection, desk.district_id, submission_id, sensitive=desk.sees_sensitive, urgent=desk.reads_urgent)
    desk.note(Action.VIEWED, found.submission.child_id or found.submission.id, {"submission": submission_id})
    about = found.submission.case_id
    # Of a school's own pictures nobody has to be asked.
    shown = about is None or photos_may_be_shown(desk.connection, desk.district_id, about)
    signed = papers.of_record(desk.connection, desk.district_id, submission_id, PaperOf.FORM)
    return desk.show("instruments/filled.html", found=found, photos_may_be_shown=shown, signed=signed, sees_sensitive=desk.sees_sensitive)


@router.get("/filled/{submission_id}/pictures/{sha256}")
@page()
def filled_picture(desk: Desk, submission_id: str, sha256: str) -> Response:
    """One that answers this copy, to whom its answers are shown."""
    found = collected.one(desk.connection, desk.district_id, submission_id, sensitive=desk.sees_sensitive, urgent=desk.reads_urgent)
    if sha256 not in found.pictures:
        raise Refused("unknown_record", "sha256")
    media_type, shown_by = seen_by(desk.connection, desk.district_id, desk.caller, sha256)
    desk.note(Action.VIEWED, "photo", {"sha256": sha256, "submission": submission_id, "cases": shown_by})
    return picture(desk.server.photos.get(photo_key(desk.district_id, sha256)), media_type)


@router.get("/answers/{form_id}")
@page()
def answers(desk: Desk, form_id: str) -> Response:
    """All answers, with names: for the office's own work."""
    sheets = collected.sheets(desk.connection, desk.district_id, form_id, sensitive=desk.sees_sensitive, urgent=desk.reads_urgent)
    desk.note(Action.EXPORTED, f"form:{form_id}")
    return spreadsheet(workbook(sheets), form_id if form_id.isascii() else "form")
