"""Promising to do something for a child by a date, and having done it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain.follow_up import Attendance, FollowUp, FollowUpReason, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import CaseDroppedAgain, FollowUpClosed, FollowUpPlanned
from fieldapp.records.of_case import follow_ups_of_case
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.recording import Act, record_in


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """`new_case` is that of a child who left once more, '' where none began."""

    changes: Changes
    new_case: str = ""


class FollowUps:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def plan(self, case_id: str, due_on: dt.date, note: str) -> Changes:
        """For the person who is signed in. Raises EventRefused where the case has left this laptop, StoreError where it is about to."""
        follow_up = FollowUp(FollowUpId(new_id()), CaseId(case_id), due_on, self._store.person_id, note)
        return self._record(case_id, Act(FollowUpPlanned(follow_up), follow_up.id))

    def close(self, follow_up_id: str, state: FollowUpState) -> Changes:
        """Done or cancelled, today."""
        return self._record(self._case_of(follow_up_id), Act(FollowUpClosed(state, self._now().date()), follow_up_id))

    def looked_after(self, follow_up_id: str, attendance: Attendance, note: str = "", *, dropped_again: bool = False) -> LookedAfter:
        """How the child who is back comes to school, today. `dropped_again`: it has left once more: its case ends, and a new one
        begins with whom it is. Raises EventRefused not_allowed where the case is not one of a child who is back."""
        case_id, today = self._case_of(follow_up_id), self._now().date()
        acts = [Act(FollowUpClosed(FollowUpState.DONE, today, attendance, note), follow_up_id)]
        new_case = CaseId(new_id()) if dropped_again else CaseId("")
        if dropped_again:
            with self._store.reading() as connection:
                others = [
                    one.id
                    for one in follow_ups_of_case(connection, self._store.district_id, case_id)
                    if one.reason is FollowUpReason.AFTER_RETURN and one.state is FollowUpState.OPEN and one.id != follow_up_id
                ]
            acts += [Act(FollowUpClosed(FollowUpState.CANCELLED, today), other) for other in others]
            acts.append(Act(CaseDroppedAgain(today, new_case, note), case_id))
        return LookedAfter(self._record(case_id, *acts), new_case)

    def _case_of(self, follow_up_id: str) -> str:
        with self._store.reading() as connection:
            planned = SqlRecords(connection, self._store.district_id).follow_up(FollowUpId(follow_up_id))
        return planned.case_id if planned else ""

    def _record(self, case_id: str, *acts: Act) -> Changes:
        with self._store.writing() as connection:
            refuse_if_departed(connection, self._store.district_id, case_id)
            changes = record_in(connection, self._store.identity, acts, self._now())
        self._store.announce(changes)
        return changes
