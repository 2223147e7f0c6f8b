"""An event as the records know it: what a person did, what may be looked up for it, what it changes. `domain.events` applies it."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from fieldapp.domain.care.facts import CareFact, CareKind, MainFact
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.form import Form
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, ConflictId, DeviceId, EventId, FollowUpId, PersonId, SubmissionId, VisitId
from fieldapp.domain.payloads import Payload
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, School, Setting
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit

Record = (
    Child
    | Case
    | Visit
    | Photo
    | FollowUp
    | Submission
    | CareFact
    | Conflict
    | Person
    | School
    | Agency
    | Cause
    | Setting
    | ReceivedList
    | Form
)


@dataclass(frozen=True, slots=True)
class Event:
    """`record` is the id of what the event is about (child, case, visit, photo, follow-up, submission, fact of care, conflict, held event);
    `base_version` is the version of it that the person saw, 0 for a record that the event creates. `made_at` is the device's clock, kept
    for display and never for order."""

    id: EventId
    payload: Payload
    record: str
    base_version: int
    made_at: dt.datetime
    by: PersonId
    device_id: DeviceId | None = None

    @property
    def kind(self) -> str:
        return self.payload.KIND


class EventRefused(Exception):
    """The event cannot be true or cannot be placed: `code` says why, `field` which field to mend (empty: none)."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} {field}".strip())
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Held:
    """An event that the district stored at `recorded_at` without taking it. `decided`: somebody said what becomes of it."""

    event: Event
    recorded_at: dt.datetime
    decided: bool


class Known(Protocol):
    """What `apply` may look up: the records as they stand."""

    def child(self, record_id: ChildId) -> Child | None: ...
    def case(self, record_id: CaseId) -> Case | None: ...
    def visit(self, record_id: VisitId) -> Visit | None: ...
    def photo(self, record_id: str) -> Photo | None: ...
    def follow_up(self, record_id: FollowUpId) -> FollowUp | None: ...
    def submission(self, record_id: SubmissionId) -> Submission | None: ...
    def care(self, kind: CareKind, record_id: CareId) -> MainFact | None: ...
    def conflict(self, record_id: ConflictId) -> Conflict | None: ...
    def open_conflicts(self, child_id: ChildId) -> tuple[Conflict, ...]: ...
    def held(self, event_id: EventId) -> Held | None: ...


@dataclass(frozen=True, slots=True)
class Effect:
    """The records to store, whole, and the conflicts that arose. Only the district makes records of those, and says in them whose word it
    is that stands."""

    records: tuple[Record, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with its place: the district's sequence and time, or on a laptop 'pending' and the device's own time."""

    event: Event
    sequence: int
    recorded_at: dt.datetime
