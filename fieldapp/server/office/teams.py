"""Teams and committees: the list by kind, one with its members and their terms, the roster to print, the kinds."""

from dataclasses import replace

from fastapi import APIRouter, Response

from fieldapp.server.assigning.targets import read_targets
from fieldapp.server.audit import Action
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.server.teams import kinds, roster
from fieldapp.server.teams.roster import Member
from fieldapp.texts import _

PATH = "/office/teams"
router = APIRouter(prefix="/teams")

_NAME, _NOTE = 200, 1_000


@router.get("")
@page()
def all_teams(desk: Desk) -> Response:
    found = roster.teams(desk.connection, desk.district_id)
    known = kinds.kinds(desk.connection, desk.district_id)
    by_kind = [(kind, [team for team in found if team.kind == kind.code]) for kind in known]
    return desk.show("teams/list.html", by_kind=by_kind, kinds=[kind for kind in known if kind.active])


@router.post("")
@page()
def add_team(desk: Desk) -> Response:
    return _put(desk, "")


@router.get("/kinds")
@page()
def all_kinds(desk: Desk) -> Response:
    return desk.show("teams/kinds.html", kinds=kinds.kinds(desk.connection, desk.district_id))


@router.post("/kinds")
@page()
def change_kinds(desk: Desk) -> Response:
    known = kinds.kinds(desk.connection, desk.district_id)
    names = {kind.code: desk.form.text(f"name:{kind.code}", longest=_NAME) for kind in known}
    unused = frozenset(kind.code for kind in known if not desk.form.ticked(f"used:{kind.code}"))
    kinds.change_kinds(desk.connection, desk.district_id, names, unused, desk.form.text("added", longest=_NAME))
    desk.note(Action.CHANGED, "team_kinds")
    return desk.go(f"{PATH}/kinds", _("Saved"))


@router.get("/{team_id}")
@page()
def one_team(desk: Desk, team_id: str, member: str = "") -> Response:
    """With the form for a new member, or for the one that the address names."""
    team = roster.find(desk.connection, desk.district_id, team_id)
    return desk.show(
        "teams/team.html",
        team=team,
        edited=next((one for one in team.members if one.id == member), None),
        kinds=kinds.kinds(desk.connection, desk.district_id),
        people=read_targets(desk.connection, desk.district_id, desk.today).carriers.values(),
    )


@router.post("/{team_id}")
@page()
def change_team(desk: Desk, team_id: str) -> Response:
    roster.find(desk.connection, desk.district_id, team_id)
    return _put(desk, team_id)


@router.post("/{team_id}/members")
@page()
def put_member(desk: Desk, team_id: str) -> Response:
    team = roster.find(desk.connection, desk.district_id, team_id)
    form = desk.form
    member_id = form.text("member")
    if member_id and member_id not in {member.id for member in team.members}:
        raise Refused("unknown_record", "member")
    position = form.number("position")
    new = Member(
        id=member_id,
        team_id=team_id,
        person_id=form.text("person") or None,
        name=form.text("name", longest=_NAME),
        agency=form.text("agency", longest=_NAME),
        role=form.text("role", longest=_NAME),
        position=len(team.members) + 1 if position is None else max(0, min(position, 999)),
        carries=form.ticked("carries"),
        from_on=form.day("from_on", desk.today),
        until_on=form.day("until_on", desk.today),
        order_number=form.text("order_number", longest=_NAME),
    )
    roster.put_member(desk.connection, desk.district_id, new, desk.caller.person_id, desk.now)
    desk.note(Action.CHANGED, team_id, {"members": [new.person_id] if new.person_id else []})
    return desk.go(f"{PATH}/{team_id}", _("Saved"))


@router.post("/{team_id}/members/{member_id}/end")
@page()
def end_term(desk: Desk, team_id: str, member_id: str) -> Response:
    """Today is the last day."""
    roster.end_term(desk.connection, desk.district_id, team_id, member_id, desk.today, desk.caller.person_id, desk.now)
    desk.note(Action.CHANGED, team_id, {"ended": member_id})
    return desk.go(f"{PATH}/{team_id}", _("The term has ended today; the name stays on record."))


@router.get("/{team_id}/print")
@page()
def print_roster(desk: Desk, team_id: str) -> Response:
    """Who serves today, to print."""
    team = roster.find(desk.connection, desk.district_id, team_id)
    kind = next((one for one in kinds.kinds(desk.connection, desk.district_id) if one.code == team.kind), None)
    return desk.show("teams/roster.html", team=replace(team, members=team.serving(desk.today)), kind=kind)


def _put(desk: Desk, team_id: str) -> Response:
    form, kind = desk.form, desk.form.text("kind")
    if kind not in {one.code for one in kinds.kinds(desk.connection, desk.district_id)}:
        raise Refused("wrong_value", "kind")
    name, note = form.text("name", longest=_NAME), form.text("note", longest=_NOTE)
    active = not team_id or form.ticked("active")
    by = desk.caller.person_id
    put = roster.put_team(desk.connection, desk.district_id, team_id, by, desk.now, kind=kind, name=name, note=note, active=active)
    desk.note(Action.CHANGED, put)
    return desk.go(f"{PATH}/{put}", _("Saved"))
