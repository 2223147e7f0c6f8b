"""The pictures of signed papers, to those who may read what is on them."""

from fastapi import APIRouter, Response

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import Paper
from fieldapp.domain.identifiers import CareId
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.audit import Action
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import picture
from fieldapp.server.photos.seeing import seen_by
from fieldapp.server.photos.store import photo_key
from fieldapp.server.problems import Refused

router = APIRouter(prefix="/papers")


@router.get("/{paper_id}/picture")
@page()
def paper_picture(desk: Desk, paper_id: str) -> Response:
    found = SqlRecords(desk.connection, desk.district_id).care(CareKind.PAPER, CareId(paper_id))
    if not isinstance(found, Paper):
        raise Refused("unknown_record", "paper_id")
    media_type, shown_by = seen_by(desk.connection, desk.district_id, desk.caller, found.sha256)
    desk.note(Action.VIEWED, "photo", {"sha256": found.sha256, "paper": paper_id, "cases": shown_by})
    return picture(desk.server.photos.get(photo_key(desk.district_id, found.sha256)), media_type)
