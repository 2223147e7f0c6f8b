"""One window a profile: two would write the same drafts over each other. Held by the system, so a killed program leaves nothing behind."""

import contextlib
import sys
from pathlib import Path
from typing import BinaryIO

from fieldapp.errors import StoreError

_FILE = "in-use.lock"


class InUse:
    """Taken when it is made, until `release`. Raises store.busy where another program has it."""

    def __init__(self, folder: Path) -> None:
        self._file: BinaryIO | None = None
        # On a full disk or a stick that cannot be written to, nobody is kept from what is there.
        with contextlib.suppress(OSError):
            self._file = (folder / _FILE).open("ab")
        if self._file is not None and not _locked(self._file):
            self.release()
            raise StoreError("store.busy")

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
