"""Whether an event that a laptop sent may be taken: from this person, about this case, with values that can be kept.

Pure: looks at the event, the caller and what is known. `domain.events.apply` then decides whether the event makes sense.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import Enum

from fieldapp.domain.care.facts import KIND_OF, CareKind, CareStep
from fieldapp.domain.care.transfer import TransferState
from fieldapp.domain.case import Case
from fieldapp.domain.event import Event, Record
from fieldapp.domain.identifiers import CaseId, EventId, FollowUpId, SubmissionId
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
)
from fieldapp.domain.photo import Photo
from fieldapp.domain.submission import Submission
from fieldapp.server.access.scope import Caller
from fieldapp.server.write_path.heads import home_case
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.wire.messages import MAX_PHOTO_BYTES

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
# A laptop or camera whose clock was reset still tells something; a time beyond these no table can hold.
_EARLIEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
_MAX_PIXELS = 100_000
_OF_THE_OFFICE = CaseListed | CaseChecked | CaseMarkedListError | CaseAssigned | CaseMerged | CaseUnmerged | CaseWithdrawn | HeldDecided

_OF_A_CASE = CaseListed | CaseChecked | CaseMarkedListError | CaseAssigned | CaseMerged | CaseUnmerged | CaseWithdrawn | CaseDroppedAgain


class Verdict(Enum):
    TAKE = "take"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Admission:
    verdict: Verdict
    code: str = ""
    field: str = ""


_TAKE = Admission(Verdict.TAKE)
_HOLD = Admission(Verdict.HOLD, "no_longer_yours")
# What a refusal says where the case, or that it was this person's, is not known.
_FORGOTTEN = frozenset({("not_yours", "case_id"), ("unknown_record", "case_id"), ("unknown_record", "record"), ("not_allowed", "kind")})
_HOLD_MERGED = Admission(Verdict.HOLD, "merged")
_HOLD_WITHDRAWN = Admission(Verdict.HOLD, "withdrawn")


def case_of(event: Event, known: KnownRecords) -> tuple[str | None, Case | None]:
    """The id of the case that an event is about, and the case where it is known. What is about a card is about the child's home case."""
    match event.payload:
        case (
            CaseListed()
            | CaseChecked()
            | CaseMarkedListError()
            | CaseAssigned()
            | CaseMerged()
            | CaseUnmerged()
            | CaseWithdrawn()
            | CaseDroppedAgain()
        ):
            case_id: str | None = event.record
        case ChildEdited():
            return _home(event.record, known)
        case ConflictDecided(child_id=child_id):
            return _home(child_id, known)
        case VisitRecorded(visit=visit):
            case_id = visit.case_id
        case PhotoAdded(photo=photo):
            case_id = photo.case_id
        case FollowUpPlanned(follow_up=follow_up):
            case_id = follow_up.case_id
        case SubmissionRecorded(submission=submission):
            case_id = submission.case_id
        case payload if isinstance(payload, CarePayload):
            case_id = payload.fact.case_id
        case FollowUpClosed():
            found = known.follow_up(FollowUpId(event.record))
            case_id = found.case_id if found else known.held_case_of(event.record)
        case HeldDecided(case_id=instead):
            held = known.held(EventId(event.record))
            if held is None:
                return instead, None
            if instead is None:
                return case_of(held.event, known)
            case_id = instead
    return case_id, known.case(CaseId(case_id)) if case_id else None


def _home(child_id: str, known: KnownRecords) -> tuple[str | None, Case | None]:
    home = home_case(known.cases_of(child_id))
    return (home.id, home) if home else (None, None)


def admit(caller: Caller, event: Event, known: KnownRecords) -> Admission:
    """Take, hold for the office, or refuse with a code and the field."""
    if event.by != caller.person_id:
        return _refuse("not_yours", "by")
    if isinstance(event.payload, _OF_THE_OFFICE) and not caller.whole_district:
        return _refuse("not_allowed", "kind")
    unfit = _unfit(event)
    if unfit:
        return _refuse("wrong_value", unfit)
    if isinstance(event.payload, CaseListed):
        return _other_content(event, known) or _TAKE
    if isinstance(event.payload, HeldDecided):
        return _TAKE
    if isinstance(event.payload, VisitRecorded) and event.payload.visit.by != caller.person_id:
        return _refuse("not_yours", "visit.by")
    if isinstance(event.payload, SubmissionRecorded):
        submission = event.payload.submission
        if submission.by != caller.person_id:
            return _refuse("not_yours", "submission.by")
        if submission.case_id is None:
            return _of_school(caller, submission) or _other_content(event, known) or _TAKE
    if isinstance(event.payload, CarePayload):
        fact = event.payload.fact
        if fact.by != caller.person_id:
            return _refuse("not_yours", "fact.by")
        if isinstance(fact, CareStep) and fact.state == TransferState.ACCEPTED and not caller.whole_district:
            # It gives the case to another school.
            return _refuse("not_allowed", "fact.state")
    if isinstance(event.payload, PhotoAdded) and event.payload.photo.case_id is None:
        about = known.submission(SubmissionId(event.payload.photo.belongs_to))
        if about is None:
            return _refuse("unknown_record", "submission_id")
        return _of_school(caller, about) or _other_content(event, known) or _TAKE
    _, case = case_of(event, known)
    if case is None:
        return _refuse("unknown_record", _unknown(event))
    cases = known.cases_of(case.child_id) if isinstance(event.payload, ChildEdited | ConflictDecided) else (case,)
    if not any(caller.covers(each) for each in cases):
        once = [each for each in cases if caller.once_covered(each)]
        if not once:
            return _refuse("not_yours", "case_id")
        if all(each.withdrawn for each in once):
            return _HOLD_WITHDRAWN
        return _HOLD_MERGED if all(each.merged_into for each in once) else _HOLD
    if case.withdrawn and not isinstance(event.payload, _OF_THE_OFFICE):
        return _HOLD_WITHDRAWN
    if case.merged_into and not isinstance(event.payload, _OF_THE_OFFICE | ChildEdited | ConflictDecided):
        # Also what the office itself recorded: it belongs to the case that goes on, and a person must look where to put it.
        return _HOLD_MERGED
    if _waits_for_held(event, known):
        return _HOLD
    return _other_content(event, known) or _TAKE


def hold(admission: Admission, event: Event, known: KnownRecords, code: str) -> Admission:
    """The same, but nothing is taken: it waits in the inbox, if there is a case that it can wait for. A decision about what waits there is
    not: nobody could decide about it."""
    if admission.verdict is Verdict.REFUSE:
        return admission
    if isinstance(event.payload, HeldDecided):
        return _refuse("not_allowed", "kind")
    _, case = case_of(event, known)
    return Admission(Verdict.HOLD, code) if case else _refuse("not_allowed", "kind")


def hold_forgotten(admission: Admission) -> Admission:
    """The district took this once, and was put back from a backup since: if it does not know the case any more, or whose it was, a person
    looks at it. It must not be lost, and its sender has done nothing wrong."""
    no_longer_known = admission.verdict is Verdict.REFUSE and (admission.code, admission.field) in _FORGOTTEN
    return Admission(Verdict.HOLD, "forgotten") if no_longer_known else admission


def goes_with(event: Event, known: KnownRecords) -> str | None:
    """The record that waits in the inbox as well, and what becomes of it becomes of this: a photo's visit, form or paper, the plan that
    is closed."""
    match event.payload:
        case PhotoAdded(photo=photo):
            return photo.belongs_to if _is_held(photo, known) else None
        case FollowUpPlanned(follow_up=follow_up) if follow_up.visit_id:
            wanted = follow_up.visit_id
        case CareStepped(fact=step):
            return step.of if known.care(step.of_kind, step.of) is None and known.held_case_of(step.of) else None
        case FollowUpClosed():
            return event.record if known.held_case_of(event.record) else None
        case _:
            return None
    return wanted if known.visit(wanted) is None and known.held_case_of(wanted) else None


def _waits_for_held(event: Event, known: KnownRecords) -> bool:
    """What it belongs to waits in the inbox, and the two must not be parted: a photo's visit or form, the plan of a follow-up that is
    closed."""
    match event.payload:
        case PhotoAdded(photo=photo):
            return _is_held(photo, known)
        case CareStepped(fact=step):
            return known.care(step.of_kind, step.of) is None and known.held_case_of(step.of) is not None
        case FollowUpClosed():
            return known.held_case_of(event.record) is not None
        case _:
            return False


def _is_held(photo: Photo, known: KnownRecords) -> bool:
    """Whether what the photo belongs to waits in the inbox."""
    here: Record | None
    if photo.visit_id:
        here = known.visit(photo.visit_id)
    elif photo.paper_id:
        here = known.care(CareKind.PAPER, photo.paper_id)
    else:
        here = known.submission(SubmissionId(photo.belongs_to))
    return here is None and known.held_case_of(photo.belongs_to) is not None


def _of_school(caller: Caller, submission: Submission) -> Admission | None:
    """About a school writes who is of it, or was when they filled it, and the district."""
    schools = {caller.school_code, *(school for _, school in caller.past)}
    return None if caller.whole_district or submission.school_code in schools else _refuse("not_yours", "submission.school_code")


def _unknown(event: Event) -> str:
    """The field that names what is not known."""
    if isinstance(event.payload, ConflictDecided):
        return "child_id"
    return "record" if isinstance(event.payload, ChildEdited | FollowUpClosed) else "case_id"


def _other_content(event: Event, known: KnownRecords) -> Admission | None:
    """Facts are only ever added: an id that is taken may come again, but only with what it already says."""
    taken: Record | None
    match event.payload:
        case VisitRecorded(visit=visit):
            taken, same = known.visit(visit.id), known.visit(visit.id) == visit
        case PhotoAdded(photo=photo):
            taken, same = known.photo(photo.id), _same_photo(known.photo(photo.id), photo)
        case FollowUpPlanned(follow_up=follow_up):
            planned = known.follow_up(follow_up.id)
            taken, same = planned, planned is not None and planned.case_id == follow_up.case_id
        case SubmissionRecorded(submission=submission):
            taken, same = known.submission(submission.id), known.submission(submission.id) == submission
        case payload if isinstance(payload, CarePayload):
            fact = payload.fact
            taken = known.care_step(fact.id) if isinstance(fact, CareStep) else known.care(KIND_OF[type(fact)], fact.id)
            same = taken == fact
        case CaseListed(child=child):
            case = known.case(CaseId(event.record))
            taken, same = case, case is not None and case.child_id == child.id
        case _:
            return None
    return _refuse("different_content", "record") if taken is not None and not same else None


def _same_photo(held: Photo | None, photo: Photo) -> bool:
    return held is not None and replace(held, stored=False, version=photo.version) == replace(photo, stored=False)


def _unfit(event: Event) -> str:
    """The field whose value no table could hold, or ''."""
    if not _EARLIEST < event.made_at < _LATEST:
        return "made_at"
    match event.payload:
        case PhotoAdded(photo=photo):
            return _unfit_photo(photo)
        case FollowUpPlanned(follow_up=follow_up):
            return "" if follow_up.version == 1 else "follow_up.version"
        case CaseListed(child=child):
            return "" if child.version == 1 else "child.version"
        case _:
            return ""


def _unfit_photo(photo: Photo) -> str:
    if not _SHA256.match(photo.sha256):
        return "photo.sha256"
    if not 0 < photo.size <= MAX_PHOTO_BYTES:
        return "photo.size"
    if photo.media_type not in _PICTURES:
        return "photo.media_type"
    if not (0 < photo.width <= _MAX_PIXELS and 0 < photo.height <= _MAX_PIXELS):
        return "photo.width"
    if photo.taken_at and (photo.taken_at.tzinfo is None or not _EARLIEST < photo.taken_at < _LATEST):
        return "photo.taken_at"
    return "" if photo.version == 1 else "photo.version"


def _refuse(code: str, field: str) -> Admission:
    return Admission(Verdict.REFUSE, code, field)
