"""My work and my school in figures: one fold of the same facts for one teacher, one village, one class and all of them, so that sums agree.

What the district has not confirmed yet is counted with the rest and told apart: `unconfirmed` names those events and records. It must not
know words, files or where the facts lie.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldapp.domain.care.referral import ENDED, ReferralState
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.domain.visit import Outcome
from fieldapp.reports.first_help import FirstHelp
from fieldapp.reports.period import Period
from fieldapp.reports.work_facts import CaseFacts

_WEEK = dt.timedelta(days=7)
_ANSWERED = frozenset({ReferralState.RESULT, ReferralState.CLOSED})


@dataclass(frozen=True, slots=True)
class WeekVisits:
    """`monday` begins the week; the first week of a period may begin before it, but only its days in the period are counted."""

    monday: dt.date
    visits: int


@dataclass(frozen=True, slots=True)
class Work:
    """States, the children not visited, follow-ups due and overdue, referrals and the risk list as they stood on the last day; visits,
    forms, photos and follow-ups done: of the days of the period. `unconfirmed_*` are parts of the figures they are named after."""

    children: int
    states: Mapping[tuple[ListType, CaseState], int]
    unconfirmed_children: int
    visits: int
    unconfirmed_visits: int
    visited_children: int
    outcomes: Mapping[Outcome | None, int]
    not_visited: int
    follow_ups_due: int
    follow_ups_overdue: int
    follow_ups_done: int
    unconfirmed_follow_ups: int
    forms: int
    unconfirmed_forms: int
    referrals: int
    referrals_answered: int
    referrals_open: int
    at_risk: int
    photos: int
    unconfirmed_photos: int

    def in_state(self, *states: CaseState) -> int:
        return sum(count for (_list_type, state), count in self.states.items() if state in states)

    def on_list(self, list_type: ListType) -> int:
        return sum(count for (listed, _state), count in self.states.items() if listed is list_type)


@dataclass(frozen=True, slots=True)
class Group:
    """`key` is a person's id, a tambon's code (with `moo`), a class; '' where it is not known. `name` '' where the key says it."""

    key: str
    name: str
    work: Work
    moo: str = ""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A child that nobody has visited, for so many days."""

    case_id: str
    title: str
    given_name: str
    family_name: str
    days: int


@dataclass(frozen=True, slots=True)
class WorkReport:
    """Groups are empty for one person's own report, but for villages. Of `waiters` the longest waiting come first. `all_confirmed`: the
    district has confirmed whatever was done on this laptop, counted or not."""

    period: Period
    all: Work
    weeks: tuple[WeekVisits, ...]
    waiters: tuple[Waiter, ...]
    first_help: FirstHelp
    teachers: tuple[Group, ...]
    villages: tuple[Group, ...]
    grades: tuple[Group, ...]
    all_confirmed: bool


def work_of(facts: Iterable[CaseFacts], days: Period, unconfirmed: Collection[str] = ()) -> Work:
    """The figures of these cases, of which every fact is of the period's last day or before."""
    cases = list(facts)
    visits = [visit for one in cases for visit in one.visits if days.holds(visit.on)]
    follow_ups = [each for one in cases for each in one.follow_ups]
    still_open = [each for each in follow_ups if each.open]
    forms = [form for one in cases for form, on in one.forms if days.holds(on)]
    referrals = [state for one in cases for state in one.referrals]
    photos = [photo for one in cases for photo, on in one.photos if days.holds(on)]
    overdue = sum(1 for each in still_open if each.due_on < days.last)
    return Work(
        children=len(cases),
        states=Counter((one.list_type, one.state) for one in cases),
        unconfirmed_children=sum(1 for one in cases if one.step in unconfirmed),
        visits=len(visits),
        unconfirmed_visits=sum(1 for visit in visits if visit.id in unconfirmed),
        visited_children=sum(1 for one in cases if any(days.holds(visit.on) for visit in one.visits)),
        outcomes=Counter(visit.outcome for visit in visits),
        not_visited=sum(1 for one in cases if _waits(one)),
        follow_ups_due=len(still_open) - overdue,
        follow_ups_overdue=overdue,
        follow_ups_done=sum(1 for each in follow_ups if each.done_on and days.holds(each.done_on)),
        unconfirmed_follow_ups=sum(1 for each in follow_ups if each.id in unconfirmed),
        forms=len(forms),
        unconfirmed_forms=sum(1 for form in forms if form in unconfirmed),
        referrals=len(referrals),
        referrals_answered=sum(1 for state in referrals if state in _ANSWERED),
        referrals_open=sum(1 for state in referrals if state not in ENDED and state not in _ANSWERED),
        at_risk=sum(1 for one in cases if one.at_risk),
        photos=len(photos),
        unconfirmed_photos=sum(1 for photo in photos if photo in unconfirmed),
    )


def work_report(
    facts: Sequence[CaseFacts],
    days: Period,
    first_help: FirstHelp,
    people: Mapping[str, str],
    *,
    unconfirmed: Collection[str] = (),
    of_school: bool = False,
) -> WorkReport:
    """`people` are names by id. `of_school`: also by teacher and by class."""
    return WorkReport(
        period=days,
        all=work_of(facts, days, unconfirmed),
        weeks=_weeks(facts, days),
        waiters=_waiters(facts, days.last),
        first_help=first_help,
        teachers=_teachers(facts, days, people, unconfirmed) if of_school else (),
        villages=_villages(facts, days, unconfirmed),
        grades=_grades(facts, days, unconfirmed) if of_school else (),
        all_confirmed=not unconfirmed,
    )


def _waits(one: CaseFacts) -> bool:
    return owes_answer(one.state) and not one.visits


def _waiters(facts: Iterable[CaseFacts], last: dt.date) -> tuple[Waiter, ...]:
    waiting = [Waiter(one.case_id, *one.name, (last - one.waiting_since).days) for one in facts if _waits(one)]
    return tuple(sorted(waiting, key=lambda one: (-one.days, one.case_id)))


def _weeks(facts: Iterable[CaseFacts], days: Period) -> tuple[WeekVisits, ...]:
    """Every week that the period touches, also those without a visit."""
    made = Counter(_monday(visit.on) for one in facts for visit in one.visits if days.holds(visit.on))
    begins, found = _monday(days.first), []
    while begins <= days.last:
        found.append(WeekVisits(begins, made[begins]))
        begins += _WEEK
    return tuple(found)


def _monday(on: dt.date) -> dt.date:
    return on - dt.timedelta(days=on.weekday())


def _teachers(facts: Iterable[CaseFacts], days: Period, people: Mapping[str, str], unconfirmed: Collection[str]) -> tuple[Group, ...]:
    by_person: defaultdict[str, list[CaseFacts]] = defaultdict(list)
    for one in facts:
        by_person[one.assignee].append(one)
    groups = [Group(key, people.get(key, ""), work_of(cases, days, unconfirmed)) for key, cases in by_person.items()]
    return tuple(sorted(groups, key=lambda group: (not group.key, group.name, group.key)))


def _villages(facts: Iterable[CaseFacts], days: Period, unconfirmed: Collection[str]) -> tuple[Group, ...]:
    by_place: defaultdict[tuple[str, str], list[CaseFacts]] = defaultdict(list)
    for one in facts:
        by_place[one.village[:2]].append(one)
    groups = [
        Group(tambon, next((one.village[2] for one in cases if one.village[2]), ""), work_of(cases, days, unconfirmed), moo)
        for (tambon, moo), cases in by_place.items()
    ]
    return tuple(sorted(groups, key=lambda group: (not group.key, -group.work.children, group.key, group.moo.zfill(3))))


def _grades(facts: Iterable[CaseFacts], days: Period, unconfirmed: Collection[str]) -> tuple[Group, ...]:
    by_grade: defaultdict[str, list[CaseFacts]] = defaultdict(list)
    for one in facts:
        by_grade[one.grade].append(one)
    groups = [Group(key, "", work_of(cases, days, unconfirmed)) for key, cases in by_grade.items()]
    return tuple(sorted(groups, key=lambda group: (not group.key, group.key)))
