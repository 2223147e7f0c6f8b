"""Taking in what changed at the district, page by page, each page in one transaction with its cursor."""

import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from sqlalchemy import Connection

from fieldapp import __version__
from fieldapp.domain.event import Record
from fieldapp.errors import Offline, ServerProblem
from fieldapp.store import decisions, departures, inbound, reading_again, receipts, sync_state
from fieldapp.store.collecting import collecting_paused
from fieldapp.store.departures import Whereto
from fieldapp.store.identity import own_person
from fieldapp.store.waiting import unsent
from fieldapp.sync.progress import SyncStage
from fieldapp.sync.round import Round
from fieldapp.wire.codec import HELD_DECISION, Unreadable, held_decision_from_wire, record_from_wire
from fieldapp.wire.messages import MAX_CHANGES, MAX_PROOFS, HeldDecision, PullPage

_log = logging.getLogger(__name__)

_CASE = "case"


@dataclass(frozen=True, slots=True)
class _Read:
    """A page as this program understands it."""

    records: tuple[Record, ...]
    left: Mapping[str, Whereto]
    decisions: tuple[HeldDecision, ...]
    left_out: bool


@dataclass(frozen=True, slots=True)
class From:
    """What a page was asked for with: the cursor, the mark that came with it, and the highest number of each run in which receipts came
    since."""

    cursor: int
    mark: str = ""
    unsettled: Mapping[str, int] = field(default_factory=dict)
    # What waits here, for the office to see: told once a sync.
    unsent: str = ""

    @property
    def proofs(self) -> tuple[str, ...]:
        """As they are asked with."""
        return tuple(f"{run}:{number}" for run, number in self.unsettled.items())


def pull(run: Round) -> None:
    """Pages until there are no more. Safe to stop and to repeat anywhere: the cursor moves with the records. Raises ServerProblem with one
    of PULL_ANEW where what was read so far is no part of the district's past any more."""
    with run.store.reading() as connection:
        twice, left_over = inbound.any_answered_late(connection), departures.any_left_over(connection)
    _pull(run, at_least_one=twice or left_over)
    if twice:
        _pull(run)


def _pull(run: Round, *, at_least_one: bool = False) -> None:
    """`at_least_one`: the page is taken in though there be nothing on it."""
    since = _start(run)
    page = _page(run, since)
    if page.changes or (page.cursor, page.mark) != (since.cursor, since.mark) or since.unsettled or at_least_one:
        run.begin()
        _take_in_all(run, since, page)


def _take_in_all(run: Round, since: From, page: PullPage) -> None:
    # While one page goes to the disk, the next is on its way.
    with ThreadPoolExecutor(1, thread_name_prefix="pull") as ahead, collecting_paused():
        while True:
            if page.more and page.cursor <= since.cursor:
                raise Offline("offline.broken_answer")  # it would be asked for for ever
            following = ahead.submit(_page, run, From(page.cursor, page.mark)) if page.more and not run.should_stop() else None
            take_in(run, since, page)
            run.progress(SyncStage.PULLING, run.pulled, 0)
            if following is None:
                return
            since, page = From(page.cursor, page.mark), following.result()


def ask_whether_known(run: Round) -> None:
    """Takes nothing in, but learns whether the district still knows what it said. Raises ServerProblem as `pull` does."""
    _page(run, _start(run), 1)


def _page(run: Round, since: From, limit: int = MAX_CHANGES) -> PullPage:
    page = run.signed.call(lambda token: run.transport.pull(token, since.cursor, since.mark, since.proofs, limit, since.unsent))
    if since.cursor > page.sequence:
        # An older district, or a cursor of an older program, so there is no mark that would tell more.
        raise ServerProblem("pull.forgotten", HTTPStatus.CONFLICT, known=0)
    return page


def take_in(run: Round, since: From, page: PullPage, *, if_next: bool = False) -> None:
    """Store the page that was asked for with this cursor. `if_next`: it was asked for long ago, so only where it still goes on from what
    lies here; an older page would turn records back."""
    read = _read(page)
    with run.store.writing() as connection:
        if if_next and not since.cursor <= int(sync_state.read(connection, sync_state.CURSOR) or 0) < page.cursor:
            return
        in_hand = run.store.in_hand
        departures.more_pages(connection, more=page.more)
        changes = inbound.take_in(connection, run.store.district_id, read.records, read.left, page.cursor, in_hand)
        came = ((change.type, change.id) for change in page.changes if not change.left)
        changes |= reading_again.came(connection, run.store.district_id, came, last=not page.more, in_hand=in_hand)
        changes |= decisions.take_in(connection, read.decisions, last=not page.more)
        identity = own_person(connection, run.store.identity, read.records)
        if not page.more:
            changes |= departures.drop_left_over(connection, run.store.district_id)
            inbound.step_back(connection)
        sync_state.write(connection, sync_state.MARK, page.mark)
        receipts.settled(connection, since.unsettled)
        if read.left_out and sync_state.read(connection, sync_state.LEFT_OUT) is None:
            sync_state.write(connection, sync_state.LEFT_OUT, json.dumps({"cursor": since.cursor, "program": __version__}))
    run.store.belongs_to(identity)
    run.pulled += len(page.changes)
    run.changed(changes)


def _read(page: PullPage) -> _Read:
    records: list[Record] = []
    left: dict[str, Whereto] = {}
    decided: list[HeldDecision] = []
    left_out = False
    for change in page.changes:
        if change.left:
            left[change.id] = Whereto(change.to_person or "", change.to_school or "", change.merged_into or "")
            continue
        body = {} if change.body is None else change.body
        try:
            if change.type == HELD_DECISION:
                decided.append(held_decision_from_wire(body))
                continue
            record = record_from_wire(change.type, body)
        except Unreadable as error:
            _log.info("%s %s is of a newer program: %s %s", change.type, change.id, error.code, error.field)
            left_out = True
            continue
        if change.type == _CASE:
            left.pop(change.id, None)  # it came back after it had left
        records.append(record)
    return _Read(tuple(records), left, tuple(decided), left_out)


def standing(connection: Connection) -> From:
    """Up to where this laptop has read, and what it was told since."""
    cursor = int(sync_state.read(connection, sync_state.CURSOR) or 0)
    return From(cursor, sync_state.read(connection, sync_state.MARK) or "", receipts.unsettled(connection, MAX_PROOFS))


def _waiting(connection: Connection) -> str:
    waits = unsent(connection)
    return f"{waits.visits + waits.other_events},{waits.photos}"


def _start(run: Round) -> From:
    """Where this laptop stands, or an earlier cursor where an older program than this left out what it could not read."""
    with run.store.reading() as connection:
        since = replace(standing(connection), unsent=_waiting(connection))
        left_out = sync_state.read(connection, sync_state.LEFT_OUT)
    if left_out is None:
        return since
    before = json.loads(left_out)
    if before["program"] == __version__:
        return since
    since = replace(since, cursor=min(since.cursor, int(before["cursor"])))
    with run.store.writing() as connection:
        sync_state.write(connection, sync_state.CURSOR, str(since.cursor))
        sync_state.remove(connection, sync_state.LEFT_OUT)
    return since
