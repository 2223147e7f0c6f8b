"""The five aspects of a child's care on one page; the office records a risk, a goal, a support here, and how each of them ended."""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from fieldapp.domain.care.facts import CareFact, CareKind, CareState, CareStep, problems, steps_of
from fieldapp.domain.care.goal import CareAspect, Goal
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource
from fieldapp.domain.care.support import Support, SupportArea
from fieldapp.domain.case import Case
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CareId, CaseId, EventId, new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.audit import Action
from fieldapp.server.cases.care import read_care
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import record_events
from fieldapp.texts import _
from fieldapp.wire.messages import Status

router = APIRouter(prefix="/cases/{case_id}/care")

# What the office ends here; referrals, consents and transfers have their own ways.
_ENDED_HERE = (CareKind.RISK, CareKind.GOAL, CareKind.SUPPORT)
_LINE, _TEXT = 200, 1_000


@router.get("")
@page()
def five_aspects(desk: Desk, case_id: str) -> Response:
    found = read_care(desk.connection, desk.district_id, case_id)
    desk.note(Action.VIEWED, found.child.id, {"cases": [case_id]})
    return desk.show(
        "risks/care.html",
        file=found,
        case=found.case,
        child=found.child,
        aspect=CareAspect,
        aspects=(CareAspect.PROMOTE, CareAspect.HELP),
        levels=list(RiskLevel),
        areas=list(SupportArea),
        steps=_steps(),
    )


@router.post("/risk")
@page()
def record_risk(desk: Desk, case_id: str) -> Response:
    form, case = desk.form, _case(desk, case_id)
    level = member_of(RiskLevel, form.text("level"), "level")
    reason, note = form.text("reason", longest=_LINE), form.text("note", longest=_TEXT)
    on = form.day("on", desk.today) or desk.today
    fact = Risk(_new(), case.id, case.child_id, RiskSource.PERSON, reason, level, on, desk.caller.person_id, note)
    return _record(desk, fact, _("The risk is noted."))


@router.post("/goal")
@page()
def set_goal(desk: Desk, case_id: str) -> Response:
    form, case = desk.form, _case(desk, case_id)
    goal = Goal(
        id=_new(),
        case_id=case.id,
        child_id=case.child_id,
        aspect=member_of(CareAspect, form.text("aspect"), "aspect"),
        goal=form.text("goal", longest=_LINE),
        on=form.day("on", desk.today) or desk.today,
        by=desk.caller.person_id,
        measure=form.text("measure", longest=_LINE),
        due_on=form.day("due_on", desk.today),
        owner_id=desk.caller.person_id,
    )
    return _record(desk, goal, _("The goal is set."))


@router.post("/support")
@page()
def give_support(desk: Desk, case_id: str) -> Response:
    form, case = desk.form, _case(desk, case_id)
    agency_id = form.text("agency") or None
    support = Support(
        id=_new(),
        case_id=case.id,
        child_id=case.child_id,
        area=member_of(SupportArea, form.text("area"), "area"),
        what=form.text("what", longest=_LINE),
        on=form.day("on", desk.today) or desk.today,
        by=desk.caller.person_id,
        giver=form.text("giver", longest=_LINE),
        agency_id=agency_id,
        cost_baht=form.number("cost_baht"),
        result=form.text("result", longest=_TEXT),
        goal_id=CareId(form.text("goal_id")) if form.text("goal_id") else None,
    )
    goal = SqlRecords(desk.connection, desk.district_id).care(CareKind.GOAL, support.goal_id) if support.goal_id else None
    if support.goal_id and (goal is None or goal.child_id != case.child_id):
        raise Refused("unknown_record", "goal_id")
    return _record(desk, support, _("The help is noted."))


@router.post("/step")
@page()
def take_step(desk: Desk, case_id: str) -> Response:
    """How a risk, a goal or a support ended."""
    form = desk.form
    _case(desk, case_id)
    kind = member_of(CareKind, form.text("kind"), "kind")
    of = SqlRecords(desk.connection, desk.district_id).care(kind, CareId(form.text("of")))
    if of is None or kind not in _ENDED_HERE:
        raise Refused("unknown_record", "of")
    step = CareStep(
        id=_new(),
        case_id=of.case_id,
        child_id=of.child_id,
        of=of.id,
        of_kind=kind,
        state=form.text("state"),
        on=form.day("on", desk.today) or desk.today,
        by=desk.caller.person_id,
        note=form.text("note", longest=_TEXT),
    )
    return _record(desk, step, _("Noted."), back_to=case_id)


def _record(desk: Desk, fact: CareFact, said: str, back_to: str = "") -> Response:
    problem = next(problems(fact, desk.today), None)
    if problem:
        raise Refused("wrong_value", problem.field)
    event = Event(EventId(new_id()), care_payload(fact), fact.id, 0, desk.now, desk.caller.person_id)
    (answer,) = record_events(desk.connection, desk.district_id, [event], recorded_at=desk.now)
    if answer.status is not Status.ACCEPTED:
        raise Refused("wrong_value", answer.field)
    desk.note(Action.CHANGED, fact.child_id, {"cases": [fact.case_id], "care": fact.id})
    return desk.go(f"/office/cases/{back_to or fact.case_id}/care", said)


def _case(desk: Desk, case_id: str) -> Case:
    found = SqlRecords(desk.connection, desk.district_id).case(CaseId(case_id))
    if found is None:
        raise Refused("unknown_record", "case_id")
    return found


def _new() -> CareId:
    return CareId(new_id())


def _steps() -> Mapping[str, tuple[CareState, ...]]:
    return {kind.value: steps_of(kind) for kind in _ENDED_HERE}
