"""Work that takes time, away from the GUI thread: one worker thread a lane, results delivered on the GUI thread.

Screens hand in a use-case call and what to do with its result; they never see a thread. Only `gui/app.py` makes a `Tasks` and joins it.
"""

import logging
import traceback
from collections.abc import Callable
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from fieldapp.errors import FieldappError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")
Value = TypeVar("Value")
Failed = Callable[[Exception], None]

_log = logging.getLogger(__name__)


class Lane(StrEnum):
    """Each lane does one thing after the other; the lanes do not wait for each other."""

    STORE = "store"
    NETWORK = "network"
    PHOTOS = "photos"


def ignore(_result: object) -> None:
    """For work whose result nobody needs."""


class Tasks(QObject):
    """`unhandled` carries the error of work that was started without `failed`; the shell shows its words."""

    unhandled = Signal(object)
    _ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._joined = False
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        then: Callable[[Result], None] = ignore,
        failed: Failed | None = None,
        lane: Lane = Lane.STORE,
    ) -> None:
        """Do `work` on the lane, then call `then` with its result or `failed` with its error on the GUI thread. Nothing is called once
        `owner` is gone, and nothing is begun once the lanes are joined."""
        if self._joined:
            return

        def done(future: "Future[Result]") -> None:
            if not future.cancelled():
                self._ready.emit(lambda: self._settle(owner, future, then, failed))

        self._lane(lane).submit(work).add_done_callback(done)

    def progress(self, owner: QObject, callback: Callable[[Value], None]) -> Callable[[Value], None]:
        """`callback` wrapped for handing into work: it is called on the GUI thread, with the last value where several came quickly."""
        return _Progress(owner, callback, self._ready.emit)

    def join(self, last: Callable[[], object] | None = None) -> None:
        """End the threads. What waits on the store lane is still done (it saves what a person typed), and `last` after it; what waits on
        the other lanes is dropped, and so is every result."""
        self._joined = True
        for lane in (Lane.NETWORK, Lane.PHOTOS):
            self._lane(lane).shutdown(wait=True, cancel_futures=True)
        if last is not None:
            self._lane(Lane.STORE).submit(last)
        self._lane(Lane.STORE).shutdown(wait=True)

    def _lane(self, lane: Lane) -> "ThreadPoolExecutor":
        # Made when the first work comes: the first window does without.
        if lane not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor

            self._lanes[lane] = ThreadPoolExecutor(1, thread_name_prefix=f"fieldapp-{lane}")
        return self._lanes[lane]

    def _settle(self, owner: QObject, future: "Future[Result]", then: Callable[[Result], None], failed: Failed | None) -> None:
        if not shiboken6.isValid(owner):
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, Exception):
            note_unexpected(error)
            if failed:
                failed(error)
            else:
                self.unhandled.emit(error)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._joined:
            call()


class _Progress(Generic[Value]):
    """Keeps only the newest value, so that a busy worker cannot flood the window's event queue."""

    def __init__(self, owner: QObject, callback: Callable[[Value], None], post: Callable[[Callable[[], None]], None]) -> None:
        self._owner = owner
        self._callback = callback
        self._post = post
        self._lock = Lock()
        self._waiting: list[Value] = []

    def __call__(self, value: Value) -> None:
        with self._lock:
            posted = bool(self._waiting)
            self._waiting[:] = [value]
        if not posted:
            self._post(self._show)

    def _show(self) -> None:
        with self._lock:
            value = self._waiting.pop()
        if shiboken6.isValid(self._owner):
            self._callback(value)


def note_unexpected(error: Exception) -> None:
    """A fault of the program goes into the log with its place; its text does not, since it may hold what a person typed."""
    if not isinstance(error, FieldappError):
        frames = traceback.extract_tb(error.__traceback__)
        place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames[-4:]))
        _log.error("unexpected %s at %s", type(error).__name__, place)
