"""Deciding between two values for one field of a card: what waits for it, whose the values are, and the decision."""

import datetime as dt
from collections.abc import Callable

from fieldapp.domain.conflict import Conflict, Side
from fieldapp.domain.identifiers import CaseId
from fieldapp.errors import StoreError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.changes import Changes
from fieldapp.store.conflicts import OpenConflict, decide, open_conflicts
from fieldapp.store.engine import Store

__all__ = ["Conflict", "Conflicts", "OpenConflict", "Side"]


class Conflicts:
    """Of this profile's scope."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def open(self) -> tuple[OpenConflict, ...]:
        """All that wait for a decision, oldest first."""
        with self._store.reading() as connection:
            return open_conflicts(connection, self._store.identity)

    def of_case(self, case_id: str) -> tuple[OpenConflict, ...]:
        """About the card of this case's child. Raises store.not_here for a case that has left this laptop."""
        with self._store.reading() as connection:
            case = SqlRecords(connection, self._store.district_id).case(CaseId(case_id))
            if case is None:
                raise StoreError("store.not_here")
            return open_conflicts(connection, self._store.identity, case.child_id)

    def decide(self, shown: Conflict, side: Side) -> Changes:
        """The chosen value stands from now on; needs no network. `shown` is the conflict as the person saw it: had something else come
        in between, the two meet again as a new conflict. Raises EventRefused (wrong_value with its field, not_yours)."""
        value = shown.offered if side is Side.OFFERED else shown.kept
        return decide(self._store, shown, value, self._now())
