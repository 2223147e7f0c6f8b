"""A follow-up: something a person promised to do for a child by a date."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CaseId, FollowUpId, PersonId, VisitId


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class FollowUpReason(StrEnum):
    """Why it is due: somebody promised it, a child is back and the district's rule wants it looked after, a reply is waited for."""

    PROMISE = "promise"
    AFTER_RETURN = "after_return"
    REPLY = "reply"


class Attendance(StrEnum):
    """How a child who is back comes to school."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    NOT_ATTENDING = "not_attending"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`attendance` and `closing_note` are what was seen when it was done."""

    id: FollowUpId
    case_id: CaseId
    due_on: dt.date
    owner_id: PersonId
    note: str = ""
    visit_id: VisitId | None = None
    state: FollowUpState = FollowUpState.OPEN
    closed_on: dt.date | None = None
    version: int = 1
    reason: FollowUpReason = FollowUpReason.PROMISE
    attendance: Attendance | None = None
    closing_note: str = ""
