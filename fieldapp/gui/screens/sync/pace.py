"""How long a transfer still takes, from how it has gone so far. The clock is passed in; no Qt."""

import datetime as dt
from collections.abc import Callable

from fieldapp.usecases.syncing import SyncProgress, SyncStage

# So long after a stage began, somebody who waits wants to hear how long it takes.
_LONG_SECONDS = 8.0
# Before this much time and share nothing sensible can be said.
_MIN_SECONDS = 2.0
_MIN_SHARE = 0.02


class Pace:
    """Feed it every progress; a new stage begins anew."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._stage: SyncStage | None = None
        self._began = clock()
        self._first = 0

    @property
    def long_under_way(self) -> bool:
        return (self._clock() - self._began).total_seconds() >= _LONG_SECONDS

    def seconds_left(self, progress: SyncProgress) -> float | None:
        """None where it is too early to tell, or where the whole is not known."""
        done, total = (progress.bytes_done, progress.bytes_total) if progress.bytes_total else (progress.done, progress.total)
        if progress.stage is not self._stage or done < self._first:
            self._stage, self._began, self._first = progress.stage, self._clock(), done
            return None
        elapsed = (self._clock() - self._began).total_seconds()
        moved = done - self._first
        if not total or elapsed < _MIN_SECONDS or moved < total * _MIN_SHARE:
            return None
        return (total - done) * elapsed / moved
