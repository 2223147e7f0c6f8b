"""Promising to do something for a child by a date, and having done it."""

import datetime as dt
from collections.abc import Callable

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store


class FollowUps:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def plan(self, case_id: str, due_on: dt.date, note: str) -> Changes:
        raise NotImplementedError

    def close(self, follow_up_id: str, state: FollowUpState) -> Changes:
        raise NotImplementedError
