"""What is alive while a profile is open: its use cases, the feed of changes, the sync that runs by itself, the watch for idleness."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from fieldapp.gui.auto_lock import IdleWatch
from fieldapp.gui.auto_sync import AutoSync
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Tools
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.gui.tasks import Tasks

if TYPE_CHECKING:
    from fieldapp.client import Client


class Session(QObject):
    """`idle`: nobody has been at the computer for a while."""

    idle = Signal()

    def __init__(self, client: "Client", tasks: Tasks, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        changes = ChangeFeed(self)
        self.sync = SyncRunner(client, tasks, changes, self)
        self.tools = Tools(client, tasks, changes, clock, self.sync)
        self.auto_sync = AutoSync(self.sync, changes, self)
        self.watch = IdleWatch(self)
        self.watch.idle.connect(self.idle)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self.watch)
        self.watch.start()
        self.auto_sync.start()

    def end(self) -> None:
        """Nothing begins any more; a sync that runs stops at its next safe place."""
        self.watch.stop()
        self.auto_sync.stop()
        self.sync.cancel()
        app = QCoreApplication.instance()
        assert app is not None
        app.removeEventFilter(self.watch)
