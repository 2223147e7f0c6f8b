"""One run of sync: what its stages work with, and what they have moved so far."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from fieldapp.domain.clock import Measured
from fieldapp.errors import FieldappError, Offline
from fieldapp.store import contact, sync_log
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.sync.progress import SyncProgress, SyncResult, SyncStage
from fieldapp.sync.receipts import Verifier
from fieldapp.sync.session import Signed
from fieldapp.sync.transport import Traffic, Transport

CANCELLED = "cancelled"
# Answers that mean the district wants to hear nothing more now, whatever is said.
ENDS = frozenset({HTTPStatus.UPGRADE_REQUIRED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Round:
    def __init__(
        self,
        store: Store,
        transport: Transport,
        now: Callable[[], dt.datetime],
        on_progress: Callable[[SyncProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.store = store
        self.transport = transport
        self._laptop_now = now
        self.signed = Signed(store, transport, now)
        self.verifier = Verifier(store.signing_key, store.district_id)
        self.pushed = 0
        self.pulled = 0
        self.photos = 0
        self.receipts_verified = 0
        self.conflicts = 0
        self.held = 0
        self.rejected = 0
        self.error: FieldappError | None = None
        self.cancelled = False
        self.farewell = ""
        # Why everything is read from the district again, and how much of this laptop's it had forgotten.
        self.anew = ""
        self.sent_again = 0
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._changes = Changes()
        # Put right at the end: the clock is measured with the first answer.
        self._started_at = now()
        self._traffic_before = transport.traffic
        self._number: int | None = None

    def now(self) -> dt.datetime:
        """By the district's clock, as far as it is known: what is written down must be in order even where a clock is years off."""
        return self._laptop_now() + self._offset()

    def begin(self) -> None:
        """There is something to do: from now on a crash leaves a trace. A run without anything to do is written once, at its end."""
        if self._number is None:
            with self.store.writing() as connection:
                self._number = sync_log.begin(connection, self._started_at)

    def should_stop(self) -> bool:
        self.cancelled = self.cancelled or self._is_cancelled()
        return self.cancelled

    def progress(self, stage: SyncStage, done: int, total: int, bytes_done: int = 0, bytes_total: int = 0) -> None:
        self._on_progress(SyncProgress(stage, done, total, bytes_done, bytes_total))

    def changed(self, changes: Changes) -> None:
        """Committed; whoever keeps something in memory of the file hears of it now."""
        if changes:
            self._changes |= changes
            self.store.announce(changes)

    def problem(self, error: FieldappError) -> None:
        """The first one is what the person is told; not that the line fell silent because they wanted it so."""
        if self.cancelled and isinstance(error, Offline):
            return
        self.error = self.error or error

    def finish(self, way: str = "") -> SyncResult:
        """`way` is '' over the network, else what the list of runs calls it."""
        up, down = self._moved()
        code = self.error.code if self.error else CANCELLED if self.cancelled else way
        moved = (self.pushed, self.pulled, self.photos, up, down)
        run = sync_log.Run(self._started_at + self._offset(), self.now(), code, *moved, self.anew, self.sent_again)
        with self.store.writing() as connection:
            if self.transport.clock_offset is not None:
                contact.write(connection, Measured(self.transport.clock_offset, self.now()))
            sync_log.end(connection, self._number, run)
        return SyncResult(
            pushed=self.pushed,
            pulled=self.pulled,
            photos=self.photos,
            receipts_verified=self.receipts_verified,
            conflicts=self.conflicts,
            held=self.held,
            rejected=self.rejected,
            changes=self._changes,
            bytes_up=up,
            bytes_down=down,
            error=self.error,
            cancelled=self.cancelled,
            farewell=self.farewell,
            anew=self.anew,
            sent_again=self.sent_again,
        )

    def _offset(self) -> dt.timedelta:
        return self.transport.clock_offset or dt.timedelta(0)

    def _moved(self) -> tuple[int, int]:
        before, now = self._traffic_before, self.transport.traffic
        moved = Traffic(now.up - before.up, now.down - before.down)
        return moved.up, moved.down
