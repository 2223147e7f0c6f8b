"""The one loop: push what waits, pull what changed, then photos. Each stage is safe to repeat and to stop; none holds up the next."""

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fieldapp.errors import Offline, ServerProblem, SignInNeeded, StoreError
from fieldapp.store import departures, held, sync_state
from fieldapp.store.engine import Store
from fieldapp.sync import anew
from fieldapp.sync.device_keys import register_keys
from fieldapp.sync.farewell import BARRED, say_farewell
from fieldapp.sync.photos import send_photos
from fieldapp.sync.practice import refuse_practice
from fieldapp.sync.progress import SyncProgress, SyncResult
from fieldapp.sync.pull import ask_whether_known, pull
from fieldapp.sync.push import push
from fieldapp.sync.round import ENDS, Round
from fieldapp.sync.transport import Transport
from fieldapp.wire.messages import PULL_ANEW

Stage = Callable[[Round], None]

_LISTEN_SECONDS = 0.1


def sync_once(
    store: Store,
    transport: Transport,
    now: Callable[[], dt.datetime],
    on_progress: Callable[[SyncProgress], None],
    is_cancelled: Callable[[], bool],
) -> SyncResult:
    """One sync. What ended it early is in the result's `error`, not raised, since what it moved before that has happened and stays.
    Raises StoreError where this laptop's own data cannot be written."""
    run = Round(store, transport, now, on_progress, is_cancelled)
    with _hearing_cancel(run):
        _all_stages(run)
    return run.finish()


def _all_stages(run: Round) -> None:
    stages = deque[Stage]((register_keys, push, pull, send_photos))
    try:
        refuse_practice(run.store)
        while stages:
            stage = stages.popleft()
            if run.should_stop():
                break
            if stage is pull and run.store.low_on_disk:
                # What was done here goes on being sent; what comes would fill the last room that a visit needs.
                run.problem(StoreError("store.low_disk"))
                stage = ask_whether_known
            stages.extendleft(reversed(_stage(run, stage)))
        let_go(run)
    except (Offline, SignInNeeded, ServerProblem) as error:
        run.problem(error)
        if error.code in BARRED:
            say_farewell(run, error.code)


@contextmanager
def _hearing_cancel(run: Round) -> Iterator[None]:
    """A cancel ends the request that is under way: on a slow line it may have minutes to go."""
    ended = threading.Event()

    def listen() -> None:
        while not ended.wait(_LISTEN_SECONDS):
            if run.should_stop():
                run.transport.interrupt()

    listening = threading.Thread(target=listen, name="cancel")
    listening.start()
    try:
        yield
    finally:
        ended.set()
        listening.join()


def _stage(run: Round, stage: Stage) -> tuple[Stage, ...]:
    """What must be done again at once."""
    try:
        stage(run)
    except ServerProblem as problem:
        if problem.status in ENDS:
            raise
        if problem.code in PULL_ANEW and not run.anew:
            anew.after_refusal(run, problem)
            # What the district forgot goes to it before everything is read: so nothing of it seems to be missing there.
            return (register_keys, push, pull) if problem.code == anew.FORGOTTEN else (pull,)
        run.problem(problem)
    return ()


def let_go(run: Round) -> None:
    """Cases that left the scope while something of them was unsent go as soon as it is sent, and so do facts that the district holds."""
    with run.store.reading() as connection:
        waiting = departures.departed(connection) or held.any_here(connection)
    if waiting:
        with run.store.writing() as connection:
            changes = departures.drop_sent(connection, run.store.district_id, run.store.in_hand)
            cursor = int(sync_state.read(connection, sync_state.CURSOR) or 0)
            changes |= held.let_go(connection, run.store.district_id, cursor, departures.departed(connection))
        run.changed(changes)
    departures.forget_pictures(run.store)
