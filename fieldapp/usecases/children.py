"""Finding children, reading a child's card, mending it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from fieldapp.domain.child import Child
from fieldapp.errors import StoreError
from fieldapp.records.reference import school_names
from fieldapp.store.changes import Changes
from fieldapp.store.children import child_rows
from fieldapp.store.editing import edit_child
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow, ListCounts, ListFilter, SortBy, VillageCount
from fieldapp.store.roll import Roll
from fieldapp.usecases.cards import Card, CardPhoto, TimelineItem, read_card
from fieldapp.usecases.delivery import Delivery, PhotoDelivery

__all__ = [
    "Card",
    "CardPhoto",
    "ChildRow",
    "Children",
    "Delivery",
    "ListCounts",
    "ListFilter",
    "PhotoDelivery",
    "SortBy",
    "TimelineItem",
    "VillageCount",
]


class Children:
    """The children of this profile's scope."""

    def __init__(self, store: Store, roll: Roll, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._roll = roll
        self._now = now

    def count(self, wanted: ListFilter) -> int:
        return len(self._roll.matching(wanted, self._today()))

    def page(self, wanted: ListFilter, offset: int, limit: int) -> tuple[ChildRow, ...]:
        case_ids = self._roll.matching(wanted, self._today())[offset : offset + limit]
        with self._store.reading() as connection:
            return child_rows(connection, self._store.district_id, case_ids)

    def counts(self) -> ListCounts:
        by_state, by_list_type, overdue = self._roll.counts(self._today())
        by_school = self._roll.by_school()
        with self._store.reading() as connection:
            names = school_names(connection, self._store.district_id, by_school)
        return ListCounts(
            total=self._roll.total(),
            by_state=by_state,
            by_list_type=by_list_type,
            overdue=overdue,
            villages=self._roll.villages(),
            schools=tuple((code, names.get(code, code), count) for code, count in sorted(by_school.items())),
            handed_over=self._roll.handed_over(),
        )

    def row(self, case_id: str) -> ChildRow:
        """Raises store.not_here for a case that has left this laptop."""
        with self._store.reading() as connection:
            for row in child_rows(connection, self._store.district_id, [case_id]):
                return row
        raise StoreError("store.not_here")

    def position(self, wanted: ListFilter, case_id: str) -> int | None:
        """At which place of the list the case stands; None where the filter leaves it out."""
        return self._roll.position(wanted, self._today(), case_id)

    def card(self, case_id: str) -> Card:
        """Raises store.not_here for a case that has left this laptop."""
        return read_card(self._store, self._roll, case_id, self._today())

    def edit(self, shown: Child, values: Mapping[str, Any]) -> Changes:
        """Give fields of a card, as it was shown, new values; those that are as they were are left out. Raises EventRefused (wrong_value
        with its field, not_yours) and StoreError (store.handed_over, store.merged)."""
        return edit_child(self._store, shown, values, self._now())

    def _today(self) -> dt.date:
        return self._now().date()
