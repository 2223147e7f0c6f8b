"""To whom the chosen cases go: what each person carries, and for each village who is near, with the reason."""

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.assigning import plans
from fieldapp.server.assigning.chosen import by_village, chosen_cases
from fieldapp.server.assigning.proposals import proposals
from fieldapp.server.assigning.sharing import by_villages, to_one
from fieldapp.server.assigning.targets import read_targets
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.office.assigning.choosing import PATH
from fieldapp.server.office.assigning.reasons import reason_words
from fieldapp.server.office.case_address import kept, wanted_by
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/assign")

_VILLAGE = "village:"


@router.get("/to")
@page()
def to_whom(desk: Desk) -> Response:
    wanted = _wanted(desk)
    if wanted is None:
        return desk.go(f"{PATH}?{urlencode(kept(desk.query), doseq=True)}", _("Tick the children first."))
    cases = chosen_cases(desk.connection, desk.district_id, wanted)
    if not cases:
        return desk.go(PATH, _("No child fits any more. Choose again."))
    villages = by_village(cases)
    targets = read_targets(desk.connection, desk.district_id, desk.today)
    desk.note(Action.VIEWED, "cases", {"cases": [case.case_id for case in cases]})
    return desk.show(
        "assign/to.html",
        total=listing.count(desk.connection, desk.district_id, wanted),
        cases=cases,
        villages=villages,
        reason=reason_words,
        proposals=proposals(desk.connection, desk.district_id, villages, targets),
        targets=targets,
        asked=urlencode(_asked(desk), doseq=True),
        back=f"{PATH}?{urlencode(kept(desk.query), doseq=True)}",
    )


@router.post("/plans")
@page()
def make_plan(desk: Desk) -> Response:
    """The plan to be looked at; nothing is assigned yet. Which cases stands in the address, as it did on the page before."""
    due_on = desk.form.day("due_on", desk.today)
    if due_on is not None and due_on < desk.today:
        raise Refused("wrong_value", "due_on")
    wanted = _wanted(desk)
    if wanted is None:
        raise Refused("wrong_value", "case")
    cases = chosen_cases(desk.connection, desk.district_id, wanted)
    if not cases:
        return desk.go(PATH, _("No child fits any more. Choose again."))
    targets = read_targets(desk.connection, desk.district_id, desk.today)
    to = desk.form.text("to")
    if desk.form.text("how") == "villages":
        chosen = {case.village: desk.form.text(f"{_VILLAGE}{case.tambon_code}:{case.moo}") for case in cases}
        found = list(by_villages(cases, targets, chosen, due_on))
    else:
        found = list(to_one(cases, targets, to, due_on, desk.today))
    team_id = to.removeprefix("t:") if to.startswith("t:") else None
    made = plans.make(desk.connection, desk.district_id, found, team_id, desk.caller.person_id, desk.now)
    return desk.go(f"{PATH}/plans/{made}")


def _wanted(desk: Desk) -> CaseFilter | None:
    """The ticked ones, or all that the filter selects; None where nothing was ticked."""
    ticked = frozenset(one for one in desk.query.getlist("case") if one)
    if desk.query.get("of") == "all":
        return wanted_by(desk.query, desk.connection, desk.district_id, desk.today)
    return replace(CaseFilter(), case_ids=ticked) if ticked else None


def _asked(desk: Desk) -> dict[str, str | list[str]]:
    """What the address said, for the next one."""
    if desk.query.get("of") == "all":
        return {**kept(desk.query), "of": "all"}
    return {"case": desk.query.getlist("case")}
