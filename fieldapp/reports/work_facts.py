"""The dated facts of the work on cases, as they were known to have happened by a day: what figures of work are folded from.

One query for each kind of fact, however many cases. It asks for days in the world, as the ladder does: what was recorded late counts on the
day on which it was. A visit, form or referral that was corrected counts as corrected. It must not know whose report it becomes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.referral import ReferralState
from fieldapp.domain.care.risk import RiskState
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.records import tables

_ORDER = [state.value for state in ReferralState]


@dataclass(frozen=True, slots=True)
class VisitFact:
    id: str
    on: dt.date
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class FollowUpFact:
    """`open` and `done_on` are of the day that was asked for."""

    id: str
    due_on: dt.date
    done_on: dt.date | None
    open: bool


@dataclass(slots=True)
class CaseFacts:
    """One case as it stood. `step` is the event that established its state; `waiting_since` the day of its assignment, else of its listing;
    the child's name, place and class are those of its card now."""

    case_id: str
    child_id: str
    name: tuple[str, str, str]
    village: tuple[str, str, str]
    grade: str
    list_type: ListType
    state: CaseState
    step: str
    assignee: str
    waiting_since: dt.date
    visits: list[VisitFact] = field(default_factory=list)
    follow_ups: list[FollowUpFact] = field(default_factory=list)
    forms: list[tuple[str, dt.date]] = field(default_factory=list)
    referrals: list[ReferralState] = field(default_factory=list)
    photos: list[tuple[str, dt.date]] = field(default_factory=list)
    at_risk: bool = False


def work_facts(connection: Connection, district_id: str, as_of: dt.date, leaving_out: Collection[str] = ()) -> tuple[CaseFacts, ...]:
    """The cases that the ladder of this day counts, with those on other lists; not the cases in `leaving_out`."""
    cases = _cases(connection, district_id, as_of, leaving_out)
    _add_visits(connection, district_id, as_of, cases)
    _add_follow_ups(connection, district_id, as_of, cases)
    _add_forms(connection, district_id, as_of, cases)
    _add_care(connection, district_id, as_of, cases)
    return tuple(cases.values())


def _cases(connection: Connection, district_id: str, as_of: dt.date, leaving_out: Collection[str]) -> dict[str, CaseFacts]:
    step, case, child = tables.case_step, tables.case, tables.child
    dated = (
        select(step.c.case_id, step.c.event_id, step.c.state, step.c.phase, step.c.on_date, step.c.sequence, step.c.person_id)
        .where(step.c.district_id == district_id, step.c.on_date <= as_of)
        # The order of `domain.states.standing_step`.
        .order_by(step.c.case_id, step.c.phase, step.c.on_date, step.c.sequence, step.c.event_id)
    )
    steps: defaultdict[str, list[Any]] = defaultdict(list)
    for one in connection.execute(dated):
        steps[one.case_id].append(one)
    columns = (case.c.id, case.c.child_id, case.c.list_type, case.c.listed_on, child.c.title, child.c.given_name, child.c.family_name)
    place = (child.c.tambon_code, child.c.moo, child.c.village, child.c.last_grade)
    joined = case.join(child, (child.c.district_id == case.c.district_id) & (child.c.id == case.c.child_id))
    known = select(*columns, *place).select_from(joined).where(case.c.district_id == district_id)
    found = {}
    for row in connection.execute(known).all():
        life = steps.get(row.id)
        if not life or row.id in leaving_out or life[-1].state == CaseState.WITHDRAWN:
            continue
        assigned = [one for one in life if one.state == CaseState.ASSIGNED]
        assignment = max(assigned, key=lambda one: (one.sequence, one.on_date), default=None)
        found[row.id] = CaseFacts(
            case_id=row.id,
            child_id=row.child_id,
            name=(row.title, row.given_name, row.family_name),
            village=(row.tambon_code, row.moo, row.village),
            grade=row.last_grade,
            list_type=ListType(row.list_type),
            state=CaseState(life[-1].state),
            step=life[-1].event_id,
            assignee=(assignment.person_id if assignment else None) or "",
            waiting_since=assignment.on_date if assignment else row.listed_on,
        )
    return found


def _add_visits(connection: Connection, district_id: str, as_of: dt.date, cases: Mapping[str, CaseFacts]) -> None:
    visit, photo = tables.visit, tables.photo
    columns = (visit.c.id, visit.c.case_id, visit.c.visited_on, visit.c.outcome, visit.c.supersedes)
    made = {}
    for row in _current(connection.execute(select(*columns).where(visit.c.district_id == district_id)).all()):
        if row.case_id in cases and row.visited_on <= as_of:
            cases[row.case_id].visits.append(VisitFact(row.id, row.visited_on, Outcome(row.outcome) if row.outcome else None))
            made[row.id] = row
    pictures = select(photo.c.visit_id, photo.c.id).where(photo.c.district_id == district_id, photo.c.visit_id.is_not(None))
    for row in connection.execute(pictures):
        if row.visit_id in made:
            cases[made[row.visit_id].case_id].photos.append((row.id, made[row.visit_id].visited_on))


def _add_follow_ups(connection: Connection, district_id: str, as_of: dt.date, cases: Mapping[str, CaseFacts]) -> None:
    """One that was planned at a visit is known from the day of that visit on."""
    table, visit = tables.follow_up, tables.visit
    joined = table.outerjoin(visit, (visit.c.district_id == district_id) & (visit.c.id == table.c.visit_id))
    columns = (table.c.id, table.c.case_id, table.c.due_on, table.c.state, table.c.closed_on, visit.c.visited_on)
    for row in connection.execute(select(*columns).select_from(joined).where(table.c.district_id == district_id)):
        if row.case_id not in cases or (row.visited_on and row.visited_on > as_of):
            continue
        closed = row.state != FollowUpState.OPEN and (row.closed_on is None or row.closed_on <= as_of)
        done_on = row.closed_on if closed and row.state == FollowUpState.DONE else None
        cases[row.case_id].follow_ups.append(FollowUpFact(row.id, row.due_on, done_on, not closed))


def _add_forms(connection: Connection, district_id: str, as_of: dt.date, cases: Mapping[str, CaseFacts]) -> None:
    table = tables.submission
    columns = (table.c.id, table.c.case_id, table.c.filled_on, table.c.supersedes)
    for row in _current(connection.execute(select(*columns).where(table.c.district_id == district_id)).all()):
        if row.case_id in cases and row.filled_on <= as_of:
            cases[row.case_id].forms.append((row.id, row.filled_on))


def _add_care(connection: Connection, district_id: str, as_of: dt.date, cases: Mapping[str, CaseFacts]) -> None:
    step, referral, risk = tables.care_step, tables.referral, tables.risk
    kinds = (CareKind.REFERRAL.value, CareKind.RISK.value)
    wanted = select(step.c.of, step.c.state, step.c.on_date).where(step.c.district_id == district_id, step.c.of_kind.in_(kinds))
    steps: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(wanted):
        steps[row.of].append(row)
    letters = select(referral.c.id, referral.c.case_id, referral.c.on_date, referral.c.supersedes)
    for row in _current(connection.execute(letters.where(referral.c.district_id == district_id)).all()):
        if row.case_id in cases and row.on_date <= as_of:
            cases[row.case_id].referrals.append(_stood(steps[row.id], as_of))
    found = select(risk.c.id, risk.c.case_id, risk.c.on_date).where(risk.c.district_id == district_id, risk.c.on_date <= as_of)
    for row in connection.execute(found):
        if row.case_id in cases and not _ended(steps[row.id], as_of):
            cases[row.case_id].at_risk = True


def _stood(steps: Iterable[Any], as_of: dt.date) -> ReferralState:
    """As `domain.care.facts.last_step`: the latest by day, of one day the furthest."""
    known = [(one.on_date, _ORDER.index(one.state), one.state) for one in steps if one.on_date <= as_of]
    return ReferralState(max(known)[2]) if known else ReferralState.DRAFT


def _ended(steps: Iterable[Any], as_of: dt.date) -> bool:
    """A risk that turned out to be a mistake never was one; one that was resolved stood until then."""
    return any(one.state == RiskState.MISTAKEN or (one.state == RiskState.RESOLVED and one.on_date <= as_of) for one in steps)


def _current(found: Sequence[Any]) -> list[Any]:
    corrected = {row.supersedes for row in found}
    return [row for row in found if row.id not in corrected]
