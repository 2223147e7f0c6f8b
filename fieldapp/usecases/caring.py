"""The care of one child: what is known of its risks, which help it was given, which goals are set, what was consented to; all of it
recorded without any network."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.care.facts import KIND_OF, CareKind, CareState, CareStep, MainFact, last_step, steps_of
from fieldapp.domain.care.goal import CareAspect, Goal, GoalState
from fieldapp.domain.care.referral import ENDED, Referral, ReferralState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.care.support import Support, SupportArea, SupportState
from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import CareId, new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.reference import Agency
from fieldapp.records.care import Care, Stood, care_of
from fieldapp.records.of_case import visits_of_case
from fieldapp.records.reference import agencies, person_names, sees_sensitive
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.case_facts import WAITING, case_and_child
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed, whereto
from fieldapp.store.editing import may_edit
from fieldapp.store.engine import Store
from fieldapp.store.recording import Act, record_in
from fieldapp.store.tables import outbox
from fieldapp.usecases.delivery import Delivery, delivery_of, gravest
from fieldapp.usecases.form_lines import FormLine, form_lines

# States in which nothing more is to be done about a fact; a consent is the other way round, it can only be withdrawn.
_SETTLED: frozenset[CareState] = frozenset(
    {*(state for state in RiskState if state is not RiskState.OPEN), *(state for state in GoalState if state is not GoalState.OPEN)}
) | {SupportState.TAKEN_BACK}


@dataclass(frozen=True, slots=True)
class CareLine:
    """A fact of care, where it stands, who told of it, and the states that may be recorded next. `note` is that of its last step.
    `delivery` of what was made here of it; None where nothing was."""

    fact: MainFact
    state: CareState
    by_name: str
    next: tuple[CareState, ...]
    ended_on: dt.date | None
    note: str
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class CaseCare:
    """Of each kind the newest first. `risks` are left out where this person may not see what is sensitive (`hides_risks`)."""

    case_id: str
    visits: int
    last_visit_on: dt.date | None
    forms: tuple[FormLine, ...]
    risks: tuple[CareLine, ...]
    goals: tuple[CareLine, ...]
    supports: tuple[CareLine, ...]
    consents: tuple[CareLine, ...]
    referrals: int
    referrals_open: int
    agencies: tuple[Agency, ...]
    hides_risks: bool
    editable: bool

    @property
    def open_risks(self) -> int:
        return sum(line.state is RiskState.OPEN for line in self.risks)

    @property
    def open_goals(self) -> tuple[Goal, ...]:
        return tuple(line.fact for line in self.goals if isinstance(line.fact, Goal) and line.state is GoalState.OPEN)


@dataclass(frozen=True, slots=True)
class WantedSupport:
    """What a person filled in."""

    area: SupportArea
    what: str
    on: dt.date
    giver: str = ""
    agency_id: str | None = None
    cost_baht: int | None = None
    result: str = ""
    goal_id: str | None = None


@dataclass(frozen=True, slots=True)
class WantedConsent:
    """`signature`: SVG path data, '' where it was only said."""

    purpose: ConsentPurpose
    given: bool
    giver: str
    relation: str
    form_version: str
    signature: str = ""
    note: str = ""


class Caring:
    """All that writes raises EventRefused with the field where it cannot be, StoreError where the case has left this laptop or is about
    to."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def of_case(self, case_id: str) -> CaseCare:
        with self._store.reading() as connection:
            return _read(connection, self._store, case_id)

    def find_risk(self, case_id: str, reason: str, level: RiskLevel, note: str = "") -> Changes:
        """Seen by this person, today."""
        return self._record(case_id, lambda common: Risk(**common, source=RiskSource.PERSON, reason=reason, level=level, note=note))

    def give_support(self, case_id: str, wanted: WantedSupport) -> Changes:
        return self._record(case_id, lambda common: _support(common, wanted))

    def correct_support(self, support_id: str, wanted: WantedSupport) -> Changes:
        """Another telling in the place of this one; both are kept."""
        before = self._of(CareKind.SUPPORT, support_id)
        return self._record(before.case_id, lambda common: _support({**common, "supersedes": before.id}, wanted))

    def set_goal(self, case_id: str, aspect: CareAspect, goal: str, measure: str, due_on: dt.date | None) -> Changes:
        """This person sees to it."""
        mine = self._store.person_id
        return self._record(case_id, lambda common: Goal(**common, aspect=aspect, goal=goal, measure=measure, due_on=due_on, owner_id=mine))

    def record_consent(self, case_id: str, wanted: WantedConsent) -> Changes:
        return self._record(
            case_id,
            lambda common: Consent(
                **common,
                purpose=wanted.purpose,
                given=wanted.given,
                giver=wanted.giver,
                relation=wanted.relation,
                form_version=wanted.form_version,
                signature=wanted.signature,
                note=wanted.note,
            ),
        )

    def step(self, kind: CareKind, fact_id: str, state: CareState, on: dt.date, note: str = "") -> Changes:
        """What became of a fact on a day."""
        fact = self._of(kind, fact_id)
        if on < fact.on:
            raise EventRefused("before_start", "fact.on")
        return self._record(
            fact.case_id, lambda common: CareStep(**{**common, "on": on}, of=fact.id, of_kind=kind, state=state.value, note=note)
        )

    def _of(self, kind: CareKind, fact_id: str) -> MainFact:
        with self._store.reading() as connection:
            found = SqlRecords(connection, self._store.district_id).care(kind, CareId(fact_id))
        if found is None:
            raise EventRefused("unknown_record", "of")
        return found

    def _record(self, case_id: str, make: "Callable[[dict[str, Any]], MainFact | CareStep]") -> Changes:
        with self._store.writing() as connection:
            case, child = case_and_child(connection, self._store.district_id, case_id)
            refuse_if_departed(connection, self._store.district_id, case_id)
            now = self._now()
            common = {"id": CareId(new_id()), "case_id": case.id, "child_id": child.id, "on": now.date(), "by": self._store.person_id}
            fact = make(common)
            changes = record_in(connection, self._store.identity, [Act(care_payload(fact), fact.id)], now)
        self._store.announce(changes)
        return changes


def _support(common: dict[str, Any], wanted: WantedSupport) -> Support:
    given = {name: getattr(wanted, name) for name in WantedSupport.__slots__}
    return Support(**{**common, **given})


def _read(connection: Connection, store: Store, case_id: str) -> CaseCare:
    """Raises store.not_here."""
    identity, district_id = store.identity, store.district_id
    case, _child = case_and_child(connection, district_id, case_id)
    care = care_of(connection, district_id, [case_id])
    people = person_names(connection, district_id, {one.fact.by for one in care.facts})
    visits = visits_of_case(connection, district_id, case_id)
    corrected = {visit.supersedes for visit in visits}
    standing = [visit for visit in visits if visit.id not in corrected]
    editable = case_id not in whereto(connection) and may_edit(identity, case)
    sees = sees_sensitive(connection, district_id, identity.role)
    referrals = [ReferralState(stood.state) for _referral, stood in care.of(Referral)]

    sent = _sent(connection, case_id)

    def lines(cls: type[MainFact]) -> tuple[CareLine, ...]:
        return tuple(_line(stood, people, sent, editable=editable) for _fact, stood in care.of(cls))

    return CaseCare(
        case_id=case_id,
        visits=len(standing),
        last_visit_on=max((visit.visited_on for visit in standing), default=None),
        forms=tuple(line for line in form_lines(connection, district_id, case_id) if line.filled),
        risks=lines(Risk) if sees else (),
        goals=lines(Goal),
        supports=lines(Support),
        consents=lines(Consent),
        referrals=len(referrals),
        referrals_open=sum(state not in ENDED for state in referrals),
        agencies=tuple(agency for agency in agencies(connection, district_id) if agency.active),
        hides_risks=not sees and _has(care, Risk),
        editable=editable,
    )


def _has(care: Care, cls: type[MainFact]) -> bool:
    return any(isinstance(one.fact, cls) for one in care.facts)


def _sent(connection: Connection, case_id: str) -> dict[str, Delivery]:
    """By the record that an event of this laptop made."""
    query = select(outbox.c.record_id, outbox.c.status).where(outbox.c.case_id == case_id)
    return {row.record_id: delivery_of(row.status or WAITING) for row in connection.execute(query)}


def _line(stood: Stood, people: dict[str, str], sent: dict[str, Delivery], *, editable: bool) -> CareLine:
    last = last_step(stood.fact, stood.steps)
    open_still = editable and stood.state not in _SETTLED and stood.state.value not in ("withdrawn", "refused")
    return CareLine(
        fact=stood.fact,
        state=stood.state,
        by_name=people.get(stood.fact.by, ""),
        next=steps_of(KIND_OF[type(stood.fact)]) if open_still else (),
        ended_on=last.on if last else None,
        note=last.note if last else "",
        delivery=gravest({sent[one] for one in (stood.fact.id, *(step.id for step in stood.steps)) if one in sent}),
    )
