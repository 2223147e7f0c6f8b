"""Leaving out the garbage collector while thousands of rows are read or written. Knows nothing of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Tens of thousands of objects that all stay for a while: walking them for garbage again and again nearly doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
