"""Promising to do something for a child by a date, and having done it."""

import datetime as dt
from collections.abc import Callable

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.recording import Act, record_in


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
        with self._store.reading() as connection:
            planned = SqlRecords(connection, self._store.district_id).follow_up(FollowUpId(follow_up_id))
        case_id = planned.case_id if planned else ""
        return self._record(case_id, Act(FollowUpClosed(state, self._now().date()), follow_up_id))

    def _record(self, case_id: str, act: Act) -> Changes:
        with self._store.writing() as connection:
            refuse_if_departed(connection, self._store.district_id, case_id)
            changes = record_in(connection, self._store.identity, [act], self._now())
        self._store.announce(changes)
        return changes
