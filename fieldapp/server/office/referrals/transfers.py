"""Transfers that teachers and school heads ask for, and the office's answer."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.care.transfer import TransferState
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.problems import Refused
from fieldapp.server.referrals import answering, listing
from fieldapp.texts import _

PATH = "/office/transfers"
_NOTE = 500

router = APIRouter(prefix="/transfers")


@router.get("")
@page()
def transfers(desk: Desk, state: str = "", part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    wanted = member_of(TransferState, state, "state") if state else None
    total = listing.count_transfers(desk.connection, desk.district_id, wanted)
    pager = tables.pager(PATH, {"state": state}, part, total)
    rows = listing.transfers(desk.connection, desk.district_id, wanted, pager.offset, pager.size)
    desk.note(Action.VIEWED, "transfers", {"cases": [row.case_id for row in rows]})
    return desk.show(
        "referrals/transfers.html", rows=rows, pager=pager, states=list(TransferState), wanted=wanted, answers=answering.ANSWERS
    )


@router.post("/{transfer_id}")
@page()
def answer(desk: Desk, transfer_id: str) -> Response:
    state = member_of(TransferState, desk.form.text("state"), "state")
    note = desk.form.text("note", longest=_NOTE)
    if state is not TransferState.ACCEPTED and not note:
        raise Refused("wrong_value", "note")
    found = answering.answer_transfer(desk.connection, desk.district_id, transfer_id, state, desk.today, note, desk.caller.person_id)
    desk.note(Action.CHANGED, found.child_id, {"cases": [found.case_id], "transfer": transfer_id})
    said = _("Accepted. The case is the school's now; give it to a teacher there.")
    in_district = state is TransferState.ACCEPTED and found.to_school
    return desk.go(PATH, said if in_district else _("Saved. Laptops get it at their next sync."))
