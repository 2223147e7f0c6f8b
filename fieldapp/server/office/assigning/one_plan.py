"""A plan before anything is done: who gets what, who is affected. After it was carried out: what was done and what was not."""

import datetime as dt
from collections import Counter

from fastapi import APIRouter, Response

from fieldapp.domain.identifiers import PersonId
from fieldapp.records.reference import person_names
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.assigning import plans
from fieldapp.server.assigning.affected import Loss, affected
from fieldapp.server.assigning.plans import Plan
from fieldapp.server.assigning.targets import Targets, read_targets
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.office.assigning.choosing import PATH
from fieldapp.server.office.assigning.reasons import why
from fieldapp.server.office.desk import Desk, page
from fieldapp.texts import _, ngettext

router = APIRouter(prefix="/assign/plans")

# So many of the cases that could not be assigned are shown with their names; the others are counted.
_SHOWN = 100


@router.get("/{plan_id}")
@page()
def one_plan(desk: Desk, plan_id: str) -> Response:
    plan = plans.find(desk.connection, desk.district_id, plan_id)
    targets = read_targets(desk.connection, desk.district_id, desk.today)
    losses = [
        Loss(move.was_person, move.was_school, move.was_school != move.school_code, move.visited)
        for move in plan.moves
        if move.was_person != move.person_id or move.was_school != move.school_code
    ]
    left = {**plan.skipped, **plan.refused}
    shown = CaseFilter(case_ids=frozenset(sorted(left)[:_SHOWN]))
    rows = listing.part(desk.connection, desk.district_id, shown, SortBy.PLACE, 0, _SHOWN) if left else ()
    desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows], "plan": plan_id})
    team = targets.teams.get(plan.team_id or "")
    return desk.show(
        "assign/plan.html",
        plan=plan,
        team=team,
        gains=_gains(plan, targets),
        affected=affected(desk.connection, desk.district_id, [loss for loss in losses if loss.person_id or loss.school_code]),
        settled=sum(not move.owed_answer for move in plan.moves),
        left=left,
        why=why,
        counted=Counter(left.values()),
        rows=rows,
        by_name=person_names(desk.connection, desk.district_id, [plan.done_by or plan.made_by]).get(plan.done_by or plan.made_by, ""),
    )


@router.post("/{plan_id}")
@page()
def carry_out(desk: Desk, plan_id: str) -> Response:
    done = plans.carry_out(desk.connection, desk.district_id, plan_id, PersonId(desk.caller.person_id), desk.today, desk.now)
    said = ngettext("{count} child was assigned.", "{count} children were assigned.", len(done.moved))
    return desk.go(f"{PATH}/plans/{plan_id}", said.format(count=f"{len(done.moved):,}"))


@router.post("/{plan_id}/drop")
@page()
def drop(desk: Desk, plan_id: str) -> Response:
    plans.drop(desk.connection, desk.district_id, plan_id)
    return desk.go(PATH, _("Nothing was assigned."))


def _gains(plan: Plan, targets: Targets) -> list[dict[str, object]]:
    """For each receiver: name, school, how many, how many they carry now."""
    counts = Counter((move.person_id, move.school_code) for move in plan.moved)
    new = Counter(move.person_id for move in plan.moved if move.person_id != move.was_person and move.owed_answer)
    dues: dict[tuple[str | None, str | None], set[dt.date]] = {}
    for move in plan.moved:
        if move.due_on:
            dues.setdefault((move.person_id, move.school_code), set()).add(move.due_on)
    found: list[dict[str, object]] = []
    for (person_id, school_code), count in counts.most_common():
        carrier = targets.carriers.get(person_id or "")
        school = targets.schools.get(school_code or "", school_code or "")
        found.append(
            {
                "name": carrier.name if carrier else school,
                "school": school if carrier else "",
                "person": carrier,
                "count": count,
                "dues": sorted(dues.get((person_id, school_code), ())),
                "will_carry": carrier.open + new[person_id] if carrier else None,
            }
        )
    return found
