"""The facts of care: what they have in common, how each goes on by steps, and what cannot be one.

All are append-only. A fact that was wrong is superseded or taken back by a step; both stay.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.goal import CareAspect, Goal, GoalState
from fieldapp.domain.care.paper import Paper, PaperState, wrong_field
from fieldapp.domain.care.referral import Referral, ReferralState
from fieldapp.domain.care.risk import Risk, RiskState
from fieldapp.domain.care.support import Support, SupportState
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId

MAX_SIGNATURE = 20_000


class CareKind(StrEnum):
    RISK = "risk"
    SUPPORT = "support"
    GOAL = "goal"
    REFERRAL = "referral"
    CONSENT = "consent"
    TRANSFER = "transfer"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class CareStep:
    """What became of a fact: `of` is its id, `of_kind` which kind it is, `state` one of that kind's states. `note`: the result, the reason,
    who signed."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    of: CareId
    of_kind: CareKind
    state: str
    on: dt.date
    by: PersonId
    note: str = ""


MainFact = Risk | Support | Goal | Referral | Consent | Transfer | Paper
CareFact = MainFact | CareStep
CareState = RiskState | SupportState | GoalState | ReferralState | ConsentState | TransferState | PaperState
MAIN_FACTS: dict[CareKind, type[MainFact]] = {
    CareKind.RISK: Risk,
    CareKind.SUPPORT: Support,
    CareKind.GOAL: Goal,
    CareKind.REFERRAL: Referral,
    CareKind.CONSENT: Consent,
    CareKind.TRANSFER: Transfer,
    CareKind.PAPER: Paper,
}
KIND_OF: dict[type[MainFact], CareKind] = {cls: kind for kind, cls in MAIN_FACTS.items()}
# In the order in which they come about.
STATES: dict[CareKind, type[CareState]] = {
    CareKind.RISK: RiskState,
    CareKind.SUPPORT: SupportState,
    CareKind.GOAL: GoalState,
    CareKind.REFERRAL: ReferralState,
    CareKind.CONSENT: ConsentState,
    CareKind.TRANSFER: TransferState,
    CareKind.PAPER: PaperState,
}
# A fact begins in these, so no step leads there.
_BEGINS: dict[CareKind, frozenset[CareState]] = {
    CareKind.RISK: frozenset({RiskState.OPEN}),
    CareKind.SUPPORT: frozenset({SupportState.GIVEN}),
    CareKind.GOAL: frozenset({GoalState.OPEN}),
    CareKind.REFERRAL: frozenset({ReferralState.DRAFT}),
    CareKind.CONSENT: frozenset({ConsentState.GIVEN, ConsentState.REFUSED}),
    CareKind.TRANSFER: frozenset({TransferState.ASKED}),
    CareKind.PAPER: frozenset({PaperState.RECEIVED}),
}


def first_state(fact: MainFact) -> CareState:
    match fact:
        case Consent(given=given):
            return ConsentState.GIVEN if given else ConsentState.REFUSED
        case Risk():
            return RiskState.OPEN
        case Support():
            return SupportState.GIVEN
        case Goal():
            return GoalState.OPEN
        case Referral():
            return ReferralState.DRAFT
        case Transfer():
            return TransferState.ASKED
        case Paper():
            return PaperState.RECEIVED


def steps_of(kind: CareKind) -> tuple[CareState, ...]:
    """The states that a step may lead to, in their order."""
    states: Iterable[CareState] = STATES[kind]
    return tuple(state for state in states if state not in _BEGINS[kind])


def last_step(fact: MainFact, steps: Iterable[CareStep]) -> CareStep | None:
    """That by which the fact stands, among the steps given: the latest by day, of one day the furthest."""
    order = {state.value: place for place, state in enumerate(STATES[KIND_OF[type(fact)]])}
    own = [step for step in steps if step.of == fact.id and step.state in order]
    return max(own, key=lambda step: (step.on, order[step.state], step.id), default=None)


def standing(fact: MainFact, steps: Iterable[CareStep]) -> CareState:
    """The state by the last step of this fact among those given."""
    last = last_step(fact, steps)
    return STATES[KIND_OF[type(fact)]](last.state) if last else first_state(fact)


@dataclass(frozen=True, slots=True)
class CareProblem:
    field: str
    code: str


def problems(fact: CareFact, latest: dt.date) -> Iterator[CareProblem]:
    """Why it cannot be kept; `latest` is the last day on which it can have been."""
    if fact.on > latest:
        yield CareProblem("on", "in_the_future")
    match fact:
        case Risk(reason=""):
            yield CareProblem("reason", "missing")
        case Support():
            yield from _of_support(fact)
        case Goal():
            yield from _of_goal(fact)
        case Referral():
            yield from _of_referral(fact)
        case Consent():
            yield from _of_consent(fact)
        case Transfer(to_school=None, to_place=""):
            yield CareProblem("to_place", "missing")
        case Paper() if wrong := wrong_field(fact):
            yield CareProblem(wrong, "wrong_value")
        case CareStep(of_kind=kind, state=state) if state not in {one.value for one in steps_of(kind)}:
            yield CareProblem("state", "wrong_value")
        case _:
            pass


def _of_support(support: Support) -> Iterator[CareProblem]:
    if not support.what:
        yield CareProblem("what", "missing")
    if support.cost_baht is not None and not 0 <= support.cost_baht < 2**31:
        yield CareProblem("cost_baht", "wrong_value")
    if support.supersedes == support.id:
        yield CareProblem("supersedes", "wrong_value")


def _of_goal(goal: Goal) -> Iterator[CareProblem]:
    if not goal.goal:
        yield CareProblem("goal", "missing")
    if goal.aspect not in (CareAspect.PROMOTE, CareAspect.HELP):
        yield CareProblem("aspect", "wrong_value")
    if goal.due_on and goal.due_on < goal.on:
        yield CareProblem("due_on", "before_start")
    if goal.supersedes == goal.id:
        yield CareProblem("supersedes", "wrong_value")


def _of_referral(referral: Referral) -> Iterator[CareProblem]:
    if not referral.receiver and not referral.agency_id:
        yield CareProblem("receiver", "missing")
    if not referral.reason:
        yield CareProblem("reason", "missing")
    if referral.reply_by and referral.reply_by < referral.on:
        yield CareProblem("reply_by", "before_start")
    if referral.supersedes == referral.id:
        yield CareProblem("supersedes", "wrong_value")


def _of_consent(consent: Consent) -> Iterator[CareProblem]:
    if not consent.giver:
        yield CareProblem("giver", "missing")
    if len(consent.signature) > MAX_SIGNATURE:
        yield CareProblem("signature", "wrong_value")
