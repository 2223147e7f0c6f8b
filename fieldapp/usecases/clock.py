"""The clock that dates are made and checked by: this computer's, set right by what the district's clock said at the last contact."""

import datetime as dt
from collections.abc import Callable

from fieldapp.domain.clock import Measured, real_time
from fieldapp.store import contact
from fieldapp.store.engine import Store


class CorrectedClock:
    """Asking it reads no disk, so every thread may. `learn` is called when a profile was opened and after each sync."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._measured: Measured | None = None

    def __call__(self) -> dt.datetime:
        return real_time(self._now(), self._measured)

    def learn(self, store: Store) -> None:
        with store.reading() as connection:
            self._measured = contact.read(connection)
