"""The one who runs a sync, whoever asks: the sync page's button, the command after a visit, the timer. Never two at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.usecases.syncing import SyncProgress, SyncResult


class SyncRunner(QObject):
    """`finished` carries (SyncResult | None, Exception | None): both where a sync moved something before an error ended it. What it changed
    is published on the feed before."""

    started = Signal()
    progressed = Signal(object)
    finished = Signal(object, object)
    cancelled = Signal()

    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._cancelled = False
        self.running = False
        self.progress: SyncProgress | None = None
        self.last_error: Exception | None = None

    def start(self) -> None:
        """Begin a sync unless one is running."""
        if self.running:
            return
        self.running = True
        self.progress = None
        self._cancelled = False
        self.started.emit()
        on_progress = self._tasks.progress(self, self._on_progress)
        self._tasks.run(
            self,
            lambda: self._client.syncing.run(on_progress, lambda: self._cancelled),
            self._on_done,
            self._on_failed,
            Lane.NETWORK,
        )

    def cancel(self) -> None:
        """Stop at the next safe place; nothing is lost, the next sync goes on from there."""
        self._cancelled = True
        self.cancelled.emit()

    def _on_progress(self, progress: "SyncProgress") -> None:
        if self.running:
            self.progress = progress
            self.progressed.emit(progress)

    def _on_done(self, result: "SyncResult") -> None:
        self.running = False
        self.last_error = result.error
        if result.changes:
            self._changes.publish(result.changes)
        self.finished.emit(result, result.error)

    def _on_failed(self, error: Exception) -> None:
        self.running = False
        self.last_error = error
        self.finished.emit(None, error)
