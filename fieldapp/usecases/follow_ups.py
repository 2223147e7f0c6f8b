"""Promising to do something for a child by a date, and having done it."""

import datetime as dt
from collections.abc import Callable

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.recording import Act, record


class FollowUps:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def plan(self, case_id: str, due_on: dt.date, note: str) -> Changes:
        """For the person who is signed in. Raises EventRefused where the case has left this laptop."""
        follow_up = FollowUp(FollowUpId(new_id()), CaseId(case_id), due_on, self._store.person_id, note)
        return record(self._store, [Act(FollowUpPlanned(follow_up), follow_up.id)], self._now())

    def close(self, follow_up_id: str, state: FollowUpState) -> Changes:
        """Done or cancelled, today."""
        now = self._now()
        return record(self._store, [Act(FollowUpClosed(state, now.date()), follow_up_id)], now)
