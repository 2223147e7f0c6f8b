"""Keeps the answers on disk: at once for a tap, again and again while someone types, and before the page is left."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Tasks
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.filling import Filling, OpenForm

PAUSE_MS = 600


class AnswerSaver(QObject):
    """`saved` tells when the newest answers were written. One write is under way at a time; what comes meanwhile goes with the next."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, filling: Filling, tasks: Tasks, feed: ChangeFeed, now: Callable[[], dt.datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._filling, self._tasks, self._feed, self._now = filling, tasks, feed, now
        self._opened: OpenForm | None = None
        self._page = 0
        self._unsaved = self._writing = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    def begin(self, opened: OpenForm) -> None:
        self._opened, self._unsaved = opened, False

    def save(self, page: int, *, typed: bool) -> None:
        self._page, self._unsaved = page, True
        if not typed:
            self.flush()
        elif not self._timer.isActive():
            # A pause that began is not begun anew: whoever types without a stop is saved all the while.
            self._timer.start()

    def flush(self) -> None:
        """Write now what is not yet written."""
        self._timer.stop()
        opened = self._opened
        if opened is None or self._writing or not self._unsaved:
            return
        self._unsaved, self._writing = False, True
        xml, page = opened.session.to_xml(), self._page
        self._tasks.run(self, lambda: self._filling.save(opened.draft, xml, page), self._on_saved, self._on_failed)

    def forget(self) -> None:
        """The form is finished or thrown away: nothing of it may be written again."""
        self._timer.stop()
        self._opened, self._unsaved = None, False

    def _on_saved(self, changes: Changes) -> None:
        self._writing = False
        self.saved.emit(self._now())
        self._feed.publish(changes)
        if self._unsaved and not self._timer.isActive():
            self.flush()

    def _on_failed(self, error: Exception) -> None:
        self._writing, self._unsaved = False, True
        self.failed.emit(error)
