"""Events: everything a person does, and `apply`, the only code that changes a record.

It runs on the laptop at once, on the server when the event arrives, and again on the laptop when fresher records are pulled
under events that still wait. Applying an event twice gives the same records as applying it once.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from fieldapp.domain.case import Case
from fieldapp.domain.child import EDITABLE_FIELDS, Child, Sex
from fieldapp.domain.conflict import Conflict, Word, conflict_id, field_of, followed, opened, wire_value
from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.form import Form
from fieldapp.domain.identifiers import CaseId, ChildId, ConflictId, DeviceId, EventId, FollowUpId, PersonId, SubmissionId, VisitId
from fieldapp.domain.merge import Merged, decide, merge
from fieldapp.domain.payloads import (
    CaseAssigned,
    CaseChecked,
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
    Payload,
    PhotoAdded,
    SubmissionRecorded,
    VisitRecorded,
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, School, Setting
from fieldapp.domain.states import PENDING_SEQUENCE, CaseState, CaseStep, ListError
from fieldapp.domain.submission import Submission
from fieldapp.domain.submission import problems as submission_problems
from fieldapp.domain.thai_dates import Precision
from fieldapp.domain.visit import Visit, problems, resulting_state

Record = Child | Case | Visit | Photo | FollowUp | Submission | Conflict | Person | School | Agency | Cause | Setting | ReceivedList | Form

# A device clock may be a little ahead of the district's, and midnight may lie between them.
_CLOCK_TOLERANCE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """`record` is the id of what the event is about (child, case, visit, photo, follow-up, submission, conflict, held event);
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


def apply(event: Event, known: Known, *, sequence: int = PENDING_SEQUENCE, recorded_at: dt.datetime | None = None) -> Effect:
    """What the event changes. Raises EventRefused where it cannot be applied to what is known."""
    placed = Placed(event, sequence, recorded_at or event.made_at)
    handler: Callable[[Placed, Any, Known], Effect] = _HANDLERS[type(event.payload)]
    return handler(placed, event.payload, known)


def _listed(placed: Placed, payload: CaseListed, known: Known) -> Effect:
    child = known.child(payload.child.id) or payload.child
    case = known.case(CaseId(placed.event.record)) or Case(
        id=CaseId(placed.event.record),
        child_id=child.id,
        list_id=payload.list_id,
        list_type=payload.list_type,
        listed_on=payload.listed_on,
        version=0,
    )
    return Effect((child, case.with_step(_step(placed, CaseState.LISTED, payload.listed_on))))


def _checked(placed: Placed, payload: CaseChecked, known: Known) -> Effect:
    return Effect((_open_case(placed, known).with_step(_step(placed, CaseState.CHECKED, payload.on)),))


def _marked_list_error(placed: Placed, payload: CaseMarkedListError, known: Known) -> Effect:
    step = _step(placed, CaseState.LIST_ERROR, payload.on, reason=payload.reason.value)
    return Effect((_open_case(placed, known).with_step(step),))


def _assigned(placed: Placed, payload: CaseAssigned, known: Known) -> Effect:
    if not payload.school_code and not payload.person_id:
        raise EventRefused("missing", "person_id")
    step = _step(
        placed,
        CaseState.ASSIGNED,
        payload.on,
        school_code=payload.school_code,
        person_id=payload.person_id,
        due_on=payload.due_on,
    )
    return Effect((_open_case(placed, known).with_step(step),))


def _merged(placed: Placed, payload: CaseMerged, known: Known) -> Effect:
    case = _case(placed, known)
    if payload.into == case.id:
        raise EventRefused("wrong_value", "into")
    if case.merged_into == payload.into:
        return Effect(())  # twice is once
    survivor = known.case(payload.into)
    if survivor is None:
        raise EventRefused("unknown_record", "into")
    if survivor.merged_into:
        raise EventRefused("merged", "into")
    if survivor.withdrawn:
        raise EventRefused("withdrawn", "into")
    step = _step(placed, CaseState.LIST_ERROR, payload.on, reason=ListError.DUPLICATE.value, merged_into=survivor.id)
    return Effect((_open_case(placed, known).with_step(step),))


def _withdrawn(placed: Placed, payload: CaseWithdrawn, known: Known) -> Effect:
    case = _case(placed, known)
    if case.list_id != payload.list_id:
        raise EventRefused("mismatch", "list_id")
    if case.withdrawn:
        return Effect(())  # twice is once
    # From its first day on, so that no date is left on which it counts.
    return Effect((_open_case(placed, known).with_step(_step(placed, CaseState.WITHDRAWN, case.listed_on)),))


def _unmerged(placed: Placed, payload: CaseUnmerged, known: Known) -> Effect:
    case = _case(placed, known)
    if not case.merged_into:
        return Effect(())  # twice is once
    if case.merged_into != payload.into:
        raise EventRefused("mismatch", "into")
    return Effect((case.unmerged(),))


def _edited(placed: Placed, payload: ChildEdited, known: Known) -> Effect:
    event = placed.event
    child = known.child(ChildId(event.record))
    if child is None:
        raise EventRefused("unknown_record", "record")
    values = _child_values(payload)
    merged = merge(child, event.id, payload.seen, values)
    word = _word(event)
    # An own earlier value that waits as well: the newer one takes its place before whoever decides.
    own = [known.conflict(conflict_id(EventId(payload.seen[name]), name)) for name in merged.conflicting if name in payload.seen]
    replaced = tuple(one.decided(word, wire_value(values[one.field])) for one in own if one is not None and one.is_open)
    return _card_effect(merged, values, word, known.open_conflicts(child.id), replaced)


def _decided(placed: Placed, payload: ConflictDecided, known: Known) -> Effect:
    event = placed.event
    child = known.child(payload.child_id)
    if child is None:
        raise EventRefused("unknown_record", "child_id")
    conflict = known.conflict(ConflictId(event.record))
    if conflict is not None and conflict.child_id != child.id:
        raise EventRefused("mismatch", "child_id")
    field = field_of(ConflictId(event.record))
    value = child_value(field, payload.value)
    merged = decide(child, event.id, field, payload.seen, value)
    word = _word(event)
    # Where something else came meanwhile, the question goes over into a new conflict, and this one is answered all the same.
    answered = (conflict.decided(word, wire_value(value)),) if conflict is not None and conflict.is_open else ()
    others = [one for one in known.open_conflicts(child.id) if one.id != event.record]
    return _card_effect(merged, {field: value}, word, others, answered)


def _card_effect(
    merged: Merged, values: Mapping[str, Any], word: Word, waiting: Iterable[Conflict], answered: tuple[Conflict, ...]
) -> Effect:
    """The card, what is decided by this, and what is to be decided; `waiting` are the card's open conflicts."""
    touched = (*answered, *followed(waiting, merged.child, merged.changed, word))
    arisen = tuple(opened(merged.child, name, values[name], word) for name in merged.conflicting)
    return Effect(((merged.child,) if merged.changed else ()) + touched, arisen)


def _word(event: Event) -> Word:
    return Word(event.id, event.by, event.made_at)


def _visited(placed: Placed, payload: VisitRecorded, known: Known) -> Effect:
    visit = payload.visit
    case = known.case(visit.case_id)
    if case is None:
        raise EventRefused("unknown_record", "case_id")
    if visit.id != placed.event.record or visit.child_id != case.child_id:
        raise EventRefused("mismatch", "record")
    for problem in problems(visit, (placed.recorded_at + _CLOCK_TOLERANCE).date()):
        raise EventRefused(problem.code, problem.field)
    state, list_error = resulting_state(visit)
    step = _step(
        placed,
        state,
        visit.visited_on,
        visit_id=visit.id,
        reason=list_error.value if list_error else None,
        main_cause=visit.main_cause,
    )
    if visit.supersedes:
        case = _without_visit(case, visit.supersedes)
    return Effect((visit, case.with_step(step)))


def _without_visit(case: Case, visit_id: VisitId) -> Case:
    return replace(case, steps=tuple(step for step in case.steps if step.visit_id != visit_id))


def _photo_added(placed: Placed, payload: PhotoAdded, known: Known) -> Effect:
    photo = payload.photo
    visit = known.visit(photo.visit_id)
    if visit is None:
        raise EventRefused("unknown_record", "visit_id")
    if photo.id != placed.event.record or photo.case_id != visit.case_id:
        raise EventRefused("mismatch", "record")
    # One that is known may be stored by now; that is the district's word, and the event that made it says nothing against it.
    return Effect((known.photo(photo.id) or replace(photo, stored=False),))


def _planned(placed: Placed, payload: FollowUpPlanned, known: Known) -> Effect:
    follow_up = payload.follow_up
    if known.case(follow_up.case_id) is None:
        raise EventRefused("unknown_record", "case_id")
    if follow_up.id != placed.event.record:
        raise EventRefused("mismatch", "record")
    return Effect((known.follow_up(follow_up.id) or follow_up,))


def _closed(placed: Placed, payload: FollowUpClosed, known: Known) -> Effect:
    follow_up = known.follow_up(FollowUpId(placed.event.record))
    if follow_up is None:
        raise EventRefused("unknown_record", "record")
    if payload.state is FollowUpState.OPEN:
        raise EventRefused("not_allowed", "state")
    if follow_up.state is payload.state:
        return Effect(())
    return Effect((replace(follow_up, state=payload.state, closed_on=payload.on, version=follow_up.version + 1),))


def _submitted(placed: Placed, payload: SubmissionRecorded, known: Known) -> Effect:
    submission = payload.submission
    if submission.case_id is not None:
        case = known.case(submission.case_id)
        if case is None:
            raise EventRefused("unknown_record", "case_id")
        if submission.child_id != case.child_id:
            raise EventRefused("mismatch", "record")
    if submission.id != placed.event.record:
        raise EventRefused("mismatch", "record")
    for problem in submission_problems(submission, (placed.recorded_at + _CLOCK_TOLERANCE).date()):
        raise EventRefused(problem.code, problem.field)
    return Effect((submission,))


def _held_decided(placed: Placed, payload: HeldDecided, known: Known) -> Effect:
    held = known.held(EventId(placed.event.record))
    if held is None:
        raise EventRefused("unknown_record", "record")
    if held.decided:
        raise EventRefused("already_decided", "record")
    if not payload.take:
        return Effect(())
    if isinstance(held.event.payload, HeldDecided):
        raise EventRefused("not_allowed", "take")
    event = _for_case(held.event, payload.case_id, known)
    handler: Callable[[Placed, Any, Known], Effect] = _HANDLERS[type(event.payload)]
    return handler(Placed(event, placed.sequence, held.recorded_at), event.payload, known)


def _for_case(event: Event, case_id: CaseId | None, known: Known) -> Event:
    """A held event as it is about this case and its child. A photo goes with its visit, wherever that went."""
    match event.payload:
        case PhotoAdded(photo=photo):
            its_visit = known.visit(photo.visit_id)
            return replace(event, payload=PhotoAdded(replace(photo, case_id=its_visit.case_id))) if its_visit else event
        case VisitRecorded(visit=visit):
            case = _going_on(case_id or visit.case_id, known)
            return replace(event, payload=VisitRecorded(replace(visit, case_id=case.id, child_id=case.child_id)))
        case FollowUpPlanned(follow_up=follow_up):
            return replace(event, payload=FollowUpPlanned(replace(follow_up, case_id=_going_on(case_id or follow_up.case_id, known).id)))
        case SubmissionRecorded(submission=submission) if about := case_id or submission.case_id:
            case = _going_on(about, known)
            return replace(event, payload=SubmissionRecorded(replace(submission, case_id=case.id, child_id=case.child_id)))
        case ChildEdited() if case_id:
            child_id = _going_on(case_id, known).child_id
            # Of the other card, what its author saw says nothing about this one.
            return event if event.record == child_id else replace(event, record=child_id, payload=replace(event.payload, seen={}))
        case _:
            return event


def _going_on(case_id: CaseId, known: Known) -> Case:
    """The case, which must be neither a duplicate nor withdrawn: nobody would see what is recorded for it."""
    case = known.case(case_id)
    if case is None:
        raise EventRefused("unknown_record", "case_id")
    if case.merged_into:
        raise EventRefused("merged", "case_id")
    if case.withdrawn:
        raise EventRefused("withdrawn", "case_id")
    return case


_HANDLERS: dict[type, Callable[[Placed, Any, Known], Effect]] = {
    CaseListed: _listed,
    CaseChecked: _checked,
    CaseMarkedListError: _marked_list_error,
    CaseAssigned: _assigned,
    CaseMerged: _merged,
    CaseWithdrawn: _withdrawn,
    CaseUnmerged: _unmerged,
    ChildEdited: _edited,
    ConflictDecided: _decided,
    VisitRecorded: _visited,
    PhotoAdded: _photo_added,
    FollowUpPlanned: _planned,
    FollowUpClosed: _closed,
    SubmissionRecorded: _submitted,
    HeldDecided: _held_decided,
}


def _case(placed: Placed, known: Known) -> Case:
    case = known.case(CaseId(placed.event.record))
    if case is None:
        raise EventRefused("unknown_record", "record")
    return case


def _open_case(placed: Placed, known: Known) -> Case:
    """The case, which must still be one of its own."""
    case = _case(placed, known)
    if case.merged_into:
        raise EventRefused("merged", "record")
    if case.withdrawn:
        raise EventRefused("withdrawn", "record")
    return case


def _step(placed: Placed, state: CaseState, on: dt.date, **details: Any) -> CaseStep:
    return CaseStep(placed.event.id, state, on, placed.event.by, placed.recorded_at, placed.sequence, **details)


def _child_values(payload: ChildEdited) -> dict[str, Any]:
    """The values as the card holds them; raises EventRefused for a field that is not the card's or a value that is not the field's."""
    return {name: child_value(name, value) for name, value in payload.values.items()}


def child_value(name: str, value: Any) -> Any:
    """The value of a card's field from its wire form. Raises EventRefused: unknown_field, wrong_value."""
    if name not in EDITABLE_FIELDS:
        raise EventRefused("unknown_field", name)
    try:
        match name:
            case "birth_on":
                return None if value is None else dt.date.fromisoformat(value)
            case "birth_precision":
                return Precision(value)
            case "sex":
                return Sex(value)
            case "finished_grade_9" if isinstance(value, bool):
                return value
            case _ if isinstance(value, str) and name != "finished_grade_9":
                return value
    except (ValueError, TypeError):
        pass
    raise EventRefused("wrong_value", name)
