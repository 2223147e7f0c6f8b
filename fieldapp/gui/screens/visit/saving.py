"""Keeps the draft on disk: at once for a tap, again and again while someone types, and before the page is left."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.domain.visit import Visit
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Tasks
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.visits import Visits

PAUSE_MS = 600


class DraftSaver(QObject):
    """`saved` tells when the newest words were written. One write is under way at a time; what is typed meanwhile goes with the next."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, visits: Visits, tasks: Tasks, feed: ChangeFeed, now: Callable[[], dt.datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._visits = visits
        self._tasks = tasks
        self._feed = feed
        self._now = now
        self._unsaved: Visit | None = None
        self._writing = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        return self._unsaved is not None or self._writing

    def save(self, visit: Visit, *, typed: bool = False) -> None:
        self._unsaved = visit
        if typed:
            # A pause that began is not begun anew: whoever types without a stop is saved all the while.
            if not self._timer.isActive():
                self._timer.start()
        else:
            self.flush()

    def flush(self) -> None:
        """Write now what is not yet written."""
        self._timer.stop()
        if self._writing or self._unsaved is None:
            return
        visit, self._unsaved = self._unsaved, None
        self._writing = True
        self._tasks.run(self, lambda: self._visits.save(visit), self._on_saved, lambda error: self._on_failed(visit, error))

    def forget(self) -> None:
        """The draft is finished or thrown away: nothing of it may be written again."""
        self._timer.stop()
        self._unsaved = None

    def _on_saved(self, changes: Changes) -> None:
        self._writing = False
        self.saved.emit(self._now())
        self._feed.publish(changes)
        if self._unsaved is not None and not self._timer.isActive():
            self.flush()

    def _on_failed(self, visit: Visit, error: Exception) -> None:
        self._writing = False
        if self._unsaved is None:
            self._unsaved = visit
        self.failed.emit(error)
