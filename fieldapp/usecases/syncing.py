"""What waits, what was received, what needs a person; and the sync itself, run by `sync.engine`."""

import datetime as dt
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.errors import Offline
from fieldapp.store import helpdesk, receipts, sync_log
from fieldapp.store.changes import Changes
from fieldapp.store.conflicts import OpenConflict, open_conflicts
from fieldapp.store.decisions import Decided
from fieldapp.store.engine import Store
from fieldapp.store.last_sync import last_complete_at
from fieldapp.store.leaving import Leaving
from fieldapp.store.sent import AsidePhoto, Sent, aside_photos, body_of, sent, try_again
from fieldapp.store.waiting import unsent
from fieldapp.sync.progress import BY_FILE, SyncProgress, SyncResult, SyncStage
from fieldapp.sync.receipts import Verifier
from fieldapp.usecases.delivery import Delivery, PhotoDelivery, delivery_of, photo_delivery_of
from fieldapp.usecases.unsent import Unsent

if TYPE_CHECKING:
    from fieldapp.sync.transport import Transport

# How many lines the sync page lists beside those that wait.
_LINES = 500
_RUNS = 20

__all__ = [
    "BY_FILE",
    "AsideItem",
    "Decided",
    "ReceiptView",
    "SentItem",
    "SyncOverview",
    "SyncProgress",
    "SyncResult",
    "SyncRun",
    "SyncStage",
    "Syncing",
]


@dataclass(frozen=True, slots=True)
class SentItem:
    """One thing done here. `photos`: where each photo of a visit stands; `receipt_number` is '' until the district has it.
    `what` is a visit's outcome, an edit's fields with commas between, a decision's [field, value] as JSON, a follow-up's day.
    `being_mended`: its visit is open as a draft.
    `waits_again`: the district had it before it was put back from a backup.
    `file_written_at`: when it was written into a file for the helpdesk.
    `decided`: what the office of the district decided, after the district had kept it."""

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
    what: str = ""
    being_mended: bool = False
    waits_again: bool = False
    file_written_at: dt.datetime | None = None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class AsideItem:
    """A photo whose bytes the district did not take; its visit goes without it. `visit` is where that stands."""

    photo: Photo
    child_name: str
    visited_on: dt.date | None
    visit: Delivery
    code: str
    file_written_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SyncRun:
    """`code` is '' where the run was complete, else the code of the error that ended it; `finished_at` None: cut by a crash.
    `anew`: why everything was read from the district again (pull.forgotten: it was put back from a backup, pull.new_scope: another
    role or school), '' if it was not; `sent_again`: how many records it had forgotten."""

    started_at: dt.datetime
    finished_at: dt.datetime | None
    code: str
    pushed: int
    pulled: int
    photos: int
    anew: str = ""
    sent_again: int = 0


@dataclass(frozen=True, slots=True)
class SyncOverview:
    """`needs_you` are the items of `items` that a person must mend, `aside_photos` photos to look at. Newest first. `conflicts` are those
    that this person may decide, oldest first."""

    unsent: Unsent
    needs_you: tuple[SentItem, ...]
    items: tuple[SentItem, ...]
    runs: tuple[SyncRun, ...]
    last_complete_at: dt.datetime | None
    aside_photos: tuple[AsideItem, ...] = ()
    conflicts: tuple[OpenConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """`verified`: the signature was checked again just now, against the district's key and the bytes that lie here."""

    receipt: Receipt
    verified: bool
    number: str


class Syncing:
    """`connect` gives the line to the district; it is asked for at the first run, since what it needs is slow to load. `now` is
    this laptop's own clock; `on_contact` hears of each run that may have measured it."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], dt.datetime],
        connect: "Callable[[], Transport]",
        on_contact: Callable[[Store], None] = lambda _store: None,
    ) -> None:
        self._store = store
        self._now = now
        self._connect = connect
        self._on_contact = on_contact
        self._leaving = Leaving(store)

    def overview(self) -> SyncOverview:
        with self._store.reading() as connection:
            files = helpdesk.written(connection)
            items = tuple(_item(one, files.get(one.event_id)) for one in sent(connection, self._store.district_id, _LINES))
            return SyncOverview(
                unsent=unsent(connection),
                needs_you=tuple(item for item in items if _needs_you(item)),
                items=items,
                runs=tuple(SyncRun(*(getattr(run, name) for name in SyncRun.__slots__)) for run in sync_log.runs(connection, _RUNS)),
                last_complete_at=last_complete_at(connection),
                aside_photos=tuple(_aside(one, files.get(one.photo.id)) for one in aside_photos(connection, self._store.district_id)),
                conflicts=tuple(one for one in open_conflicts(connection, self._store.identity) if one.may_decide),
            )

    def receipt(self, event_id: str) -> ReceiptView | None:
        """The district's word for one event, checked against what lies here; None while there is none."""
        with self._store.reading() as connection:
            receipt = receipts.find(connection, event_id)
            body = body_of(connection, event_id)
        if receipt is None:
            return None
        verifier = Verifier(self._store.signing_key, self._store.district_id)
        verified = body is not None and verifier.holds(receipt, event_id, sha256_hex(body.encode()))
        return ReceiptView(receipt, verified, receipt.short_number)

    def run(self, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> SyncResult:
        """One sync, on the network lane. What ended it early is the result's `error`; what it moved before stays moved. Raises only
        StoreError, where this laptop cannot write."""
        from fieldapp.sync.engine import sync_once

        result = sync_once(self._store, self._connect(), self._now, on_progress, is_cancelled)
        self._on_contact(self._store)
        if result.farewell:
            self._leaving.begin()
        return result

    @property
    def something_left(self) -> bool:
        """After a run that was a farewell: something unsent stays on this computer, which only the district can open."""
        return self._leaving.something_left

    def closed(self) -> None:
        """The store is closed: if the district has ended this laptop's access, what nobody can read any more goes."""
        self._leaving.finish()

    def sign_in_again(self, password: str) -> None:
        """A new session for this profile's account after the old one ended; on the network lane. Raises SignInNeeded, Offline or
        ServerProblem, and then nothing changed."""
        from fieldapp.sync.session import greet, keep_session, sign_in

        identity = self._store.identity
        device = platform.node() or platform.system()
        hello = greet(self._connect())
        session = sign_in(self._connect(), identity.account, password, identity.device_id, device)
        if hello.district_id != identity.district_id or session.person_id != identity.person_id:
            raise Offline("offline.not_the_server")
        keep_session(self._store, session)

    def retry(self, event_id: str) -> Changes:
        """Send again what the district rejected. Raises EventRefused where it still cannot be true."""
        with self._store.writing() as connection:
            changes = try_again(connection, self._store.district_id, event_id)
        self._store.announce(changes)
        return changes


def _item(one: Sent, file_written_at: dt.datetime | None) -> SentItem:
    return SentItem(
        event_id=one.event_id,
        kind=one.kind,
        case_id=one.case_id,
        child_name=one.child_name,
        made_at=one.made_at,
        delivery=delivery_of(one.status),
        code=one.code,
        field=one.field,
        photos=tuple(photo_delivery_of(state) for state in one.photos),
        receipt_number=one.receipt_number,
        what=one.what,
        being_mended=one.being_mended,
        waits_again=one.waits_again,
        file_written_at=file_written_at,
        decided=one.decided,
    )


def _aside(one: AsidePhoto, file_written_at: dt.datetime | None) -> AsideItem:
    return AsideItem(one.photo, one.child_name, one.visited_on, delivery_of(one.visit_status), one.code, file_written_at)


def _needs_you(item: SentItem) -> bool:
    # What is held is stored, and lies with the district's office; what is in conflict is asked by its conflict. Only this is still the
    # sender's to mend.
    return item.delivery is Delivery.REJECTED
