"""What is alive while a profile is open: its use cases, the feed of changes, the sync that runs by itself, the watch for idleness, and the
laptop's care of itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from fieldapp.gui.auto_lock import IdleWatch
from fieldapp.gui.auto_sync import AutoSync
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Tools
from fieldapp.gui.photo_stamp import draw_stamp
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.gui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.usecases.changes import Changes
    from fieldapp.usecases.syncing import SyncResult


class Session(QObject):
    """`idle`: nobody has been at the computer for a while. `damaged`: a file of the profile cannot be read through any more. `ended`:
    the district has ended this laptop's access, and the keys are gone."""

    idle = Signal()
    damaged = Signal()
    ended = Signal()

    def __init__(self, client: "Client", tasks: Tasks, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        client.photos.draw_stamp = draw_stamp
        self._tasks = tasks
        changes = ChangeFeed(self)
        self.sync = SyncRunner(client, tasks, changes, self)
        self.tools = Tools(client, tasks, changes, clock, self.sync)
        self.auto_sync = AutoSync(self.sync, changes, self, enabled=not client.is_practice)
        self.watch = IdleWatch(self)
        self.watch.idle.connect(self.idle)
        changes.changed.connect(self._on_changed)
        self.sync.finished.connect(self._on_sync_finished)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self.watch)
        self.watch.start()
        self._read_lock_minutes()
        if self.client.is_practice:
            return
        self.auto_sync.start()
        self._tasks.run(self, self.client.care.look_after, self._on_looked_after, lane=Lane.NETWORK)

    def end(self) -> None:
        """Nothing begins any more; a sync that runs stops at its next safe place."""
        self.watch.stop()
        self.auto_sync.stop()
        self.sync.cancel()
        app = QCoreApplication.instance()
        assert app is not None
        app.removeEventFilter(self.watch)

    def _on_sync_finished(self, result: "SyncResult | None", _error: Exception | None) -> None:
        if result is not None and result.farewell:
            self.ended.emit()

    def _on_looked_after(self, whole: bool) -> None:
        if not whole:
            self.damaged.emit()

    def _on_changed(self, changes: "Changes") -> None:
        if changes.reference:
            self._read_lock_minutes()
            self._tasks.run(self, self.client.help_lines.read)

    def _read_lock_minutes(self) -> None:
        self._tasks.run(self, self.client.preferences.lock_minutes, self.watch.set_minutes)
