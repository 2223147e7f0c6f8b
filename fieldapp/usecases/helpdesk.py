"""Asking the district's office for help with one thing that it did not take."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from fieldapp.store.engine import Store
from fieldapp.wire.bundle_file import ENDING

__all__ = ["ENDING", "Helpdesk"]


class Helpdesk:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def write(self, subject: str, file: Path) -> int:
        """The event or photo with all its pictures, as it lies here, into a file that only the district can read; its size. From then on
        it is known that the file was written, and no more. Raises BundleError, and then there is no file."""
        from fieldapp.sync.helpdesk_file import write_helpdesk_file

        return write_helpdesk_file(self._store, subject, file, self._now)
