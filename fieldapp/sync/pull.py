"""Taking in what changed at the district, page by page, each page in one transaction with its cursor."""

import json
import logging

from fieldapp import __version__
from fieldapp.domain.events import Record
from fieldapp.errors import Offline
from fieldapp.store import inbound, sync_state
from fieldapp.sync.progress import SyncStage
from fieldapp.sync.round import Round
from fieldapp.wire.codec import Unreadable, record_from_wire
from fieldapp.wire.messages import PullPage

_log = logging.getLogger(__name__)

_CASE = "case"


def pull(run: Round) -> None:
    """Pages until there are no more. Safe to stop and to repeat anywhere: the cursor moves with the records."""
    cursor = _start(run)
    more = True
    while more and not run.should_stop():
        page = _page(run, cursor)
        if page.more and page.cursor <= cursor:
            raise Offline("offline.broken_answer")  # it would be asked for for ever
        if page.changes or page.cursor != cursor:
            run.begin()
            _take_in(run, cursor, page)
            run.progress(SyncStage.PULLING, run.pulled, 0)
        cursor, more = page.cursor, page.more


def _page(run: Round, cursor: int) -> PullPage:
    return run.signed.call(lambda token: run.transport.pull(token, cursor))


def _take_in(run: Round, cursor: int, page: PullPage) -> None:
    records: list[Record] = []
    left: dict[str, None] = {}
    left_out = False
    for change in page.changes:
        if change.left:
            left[change.id] = None
            continue
        try:
            record = record_from_wire(change.type, change.body or {})
        except Unreadable as error:
            _log.info("%s %s is of a newer program: %s %s", change.type, change.id, error.code, error.field)
            left_out = True
            continue
        if change.type == _CASE:
            left.pop(change.id, None)  # it came back after it had left
        records.append(record)
    with run.store.writing() as connection:
        changes = inbound.take_in(connection, run.store.district_id, records, left, page.cursor)
        if left_out and sync_state.read(connection, sync_state.LEFT_OUT) is None:
            sync_state.write(connection, sync_state.LEFT_OUT, json.dumps({"cursor": cursor, "program": __version__}))
    run.pulled += len(page.changes)
    run.changed(changes)


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
