"""Reporting rounds: opening one, seeing who is complete and who has submitted, submitting."""

from fastapi import APIRouter, Response

from fieldapp.domain.thai_dates import slashed
from fieldapp.server.office.case_address import address
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.server.reporting import rounds
from fieldapp.texts import _

router = APIRouter(prefix="/reports/rounds")


@router.get("")
@page()
def all_rounds(desk: Desk) -> Response:
    return desk.show("reports/rounds.html", rounds=rounds.rounds(desk.connection, desk.district_id))


@router.post("")
@page()
def open_round(desk: Desk) -> Response:
    name = desk.form.text("name", longest=100)
    as_of, due_on = desk.form.day("as_of", desk.today), desk.form.day("due_on", desk.today)
    if not name or as_of is None or due_on is None:
        raise Refused("wrong_value", "name")
    opened = rounds.open_round(desk.connection, desk.district_id, name, as_of, due_on, desk.caller.person_id, desk.now)
    return desk.go(f"/office/reports/rounds/{opened}", _("The round is open."))


@router.get("/{round_id}")
@page()
def one_round(desk: Desk, round_id: str) -> Response:
    found = rounds.find(desk.connection, desk.district_id, round_id)
    standings = rounds.standings(desk.connection, desk.district_id, found)
    return desk.show("reports/round.html", round=found, standings=standings, cases_at=address, day=slashed(found.as_of))


@router.post("/{round_id}/submit")
@page()
def submit(desk: Desk, round_id: str) -> Response:
    found = rounds.find(desk.connection, desk.district_id, round_id)
    school, letter = desk.form.text("school"), desk.form.text("letter", longest=100)
    rounds.submit(desk.connection, desk.district_id, found, school, letter, desk.caller.person_id, desk.now)
    return desk.go(f"/office/reports/rounds/{round_id}", _("Noted as submitted."))
