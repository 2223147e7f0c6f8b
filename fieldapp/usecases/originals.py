"""The originals of photos on this laptop: how many days they stay after the receipt, what they take, and their end."""

import datetime as dt
from collections.abc import Callable

from fieldapp.errors import StoreError
from fieldapp.store import originals, preferences
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.originals import Held

__all__ = ["ORIGINAL_DAYS", "USUAL_ORIGINAL_DAYS", "Held", "Originals"]

# Days after the receipt; none: right after it.
ORIGINAL_DAYS = (0, 3, 7, 14, 30)
USUAL_ORIGINAL_DAYS = 7
_DAYS = "original_days"


class Originals:
    """`now` is the clock by which receipts are dated: this laptop's own."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def days(self) -> int:
        with self._store.reading() as connection:
            chosen = preferences.read(connection, _DAYS)
        return next((days for days in ORIGINAL_DAYS if str(days) == chosen), USUAL_ORIGINAL_DAYS)

    def set_days(self, days: int) -> Changes:
        """One of ORIGINAL_DAYS; anything else is taken for the usual. What is over by the new number goes at once."""
        with self._store.writing() as connection:
            preferences.write(connection, _DAYS, str(days))
        self.let_go()
        return Changes(reference=True)

    def held(self) -> Held:
        return originals.held(self._store)

    def let_go(self) -> int:
        """Drop those whose time is over; returns how many. Where the disk does not let it, the next time does."""
        try:
            return originals.let_go(self._store, self._now(), self.days())
        except StoreError as error:
            if error.code not in ("store.disk_full", "store.busy"):
                raise
            return 0
