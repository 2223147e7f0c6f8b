"""Syncs by itself: soon after unlocking, shortly after something was recorded, then every few minutes. Without a line it tries less and
less often and says nothing, since being offline is the normal case."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from fieldapp.errors import Offline
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.sync_runner import SyncRunner

if TYPE_CHECKING:
    from fieldapp.usecases.changes import Changes

FIRST_MS = 2_000
AFTER_RECORDING_MS = 4_000
EVERY_MS = 5 * 60_000
# After a failure: one minute, then twice as long each time, a quarter of an hour at most.
RETRY_MS = 60_000
LONGEST_MS = 15 * 60_000


class AutoSync(QObject):
    def __init__(self, runner: SyncRunner, changes: ChangeFeed, parent: QObject | None = None, *, enabled: bool = True) -> None:
        super().__init__(parent)
        self._runner = runner
        self._failures = 0
        self._recorded_meanwhile = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(runner.start)
        if not enabled:
            return
        runner.started.connect(self._on_started)
        runner.finished.connect(self._on_finished)
        changes.changed.connect(self._on_changed)

    def start(self) -> None:
        self.timer.start(FIRST_MS)

    def stop(self) -> None:
        self.timer.stop()

    def _on_started(self) -> None:
        self.timer.stop()
        self._recorded_meanwhile = False

    def _on_changed(self, changes: "Changes") -> None:
        if not changes.outbox:
            return
        if self._runner.running:
            self._recorded_meanwhile = True
        elif self._failures == 0:
            self.timer.start(AFTER_RECORDING_MS)
        elif self.timer.remainingTime() > RETRY_MS:
            # There was no line a while ago, but a new record is worth an earlier try.
            self.timer.start(RETRY_MS)

    def _on_finished(self, _result: object, error: Exception | None) -> None:
        if error is None:
            self._failures = 0
            self.timer.start(AFTER_RECORDING_MS if self._recorded_meanwhile else EVERY_MS)
            return
        self._failures += 1
        # A refusal does not go away by asking again soon.
        wait = RETRY_MS * 2 ** (self._failures - 1) if isinstance(error, Offline) else LONGEST_MS
        self.timer.start(min(wait, LONGEST_MS))
