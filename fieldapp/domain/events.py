"""Events: everything a person does, and `apply`, the only code that changes a record.

It runs on the laptop at once, on the server when the event arrives, and again on the laptop when fresher records are pulled
under events that still wait. Applying an event twice gives the same records as applying it once.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from fieldapp.domain.care.facts import CareKind, CareStep, MainFact
from fieldapp.domain.care.facts import problems as care_problems
from fieldapp.domain.care.following import ended_risks, found_risks
from fieldapp.domain.care.moving import moved
from fieldapp.domain.case import Case
from fieldapp.domain.child import EDITABLE_FIELDS, Sex
from fieldapp.domain.conflict import Conflict, Word, conflict_id, field_of, followed, opened, wire_value
from fieldapp.domain.event import Effect, Event, EventRefused, Known, Placed
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import CaseId, ChildId, ConflictId, EventId, FollowUpId, VisitId
from fieldapp.domain.merge import Merged, decide, merge
from fieldapp.domain.payloads import (
    CarePayload,
    CareStepped,
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
    care_payload,
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import PENDING_SEQUENCE, CaseState, CaseStep, ListError
from fieldapp.domain.submission import Submission
from fieldapp.domain.submission import problems as submission_problems
from fieldapp.domain.thai_dates import Precision
from fieldapp.domain.visit import Visit, problems, resulting_state

# A device clock may be a little ahead of the district's, and midnight may lie between them.
_CLOCK_TOLERANCE = dt.timedelta(days=1)


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


def _dropped_again(placed: Placed, payload: CaseDroppedAgain, known: Known) -> Effect:
    case = _open_case(placed, known)
    ended = case.with_step(_step(placed, CaseState.DROPPED_AGAIN, payload.on, reason=payload.new_case_id))
    begun = known.case(payload.new_case_id)
    if begun is None:
        if case.state is not CaseState.RETURNED:
            raise EventRefused("not_allowed", "record")
        # On the list from which the first one came: there is no other.
        begun = Case(payload.new_case_id, case.child_id, case.list_id, ListType.DROPPED_AGAIN, payload.on, version=0)
    elif begun.child_id != case.child_id or begun.list_type is not ListType.DROPPED_AGAIN:
        raise EventRefused("mismatch", "new_case_id")
    if case.school_code or case.assignee_id:
        step = _step(placed, CaseState.ASSIGNED, payload.on, school_code=case.school_code, person_id=case.assignee_id)
    else:
        step = _step(placed, CaseState.LISTED, payload.on)
    return Effect((ended, begun.with_step(step)))


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
    if [photo.visit_id, photo.submission_id, photo.paper_id].count(None) != 2 or not photo.belongs_to:
        raise EventRefused("wrong_value", "photo.visit_id")
    owner = _owner_of(photo, known)
    if owner is None:
        raise EventRefused("unknown_record", next(name for name in ("visit_id", "submission_id", "paper_id") if getattr(photo, name)))
    if photo.id != placed.event.record or photo.case_id != owner.case_id:
        raise EventRefused("mismatch", "record")
    # One that is known may be stored by now; that is the district's word, and the event that made it says nothing against it.
    return Effect((known.photo(photo.id) or replace(photo, stored=False),))


def _owner_of(photo: Photo, known: Known) -> Visit | Submission | MainFact | None:
    if photo.visit_id:
        return known.visit(photo.visit_id)
    if photo.paper_id:
        return known.care(CareKind.PAPER, photo.paper_id)
    return known.submission(photo.submission_id) if photo.submission_id else None


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
    closed = replace(
        follow_up,
        state=payload.state,
        closed_on=payload.on,
        attendance=payload.attendance,
        closing_note=payload.note,
        version=follow_up.version + 1,
    )
    return Effect((closed,))


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
    if submission.risks and submission.case_id is None:
        raise EventRefused("not_allowed", "submission.risks")
    corrected = known.submission(submission.supersedes) if submission.supersedes else None
    return Effect((submission, *found_risks(submission), *(ended_risks(corrected, submission) if corrected else ())))


def _cared(placed: Placed, payload: CarePayload, known: Known) -> Effect:
    fact = payload.fact
    case = known.case(fact.case_id)
    if case is None:
        raise EventRefused("unknown_record", "case_id")
    if fact.id != placed.event.record or fact.child_id != case.child_id:
        raise EventRefused("mismatch", "record")
    for problem in care_problems(fact, (placed.recorded_at + _CLOCK_TOLERANCE).date()):
        raise EventRefused(problem.code, f"fact.{problem.field}")
    if not isinstance(fact, CareStep):
        return Effect((fact,))
    of = known.care(fact.of_kind, fact.of)
    if of is None:
        raise EventRefused("unknown_record", "of")
    if of.case_id != case.id:
        raise EventRefused("mismatch", "of")
    gone_on = moved(of, fact, case, lambda state, **details: _step(placed, state, fact.on, **details))
    return Effect((fact, gone_on) if gone_on else (fact,))


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
    """A held event as it is about this case and its child. A photo goes with its visit or form, wherever that went."""
    match event.payload:
        case PhotoAdded(photo=photo):
            owner = _owner_of(photo, known)
            return replace(event, payload=PhotoAdded(replace(photo, case_id=owner.case_id))) if owner and owner.case_id else event
        case VisitRecorded(visit=visit):
            case = _going_on(case_id or visit.case_id, known)
            return replace(event, payload=VisitRecorded(replace(visit, case_id=case.id, child_id=case.child_id)))
        case FollowUpPlanned(follow_up=follow_up):
            return replace(event, payload=FollowUpPlanned(replace(follow_up, case_id=_going_on(case_id or follow_up.case_id, known).id)))
        case SubmissionRecorded(submission=submission) if about := case_id or submission.case_id:
            case = _going_on(about, known)
            return replace(event, payload=SubmissionRecorded(replace(submission, case_id=case.id, child_id=case.child_id)))
        case CareStepped(fact=step) if main := known.care(step.of_kind, step.of):
            return replace(event, payload=CareStepped(replace(step, case_id=main.case_id, child_id=main.child_id)))
        case payload if isinstance(payload, CarePayload):
            fact = payload.fact
            case = _going_on(case_id or fact.case_id, known)
            return replace(event, payload=care_payload(replace(fact, case_id=case.id, child_id=case.child_id)))
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
    CaseDroppedAgain: _dropped_again,
    ChildEdited: _edited,
    ConflictDecided: _decided,
    VisitRecorded: _visited,
    PhotoAdded: _photo_added,
    FollowUpPlanned: _planned,
    FollowUpClosed: _closed,
    SubmissionRecorded: _submitted,
    HeldDecided: _held_decided,
    **dict.fromkeys(get_args(CarePayload), _cared),
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
