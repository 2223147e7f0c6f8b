"""The records that a batch of events needs, loaded at once and changed in memory. Implements `domain.events.Known`.

Read only after the district is locked, so that nothing read here can change before the batch is stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from fieldapp.domain.care.facts import KIND_OF, CareFact, CareKind, CareStep, MainFact
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event, Held, Record
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, ConflictId, EventId, FollowUpId, SubmissionId, VisitId
from fieldapp.domain.payloads import (
    CarePayload,
    CaseAssigned,
    CaseChecked,
    CaseDroppedAgain,
    CaseListed,
    CaseMarkedListError,
    CaseMerged,
    CaseUnmerged,
    CaseWithdrawn,
    ChildEdited,
    ConflictDecided,
    FollowUpClosed,
    FollowUpPlanned,
    HeldDecided,
    PhotoAdded,
    SubmissionRecorded,
    VisitRecorded,
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.write_path import held_events
from fieldapp.server.write_path.sequence import Writing


class KnownRecords:
    """Looked up by the domain, written through by the batch. `changed` is what must be stored in the end; `cases_before` how changed
    cases stood."""

    def __init__(self, lock: Writing, events: Iterable[Event]) -> None:
        self._lock = lock
        self._records = SqlRecords(lock.connection, lock.district_id)
        self._children: dict[str, Child] = {}
        self._cases: dict[str, Case] = {}
        self._cases_of_child: dict[str, set[str]] = {}
        self._visits: dict[str, Visit] = {}
        self._photos: dict[str, Photo] = {}
        self._follow_ups: dict[str, FollowUp] = {}
        self._submissions: dict[str, Submission] = {}
        self._care: dict[str, MainFact] = {}
        self._care_steps: dict[str, CareStep] = {}
        self._conflicts: dict[str, Conflict] = {}
        self._held_case: dict[str, str] = {}
        self.changed: dict[tuple[type[Record], str], Record] = {}
        self.cases_before: dict[str, Case | None] = {}
        batch = list(events)
        self._held = held_events.find(lock, [event.record for event in batch if isinstance(event.payload, HeldDecided)])
        self._load(_Needed.by([*batch, *(held.event for held in self._held.values())]))

    def child(self, record_id: ChildId) -> Child | None:
        return self._children.get(record_id)

    def case(self, record_id: CaseId) -> Case | None:
        return self._cases.get(record_id)

    def visit(self, record_id: VisitId) -> Visit | None:
        return self._visits.get(record_id)

    def follow_up(self, record_id: FollowUpId) -> FollowUp | None:
        return self._follow_ups.get(record_id)

    def submission(self, record_id: SubmissionId) -> Submission | None:
        return self._submissions.get(record_id)

    def care(self, kind: CareKind, record_id: CareId) -> MainFact | None:
        found = self._care.get(record_id)
        return found if found is not None and KIND_OF[type(found)] is kind else None

    def care_step(self, record_id: CareId) -> CareStep | None:
        return self._care_steps.get(record_id)

    def conflict(self, record_id: ConflictId) -> Conflict | None:
        """Of a child that an event of the batch is about."""
        return self._conflicts.get(record_id)

    def open_conflicts(self, child_id: ChildId) -> tuple[Conflict, ...]:
        return tuple(one for one in self._conflicts.values() if one.child_id == child_id and one.is_open)

    def held(self, event_id: EventId) -> Held | None:
        """One that an event of the batch decides about."""
        return self._held.get(event_id)

    def decided(self, event_id: str) -> None:
        """From now on it is said what becomes of a held event."""
        self._held[event_id] = replace(self._held[event_id], decided=True)

    def photo(self, record_id: str) -> Photo | None:
        return self._photos.get(record_id)

    def cases_of(self, child_id: str) -> tuple[Case, ...]:
        """All cases of a child, where an event of the batch is about the child, or lists, assigns or merges one of them."""
        return tuple(self._cases[case_id] for case_id in sorted(self._cases_of_child.get(child_id, ())))

    def held_case_of(self, record_id: str) -> str | None:
        """The case of a record that exists only in a held event."""
        return self._held_case.get(record_id)

    def hold(self, record_id: str, case_id: str) -> None:
        self._held_case[record_id] = case_id

    def put(self, records: Iterable[Record]) -> None:
        for record in records:
            if isinstance(record, Case):
                self.cases_before.setdefault(record.id, self._cases.get(record.id))
            self._keep(record)
            self.changed[type(record), record.id] = record

    def _keep(self, record: Record) -> None:
        match record:
            case Child():
                self._children[record.id] = record
            case Case():
                self._cases[record.id] = record
                self._cases_of_child.setdefault(record.child_id, set()).add(record.id)
            case Visit():
                self._visits[record.id] = record
            case Photo():
                self._photos[record.id] = record
            case FollowUp():
                self._follow_ups[record.id] = record
            case Submission():
                self._submissions[record.id] = record
            case Conflict():
                self._conflicts[record.id] = record
            case CareStep():
                self._care_steps[record.id] = record
            case _ if isinstance(record, MainFact):
                self._care[record.id] = record

    def _load(self, needed: "_Needed") -> None:
        if needed.follow_ups:
            self._follow_ups = self._records.follow_ups(needed.follow_ups)
            needed.cases |= {follow_up.case_id for follow_up in self._follow_ups.values()}
        if needed.visits:
            self._visits = self._records.visits(needed.visits)
        if needed.submissions:
            self._submissions = self._records.submissions(needed.submissions)
        visits = (needed.visits_of_photos | needed.visits_of_plans) - needed.new_visits - self._visits.keys()
        submissions = needed.submissions_of_photos - needed.new_submissions - self._submissions.keys()
        absent = (needed.follow_ups - self._follow_ups.keys()) | visits | submissions
        for kind, ids in needed.care.items():
            self._care |= self._records.care_facts(kind, ids)
        if needed.care_steps:
            self._care_steps = self._records.care_steps(needed.care_steps)
        unknown_care = needed.stepped - needed.new_care - self._care.keys()
        self._load_held((absent - needed.new_follow_ups) | unknown_care)
        needed.cases |= set(self._held_case.values())
        if needed.photos:
            self._photos = self._records.photos(needed.photos)
        for case in self._records.cases(needed.cases).values():
            self._keep(case)
        needed.children |= {self._cases[case_id].child_id for case_id in needed.instead if case_id in self._cases}
        children = needed.children | {self._cases[case_id].child_id for case_id in needed.moving if case_id in self._cases}
        if children:
            for case in self._records.cases(self._case_ids_of(children) - self._cases.keys()).values():
                self._keep(case)
        if needed.children:
            self._children = self._records.children(needed.children)
            # Those that a decision names, and those that an event may touch.
            self._conflicts = self._records.conflicts(needed.conflicts) if needed.conflicts else {}
            self._conflicts |= {conflict.id: conflict for conflict in self._records.open_conflicts_of(needed.children)}

    def _case_ids_of(self, children: set[str]) -> set[str]:
        table = record_tables.case
        query = select(table.c.id).where(table.c.district_id == self._lock.district_id, table.c.child_id.in_(children))
        return set(self._lock.connection.execute(query).scalars())

    def _load_held(self, record_ids: set[str]) -> None:
        if not record_ids:
            return
        table = tables.event
        query = select(table.c.record_id, table.c.case_id).where(
            table.c.district_id == self._lock.district_id, table.c.record_id.in_(record_ids), table.c.status == "held"
        )
        self._held_case = {row.record_id: row.case_id for row in self._lock.connection.execute(query)}


class _Needed:
    """The ids that the events of a batch name."""

    def __init__(self) -> None:
        self.cases: set[str] = set()
        self.moving: set[str] = set()
        self.instead: set[str] = set()
        self.children: set[str] = set()
        self.visits: set[str] = set()
        self.new_visits: set[str] = set()
        self.visits_of_photos: set[str] = set()
        self.visits_of_plans: set[str] = set()
        self.new_follow_ups: set[str] = set()
        self.photos: set[str] = set()
        self.follow_ups: set[str] = set()
        self.submissions: set[str] = set()
        self.care: defaultdict[CareKind, set[str]] = defaultdict(set)
        self.care_steps: set[str] = set()
        self.stepped: set[str] = set()
        self.new_care: set[str] = set()
        self.new_submissions: set[str] = set()
        self.submissions_of_photos: set[str] = set()
        self.conflicts: set[str] = set()

    @classmethod
    def by(cls, events: Iterable[Event]) -> "_Needed":
        needed = cls()
        for event in events:
            needed._add(event)
        return needed

    def _add(self, event: Event) -> None:
        match event.payload:
            case CaseListed(child=child):
                self.cases.add(event.record)
                self.children.add(child.id)
            case CaseAssigned() | CaseWithdrawn():
                self.cases.add(event.record)
                self.moving.add(event.record)
            case CaseMerged(into=into) | CaseUnmerged(into=into):
                self.cases |= {event.record, into}
                self.moving.add(event.record)
            case CaseChecked() | CaseMarkedListError():
                self.cases.add(event.record)
            case ChildEdited():
                self.children.add(event.record)
            case ConflictDecided(child_id=child_id):
                self.conflicts.add(event.record)
                self.children.add(child_id)
            case VisitRecorded(visit=visit):
                self.cases.add(visit.case_id)
                self.visits.add(visit.id)
                self.new_visits.add(visit.id)
            case PhotoAdded(photo=photo):
                if photo.case_id:
                    self.cases.add(photo.case_id)
                if photo.visit_id:
                    self.visits.add(photo.visit_id)
                    self.visits_of_photos.add(photo.visit_id)
                if photo.submission_id:
                    self.submissions.add(photo.submission_id)
                    self.submissions_of_photos.add(photo.submission_id)
                if photo.paper_id:
                    self.care[CareKind.PAPER].add(photo.paper_id)
                    self.stepped.add(photo.paper_id)
                self.photos.add(photo.id)
            case FollowUpPlanned(follow_up=follow_up):
                if follow_up.visit_id:
                    self.visits.add(follow_up.visit_id)
                    self.visits_of_plans.add(follow_up.visit_id)
                self.cases.add(follow_up.case_id)
                self.follow_ups.add(follow_up.id)
                self.new_follow_ups.add(follow_up.id)
            case FollowUpClosed():
                self.follow_ups.add(event.record)
            case SubmissionRecorded(submission=submission):
                self.submissions |= {submission.id, *([submission.supersedes] if submission.supersedes else [])}
                self.new_submissions.add(submission.id)
                if submission.case_id:
                    self.cases.add(submission.case_id)
            case CaseDroppedAgain(new_case_id=new_case_id):
                self.cases |= {event.record, new_case_id}
                self.moving.add(event.record)
            case payload if isinstance(payload, CarePayload):
                self._add_care(payload.fact)
            case HeldDecided(case_id=case_id) if case_id:
                self.cases.add(case_id)
                self.instead.add(case_id)

    def _add_care(self, fact: CareFact) -> None:
        self.cases.add(fact.case_id)
        if isinstance(fact, CareStep):
            self.care[fact.of_kind].add(fact.of)
            self.stepped.add(fact.of)
            self.care_steps.add(fact.id)
        else:
            self.care[KIND_OF[type(fact)]].add(fact.id)
            self.new_care.add(fact.id)
