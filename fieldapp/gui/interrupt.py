"""Ctrl-C in the terminal closes the window as its own button would: what is open is saved, threads end."""

import signal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_LOOK_EVERY_MS = 300


def close_on_interrupt(qt: QApplication) -> None:
    """Python handles a signal only between two of its own steps, and a resting Qt takes none: a timer gives it some."""
    signal.signal(signal.SIGINT, lambda _number, _frame: qt.quit())
    timer = QTimer(qt)
    timer.timeout.connect(_nothing)
    timer.start(_LOOK_EVERY_MS)


def _nothing() -> None:
    """A step of Python."""
