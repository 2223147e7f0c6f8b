"""Taking in what changed at the district, page by page, each page in one transaction with its cursor."""

import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from fieldapp import __version__
from fieldapp.domain.events import Record
from fieldapp.errors import Offline
from fieldapp.store import inbound, sync_state
from fieldapp.store.collecting import collecting_paused
from fieldapp.store.departures import Whereto
from fieldapp.sync.progress import SyncStage
from fieldapp.sync.round import Round
from fieldapp.wire.codec import Unreadable, record_from_wire
from fieldapp.wire.messages import PullPage

_log = logging.getLogger(__name__)

_CASE = "case"


@dataclass(frozen=True, slots=True)
class _Read:
    """A page as this program understands it."""

    records: tuple[Record, ...]
    left: Mapping[str, Whereto]
    left_out: bool


def pull(run: Round) -> None:
    """Pages until there are no more. Safe to stop and to repeat anywhere: the cursor moves with the records."""
    cursor = _start(run)
    page = _page(run, cursor)
    if page.changes or page.cursor != cursor:
        run.begin()
        _take_in_all(run, cursor, page)


def _take_in_all(run: Round, cursor: int, page: PullPage) -> None:
    # While one page goes to the disk, the next is on its way.
    with ThreadPoolExecutor(1, thread_name_prefix="pull") as ahead, collecting_paused():
        while True:
            if page.more and page.cursor <= cursor:
                raise Offline("offline.broken_answer")  # it would be asked for for ever
            following = ahead.submit(_page, run, page.cursor) if page.more and not run.should_stop() else None
            take_in(run, cursor, page)
            run.progress(SyncStage.PULLING, run.pulled, 0)
            if following is None:
                return
            cursor, page = page.cursor, following.result()


def _page(run: Round, cursor: int) -> PullPage:
    return run.signed.call(lambda token: run.transport.pull(token, cursor))


def take_in(run: Round, cursor: int, page: PullPage, *, if_next: bool = False) -> None:
    """Store the page that was asked for with this cursor. `if_next`: it was asked for long ago, so only where it still goes on from what
    lies here; an older page would turn records back."""
    read = _read(page)
    with run.store.writing() as connection:
        if if_next and not cursor <= int(sync_state.read(connection, sync_state.CURSOR) or 0) < page.cursor:
            return
        in_hand = run.store.in_hand
        changes = inbound.take_in(connection, run.store.district_id, read.records, read.left, page.cursor, in_hand)
        if read.left_out and sync_state.read(connection, sync_state.LEFT_OUT) is None:
            sync_state.write(connection, sync_state.LEFT_OUT, json.dumps({"cursor": cursor, "program": __version__}))
    run.pulled += len(page.changes)
    run.changed(changes)


def _read(page: PullPage) -> _Read:
    records: list[Record] = []
    left: dict[str, Whereto] = {}
    left_out = False
    for change in page.changes:
        if change.left:
            left[change.id] = Whereto(change.to_person or "", change.to_school or "", change.merged_into or "")
            continue
        try:
            record = record_from_wire(change.type, {} if change.body is None else change.body)
        except Unreadable as error:
            _log.info("%s %s is of a newer program: %s %s", change.type, change.id, error.code, error.field)
            left_out = True
            continue
        if change.type == _CASE:
            left.pop(change.id, None)  # it came back after it had left
        records.append(record)
    return _Read(tuple(records), left, left_out)


def _start(run: Round) -> int:
    """The cursor, or an earlier one where an older program than this left out what it could not read."""
    with run.store.reading() as connection:
        cursor = int(sync_state.read(connection, sync_state.CURSOR) or 0)
        left_out = sync_state.read(connection, sync_state.LEFT_OUT)
    if left_out is None:
        return cursor
    before = json.loads(left_out)
    if before["program"] == __version__:
        return cursor
    cursor = min(cursor, int(before["cursor"]))
    with run.store.writing() as connection:
        sync_state.write(connection, sync_state.CURSOR, str(cursor))
        sync_state.remove(connection, sync_state.LEFT_OUT)
    return cursor
