"""What runs in a process of its own: one sync of a laptop's folder. It may be killed at any moment."""

import datetime as dt
from pathlib import Path

from fieldapp.store.opening import open_store
from fieldapp.sync.engine import sync_once
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.progress import SyncProgress
from tests.support.mortal import Say, die_at_step
from tests.support.world import KEY


def sync_folder(say: Say, folder: Path, die_at: int | None) -> None:
    """Says the code of what ended the run, '' where it went through."""
    die_at_step(die_at)
    store = open_store(folder, KEY)
    line = HttpTransport(store.identity.server_address, now=_now)
    result = sync_once(store, line, _now, _look_away, lambda: False)
    line.close()
    store.close()
    say(result.error.code if result.error else "")


def _look_away(_progress: SyncProgress) -> None:
    pass


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
