"""The one way by which a screen learns that data changed: every write and every sync publishes what it touched."""

from PySide6.QtCore import QObject, Signal

from fieldapp.usecases.changes import Changes


class ChangeFeed(QObject):
    """`changed` carries a Changes; each open screen asks it 'does this touch me?'."""

    changed = Signal(object)

    def publish(self, changes: Changes) -> None:
        self.changed.emit(changes)
