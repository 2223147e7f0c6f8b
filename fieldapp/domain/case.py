"""A case: a child on a received list, with the dated steps of finding that child and bringing them back."""

import datetime as dt
from dataclasses import dataclass, replace

from fieldapp.domain.identifiers import CaseId, ChildId, ListId, PersonId
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState, CaseStep, standing_step

_END_OF_TIME = dt.date.max


@dataclass(frozen=True, slots=True)
class Case:
    """`steps` is the whole truth; `state`, `state_on`, `reason`, `main_cause`, the assignment, `last_visit_on` and `merged_into` are read
    off it and kept for lists. A merged or withdrawn case is nobody's: whom it was assigned to stands in its steps."""

    id: CaseId
    child_id: ChildId
    list_id: ListId
    list_type: ListType
    listed_on: dt.date
    steps: tuple[CaseStep, ...] = ()
    state: CaseState = CaseState.LISTED
    state_on: dt.date | None = None
    reason: str | None = None
    main_cause: str | None = None
    school_code: str | None = None
    assignee_id: PersonId | None = None
    assigned_on: dt.date | None = None
    due_on: dt.date | None = None
    last_visit_on: dt.date | None = None
    merged_into: CaseId | None = None
    version: int = 1

    @property
    def withdrawn(self) -> bool:
        """The import that listed it was undone."""
        return self.state is CaseState.WITHDRAWN

    def state_at(self, as_of: dt.date) -> CaseState | None:
        """The state on a date, or None where the case was not yet listed."""
        step = standing_step(self.steps, as_of)
        return step.state if step else None

    def with_step(self, step: CaseStep) -> "Case":
        """The case after one more step. A step that is already there is replaced, so applying an event twice changes nothing."""
        steps = tuple(s for s in self.steps if (s.event_id, s.state) != (step.event_id, step.state))
        return _read_off(replace(self, steps=_ordered((*steps, step)), version=self.version + 1))

    def without_steps_of(self, event_id: str) -> "Case":
        """The case as if that event had not been: it was taken back before the district had it."""
        return _read_off(replace(self, steps=tuple(s for s in self.steps if s.event_id != event_id)))

    def unmerged(self) -> "Case":
        """The case as if it had never been merged."""
        return _read_off(replace(self, steps=tuple(s for s in self.steps if not s.merged_into), version=self.version + 1))

    def ever_assigned_to(self, person_id: PersonId) -> bool:
        return any(step.person_id == person_id for step in self.steps)


def _ordered(steps: tuple[CaseStep, ...]) -> tuple[CaseStep, ...]:
    return tuple(sorted(steps, key=lambda step: (step.sequence, step.on, step.event_id)))


def _read_off(case: Case) -> Case:
    standing = standing_step(case.steps, _END_OF_TIME)
    assignments = [step for step in case.steps if step.state is CaseState.ASSIGNED]
    assignment = max(assignments, key=lambda step: (step.sequence, step.on), default=None)
    visits = [step.on for step in case.steps if step.visit_id]
    merged_into = next((step.merged_into for step in case.steps if step.merged_into), None)
    nobodys = merged_into is not None or (standing is not None and standing.state is CaseState.WITHDRAWN)
    if nobodys:
        assignment = None
    return replace(
        case,
        state=standing.state if standing else CaseState.LISTED,
        state_on=standing.on if standing else None,
        reason=standing.reason if standing else None,
        main_cause=standing.main_cause if standing else None,
        school_code=assignment.school_code if assignment else None if nobodys else case.school_code,
        assignee_id=assignment.person_id if assignment else None,
        assigned_on=assignment.on if assignment else None,
        due_on=assignment.due_on if assignment else None,
        last_visit_on=max(visits, default=None),
        merged_into=merged_into,
    )
