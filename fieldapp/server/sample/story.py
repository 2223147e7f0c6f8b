"""What has happened since the lists came: assignments, visits, promises and their keeping, as events of the people who did them.

Told in days before `today`: lists two months back, assignment, then weeks of visits up to yesterday.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import eligibility
from fieldapp.domain.event import Event
from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, EventId, FollowUpId, PersonId, new_id
from fieldapp.domain.payloads import CaseAssigned, FollowUpClosed, FollowUpPlanned, Payload, VisitRecorded
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.domain.visit import NextStep, Visit
from fieldapp.server.sample.children import UNASSIGNED, SampleChild
from fieldapp.server.sample.people import COORDINATOR
from fieldapp.server.sample.visits import drafted_visits

# The hand-written children were handed over three weeks ago, the others in the weeks before.
_WRITTEN_ASSIGNED_AGO = 21
_ASSIGNED_AGO = (46, 54)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case of the database with the invented child behind it; `child` is the card as the importer read it."""

    case_id: CaseId
    child: Child
    sample: SampleChild
    school_code: str
    account: str


@dataclass(frozen=True, slots=True)
class Told:
    """The events in the order of their time, and the time of each."""

    events: tuple[Event, ...]
    recorded_at: Mapping[EventId, dt.datetime]


def tell(cases: list[ToldCase], people: Mapping[str, PersonId], today: dt.date, random: Random) -> Told:
    """All events of the sample after the import. `people` are person ids by account."""
    timed = [told for case in cases if case.sample.fate not in UNASSIGNED for told in _of_case(case, people, today, random)]
    timed.sort(key=lambda told: told.made_at)
    return Told(tuple(timed), {event.id: event.made_at for event in timed})


def _of_case(case: ToldCase, people: Mapping[str, PersonId], today: dt.date, random: Random) -> Iterator[Event]:
    teacher, sample = people[case.account], case.sample
    ago = _WRITTEN_ASSIGNED_AGO if sample.account else random.randint(*_ASSIGNED_AGO)
    assigned_on = today - dt.timedelta(days=ago)
    due_in = sample.due_in if sample.due_in is not None else random.randint(0, 20) if sample.account else random.randint(-4, 21)
    due_on = today + dt.timedelta(days=due_in)
    assignment = CaseAssigned(assigned_on, case.school_code, teacher, due_on)
    yield _event(assignment, case.case_id, people[COORDINATOR], _at(assigned_on, 10, random))
    promised: FollowUp | None = None
    for visit in drafted_visits(case.child, case.case_id, sample, teacher, assigned_on, due_on, today, random):
        made_at = _at(visit.visited_on, 18, random)
        yield _event(VisitRecorded(_with_age(visit, case.child)), visit.id, teacher, made_at)
        if promised:
            closed = FollowUpClosed(FollowUpState.DONE, visit.visited_on)
            yield _event(closed, promised.id, teacher, made_at + dt.timedelta(seconds=40), base_version=1)
        promised = _promise(visit, teacher)
        if promised:
            yield _event(FollowUpPlanned(promised), promised.id, teacher, made_at + dt.timedelta(seconds=20))


def _promise(visit: Visit, teacher: PersonId) -> FollowUp | None:
    if visit.next_on is None or visit.next_step in (None, NextStep.NONE):
        return None
    return FollowUp(FollowUpId(new_id()), visit.case_id, visit.next_on, teacher, visit.next_note, visit.id)


def _with_age(visit: Visit, child: Child) -> Visit:
    status = eligibility(child.birth, visit.visited_on, finished_grade_9=child.finished_grade_9).status
    return replace(visit, age_status=status)


def _event(payload: Payload, record: str, by: PersonId, made_at: dt.datetime, *, base_version: int = 0) -> Event:
    return Event(EventId(new_id()), payload, record, base_version, made_at, by)


def _at(day: dt.date, hour: int, random: Random) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, random.randint(0, 59), random.randint(0, 19)), THAI_TIME)
