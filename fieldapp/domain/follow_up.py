"""A follow-up: something a person promised to do for a child by a date."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CaseId, FollowUpId, PersonId, VisitId


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FollowUp:
    id: FollowUpId
    case_id: CaseId
    due_on: dt.date
    owner_id: PersonId
    note: str = ""
    visit_id: VisitId | None = None
    state: FollowUpState = FollowUpState.OPEN
    closed_on: dt.date | None = None
    version: int = 1
