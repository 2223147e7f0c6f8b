"""What events say, one frozen class a kind. `KIND` is its name on the wire and in tables."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from fieldapp.domain.care.consent import Consent
from fieldapp.domain.care.facts import CareFact, CareStep
from fieldapp.domain.care.goal import Goal
from fieldapp.domain.care.paper import Paper
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.risk import Risk
from fieldapp.domain.care.support import Support
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.child import Child
from fieldapp.domain.follow_up import Attendance, FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, ChildId, ListId, PersonId
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import ListError
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class CaseListed:
    """A row of a received list became a case. `child` is the card to create; an existing card is left as it is."""

    KIND: ClassVar[str] = "case.listed"
    child: Child
    list_id: ListId
    list_type: ListType
    listed_on: dt.date


@dataclass(frozen=True, slots=True)
class CaseChecked:
    """The office looked at the row and found it right (technique T4)."""

    KIND: ClassVar[str] = "case.checked"
    on: dt.date


@dataclass(frozen=True, slots=True)
class CaseMarkedListError:
    KIND: ClassVar[str] = "case.marked_list_error"
    on: dt.date
    reason: ListError


@dataclass(frozen=True, slots=True)
class CaseAssigned:
    """To a school, and within it perhaps already to a person."""

    KIND: ClassVar[str] = "case.assigned"
    on: dt.date
    school_code: str | None
    person_id: PersonId | None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseMerged:
    """The case is a duplicate; `into` is the case that goes on, of the same child or of another card of the same person."""

    KIND: ClassVar[str] = "case.merged"
    on: dt.date
    into: CaseId


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """The import of the list was undone, and the case with it: as if it had never been listed, but for its history."""

    KIND: ClassVar[str] = "case.withdrawn"
    list_id: ListId


@dataclass(frozen=True, slots=True)
class CaseUnmerged:
    """The case was no duplicate of `into` after all: as if the merge had not been, whatever was recorded for either meanwhile."""

    KIND: ClassVar[str] = "case.unmerged"
    on: dt.date
    into: CaseId


@dataclass(frozen=True, slots=True)
class CaseDroppedAgain:
    """A child who was back has left again: the case ends, and `new_case_id` begins, with whom the old one was."""

    KIND: ClassVar[str] = "case.dropped_again"
    on: dt.date
    new_case_id: CaseId
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChildEdited:
    """New values of some fields of a card, in their wire form (text, numbers, true/false, null). `seen` names, for each of these fields
    that an event had set, the event whose value the person saw; their own unsent events count."""

    KIND: ClassVar[str] = "child.edited"
    values: Mapping[str, Any]
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictDecided:
    """Which value the field of a conflict has from now on, in its wire form. `seen` is the event that had set the value that the person
    saw standing, None where no event had. The child is named so that the decision stands even where the conflict is not known: a district
    that was restored may hear of it before it hears again of the edit that caused it."""

    KIND: ClassVar[str] = "conflict.decided"
    child_id: ChildId
    value: Any
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    KIND: ClassVar[str] = "visit.recorded"
    visit: Visit


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    KIND: ClassVar[str] = "photo.added"
    photo: Photo


@dataclass(frozen=True, slots=True)
class FollowUpPlanned:
    KIND: ClassVar[str] = "follow_up.planned"
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class FollowUpClosed:
    KIND: ClassVar[str] = "follow_up.closed"
    state: FollowUpState
    on: dt.date
    attendance: Attendance | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionRecorded:
    """A form was filled to its end."""

    KIND: ClassVar[str] = "submission.recorded"
    submission: Submission


@dataclass(frozen=True, slots=True)
class RiskFound:
    KIND: ClassVar[str] = "risk.found"
    fact: Risk


@dataclass(frozen=True, slots=True)
class SupportGiven:
    KIND: ClassVar[str] = "support.given"
    fact: Support


@dataclass(frozen=True, slots=True)
class GoalSet:
    KIND: ClassVar[str] = "goal.set"
    fact: Goal


@dataclass(frozen=True, slots=True)
class ReferralDrafted:
    KIND: ClassVar[str] = "referral.drafted"
    fact: Referral


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    KIND: ClassVar[str] = "consent.recorded"
    fact: Consent


@dataclass(frozen=True, slots=True)
class TransferAsked:
    KIND: ClassVar[str] = "transfer.asked"
    fact: Transfer


@dataclass(frozen=True, slots=True)
class PaperReturned:
    KIND: ClassVar[str] = "paper.returned"
    fact: Paper


@dataclass(frozen=True, slots=True)
class CareStepped:
    """One of these went on."""

    KIND: ClassVar[str] = "care.stepped"
    fact: CareStep


@dataclass(frozen=True, slots=True)
class HeldDecided:
    """What becomes of an event that the district holds; the record is that event. `take`: it takes effect now, as what its author did on
    its day, for `case_id` where that is not the case it names (a duplicate meanwhile, or forgotten). Otherwise it stays as it is."""

    KIND: ClassVar[str] = "held.decided"
    take: bool
    note: str = ""
    case_id: CaseId | None = None


CarePayload = RiskFound | SupportGiven | GoalSet | ReferralDrafted | ConsentRecorded | TransferAsked | PaperReturned | CareStepped
Payload = (
    CaseListed
    | CaseChecked
    | CaseMarkedListError
    | CaseAssigned
    | CaseMerged
    | CaseWithdrawn
    | CaseUnmerged
    | CaseDroppedAgain
    | ChildEdited
    | ConflictDecided
    | VisitRecorded
    | PhotoAdded
    | FollowUpPlanned
    | FollowUpClosed
    | SubmissionRecorded
    | CarePayload
    | HeldDecided
)
# By the fact that it records.
CARE_PAYLOADS: dict[type[CareFact], type[CarePayload]] = {
    Risk: RiskFound,
    Support: SupportGiven,
    Goal: GoalSet,
    Referral: ReferralDrafted,
    Consent: ConsentRecorded,
    Transfer: TransferAsked,
    Paper: PaperReturned,
    CareStep: CareStepped,
}
PAYLOADS: tuple[type[Payload], ...] = (
    CaseListed,
    CaseChecked,
    CaseMarkedListError,
    CaseAssigned,
    CaseMerged,
    CaseWithdrawn,
    CaseUnmerged,
    CaseDroppedAgain,
    ChildEdited,
    ConflictDecided,
    VisitRecorded,
    PhotoAdded,
    FollowUpPlanned,
    FollowUpClosed,
    SubmissionRecorded,
    *CARE_PAYLOADS.values(),
    HeldDecided,
)


def care_payload(fact: CareFact) -> CarePayload:
    """What is said when this is recorded."""
    return CARE_PAYLOADS[type(fact)](fact)  # type: ignore[arg-type]
