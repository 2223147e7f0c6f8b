"""Files for the district where there is no internet, and the answers that come back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from fieldapp.store.engine import Store
from fieldapp.store.unsent_bundle import LastBundle, last_bundle
from fieldapp.sync.progress import Exported, SyncProgress, SyncResult
from fieldapp.wire.bundle_file import ENDING

__all__ = ["ENDING", "Bundles", "Exported", "LastBundle"]


class Bundles:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def last(self) -> LastBundle | None:
        """The newest file that was exported here."""
        with self._store.reading() as connection:
            return last_bundle(connection)

    def export(self, file: Path, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> Exported | None:
        """All that waits, into one encrypted file; None where it was stopped. What is in it goes on waiting until receipts come. Raises
        BundleError, and then there is no file."""
        from fieldapp.sync.bundle_export import export_bundle

        return export_bundle(self._store, file, self._now, on_progress, is_cancelled)

    def take_in_answer(self, file: Path, on_progress: Callable[[SyncProgress], None]) -> SyncResult:
        """The district's answer to such a file, as after a sync. On the network lane, so that no pull runs at the same time. Raises
        BundleError, and then nothing changed."""
        from fieldapp.sync.bundle_answer import take_in_answer

        return take_in_answer(self._store, file, self._now, on_progress)
