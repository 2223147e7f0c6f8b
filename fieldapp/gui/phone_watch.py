"""Notices that there may be new pictures: the watched folder changed, something was plugged in, or the person came back to the window.
It asks nothing by the clock and reads nothing itself."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from fieldapp.gui.volumes import places_to_watch

# Pictures come in runs, and a file is there before it is whole.
_SETTLES_MS = 1_500


class PhoneWatch(QObject):
    """`stirred`: it is time to look again."""

    stirred = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_stirred)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES_MS)
        self._settling.timeout.connect(self.stirred)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    def watch(self, folder: Path | None) -> None:
        """This folder, which must be there, and those in which volumes appear."""
        wanted = {*places_to_watch(), *([str(folder)] if folder else [])}
        now = set(self._watcher.directories())
        if gone := sorted(now - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - now):
            self._watcher.addPaths(new)

    @property
    def watched(self) -> list[str]:
        return self._watcher.directories()

    def _on_stirred(self, _folder: str) -> None:
        self._settling.start()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._settling.start()
