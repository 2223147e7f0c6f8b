"""Wrong passphrases, counted on the disk: after a few, each next try has to wait longer. Closing the program does not help."""

import contextlib
import json
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from fieldapp.errors import StoreError
from fieldapp.store.profiles import write_whole

_FILE = "tries.json"
FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)


class Tries:
    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._path = folder / _FILE
        self._now = now
        self._failed, self._last = self._read()

    def check(self) -> None:
        """Raises store.too_many_tries with the seconds still to wait."""
        if self._last is None:
            return
        # A clock that was set back makes no one wait longer than the wait itself.
        passed = max(self._now() - self._last, timedelta(0))
        left = _wait(self._failed) - passed
        if left > timedelta(0):
            raise StoreError("store.too_many_tries", seconds=math.ceil(left.total_seconds()))

    def count(self) -> None:
        self._failed, self._last = self._failed + 1, self._now()
        # On a full disk the right passphrase must still open what is there; Argon2 alone then slows a guesser down.
        with contextlib.suppress(StoreError):
            write_whole(self._path, json.dumps({"failed": self._failed, "last": self._last.isoformat()}).encode())

    def refuse(self) -> NoReturn:
        wait = _wait(self._failed)
        left = max(FREE_TRIES - self._failed, 0)
        raise StoreError("store.wrong_passphrase", tries_left=left, seconds=math.ceil(wait.total_seconds()))

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, datetime | None]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
            last = datetime.fromisoformat(values["last"])
            if last.tzinfo is None:
                raise ValueError(last)
            return int(values["failed"]), last
        except FileNotFoundError:
            return 0, None
        except (OSError, ValueError, KeyError, TypeError):
            # Someone or something spoiled the count: the next try is allowed, the one after it waits.
            return FREE_TRIES - 1, None


def _wait(failed: int) -> timedelta:
    if failed < FREE_TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(failed - FREE_TRIES, 10)), _LONGEST_WAIT)
