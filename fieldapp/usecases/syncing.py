"""What waits, what was received, what needs a person; and the sync itself, run by `sync.engine`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain.receipt import Receipt
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.sync.progress import SyncProgress, SyncResult, SyncStage
from fieldapp.usecases.children import Delivery, PhotoDelivery
from fieldapp.usecases.unsent import Unsent

__all__ = ["ReceiptView", "SentItem", "SyncOverview", "SyncProgress", "SyncResult", "SyncRun", "SyncStage", "Syncing"]


@dataclass(frozen=True, slots=True)
class SentItem:
    """One thing done here. `photos`: where each photo of a visit stands; `receipt_number` is '' until the district has it."""

    event_id: str
    kind: str
    case_id: str
    child_name: str
    made_at: dt.datetime
    delivery: Delivery
    code: str
    field: str
    photos: tuple[PhotoDelivery, ...]
    receipt_number: str


@dataclass(frozen=True, slots=True)
class SyncRun:
    """`code` is '' where the run was complete, else the code of the error that ended it; `finished_at` None: cut by a crash."""

    started_at: dt.datetime
    finished_at: dt.datetime | None
    code: str
    pushed: int
    pulled: int
    photos: int


@dataclass(frozen=True, slots=True)
class SyncOverview:
    """`needs_you` are the items of `items` that a person must look at. Newest first."""

    unsent: Unsent
    needs_you: tuple[SentItem, ...]
    items: tuple[SentItem, ...]
    runs: tuple[SyncRun, ...]
    last_sync_at: dt.datetime | None
    last_complete_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """`verified`: the signature was checked again just now, against the district's key and the bytes that lie here."""

    receipt: Receipt
    verified: bool
    number: str


class Syncing:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def overview(self) -> SyncOverview:
        raise NotImplementedError

    def receipt(self, event_id: str) -> ReceiptView | None:
        raise NotImplementedError

    def run(self, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> SyncResult:
        raise NotImplementedError

    def retry(self, event_id: str) -> Changes:
        raise NotImplementedError

    def sign_in_again(self, password: str) -> None:
        """[net] A new session for this profile's account after the old one ended; raises SignInNeeded("sign_in.wrong_password")."""
        raise NotImplementedError
