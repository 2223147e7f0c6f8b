"""No answer within five seconds is a failure of its own, told with where the program stood."""

import faulthandler
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 5


class Hung(BaseException):
    """Not an Exception: nothing on the way may take it for an error of what is tried."""


@contextmanager
def within_patience() -> Iterator[None]:
    """Raises Hung. Where there is no alarm (Windows, other threads) it waits as long as it takes."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def hang(*_: object) -> None:
        faulthandler.dump_traceback()
        raise Hung(f"no answer within {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, hang)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
