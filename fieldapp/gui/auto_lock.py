"""Notices that nobody is at the computer: no key, mouse or finger for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

IDLE_MINUTES = 10

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Install it as the application's event filter. `idle` comes once; `start` begins a new wait."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE_MINUTES * 60_000)
        self._timer.timeout.connect(self.idle)

    @property
    def waiting(self) -> bool:
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """As the person prefers; a wait that runs begins anew."""
        self._timer.setInterval(minutes * 60_000)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)
