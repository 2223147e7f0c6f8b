"""Where a case stands: the states of the tracing work, and how dated steps fold into one state at a date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CaseId, EventId, PersonId, VisitId

# Steps made on this device carry it until the district has given them their place in the sequence.
PENDING_SEQUENCE = 2**53 - 1


class CaseState(StrEnum):
    LISTED = "listed"
    CHECKED = "checked"
    LIST_ERROR = "list_error"
    ASSIGNED = "assigned"
    TRACING = "tracing"
    FOUND = "found"
    NOT_FOUND = "not_found"
    WANTS_RETURN = "wants_return"
    RETURNED = "returned"
    NOT_RETURNED = "not_returned"
    REFERRED = "referred"
    DROPPED_AGAIN = "dropped_again"
    WITHDRAWN = "withdrawn"  # the import that listed it was undone: it counts nowhere, on no date


# Office steps before anyone has gone out. They never overrule what was seen in the field: a child who
# is found and then moved to another teacher stays found.
_INTAKE = frozenset({CaseState.LISTED, CaseState.CHECKED, CaseState.ASSIGNED})


# Where the work on a case has its answer; a due date that passes after that is no fault of anyone's.
_SETTLED = frozenset({CaseState.RETURNED, CaseState.NOT_RETURNED, CaseState.LIST_ERROR, CaseState.WITHDRAWN})
# The states of cases that there are for lists, filters and figures.
COUNTED: tuple[CaseState, ...] = tuple(state for state in CaseState if state is not CaseState.WITHDRAWN)


def owes_answer(state: CaseState) -> bool:
    """Whether someone still has to find out or do something: also for a child who wants to return or was not found."""
    return state not in _SETTLED


def phase_of(state: CaseState) -> int:
    """0 for intake by the office, 1 for what the field work established."""
    return 0 if state in _INTAKE else 1


class ListError(StrEnum):
    """Why a row of a received list is not a child to be traced (domain §3.3)."""

    DUPLICATE = "duplicate"
    WRONG_ID = "wrong_id"
    STUDYING_ELSEWHERE = "studying_elsewhere"
    DECEASED = "deceased"
    OTHER_DISTRICT = "other_district"


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One dated change in a case's life; steps are never changed or removed.

    `on` is the day in the world (the day of the visit), `recorded_at` the district's time of recording, `sequence` the
    district's order. An assignment is a step whose `school_code`, `person_id` and `due_on` say to whom and until when; a merge one
    whose `merged_into` names the case that goes on instead.
    """

    event_id: EventId
    state: CaseState
    on: dt.date
    by: PersonId | None
    recorded_at: dt.datetime
    sequence: int = PENDING_SEQUENCE
    visit_id: VisitId | None = None
    reason: str | None = None
    main_cause: str | None = None
    school_code: str | None = None
    person_id: PersonId | None = None
    due_on: dt.date | None = None
    merged_into: CaseId | None = None

    @property
    def phase(self) -> int:
        """Stored with each step so that SQL can order by it. 2: nothing that was or will be seen for a duplicate counts beside the case it
        duplicates. 3: nothing at all counts for a case that should never have been listed."""
        if self.state is CaseState.WITHDRAWN:
            return 3
        return 2 if self.merged_into else phase_of(self.state)


def standing_step(steps: Iterable[CaseStep], as_of: dt.date) -> CaseStep | None:
    """The step that decides the state on `as_of`: a withdrawal or a merge if there is one, else the latest field step, else the latest
    intake step. Ties go by sequence, and between steps that still wait for theirs by event id, which grows with the device's time."""
    dated = [step for step in steps if step.on <= as_of]
    return max(dated, key=lambda step: (step.phase, step.on, step.sequence, step.event_id), default=None)
