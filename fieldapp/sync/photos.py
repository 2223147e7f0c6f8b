"""Sending the bytes of photos after their records: several at a time, each for itself, each resumable. A photo that cannot be sent holds
up nothing but itself."""

from collections.abc import Iterator
from concurrent.futures import ALL_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from queue import SimpleQueue

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import FieldappError, Offline, PhotoError, ServerProblem, SignInNeeded
from fieldapp.store import receipts, transfers
from fieldapp.store.changes import Changes
from fieldapp.store.transfers import Transfer
from fieldapp.sync.photo_groups import Waiting, send_group
from fieldapp.sync.progress import SyncStage
from fieldapp.sync.round import ENDS, Round
from fieldapp.sync.upload import Line, upload

# So many that the district can sign for several in one transaction; more would starve each other on a slow line.
AT_ONCE = 6
# How often the number of bytes sent is told, and what has come in is written down: together, since each wait for the disk costs more
# than a small photo. A crash in between costs nothing, as the district gives the same receipts again.
_TELL_SECONDS = 0.25
# The district will never take this photo; anything else may go better next time.
_FOR_GOOD = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
_NOT_BELIEVED = "receipt_invalid"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one try gave: a verified receipt, or an error, or neither where the run was stopped first."""

    transfer: Transfer
    receipt: Receipt | None = None
    error: FieldappError | None = None


def send_photos(run: Round) -> None:
    with run.store.reading() as connection:
        ready = transfers.ready(connection)
    if not ready:
        return
    run.begin()
    line = Line()
    total_bytes = sum(transfer.size for transfer in ready)
    done = 0
    waiting, settled = Waiting(ready, one_by_one=AT_ONCE), SimpleQueue[Outcome]()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="photo") as pool:
        lanes = {pool.submit(_send_what_waits, run, line, waiting, settled) for _ in range(min(AT_ONCE, len(ready)))}
        try:
            while lanes:
                run.progress(SyncStage.PHOTOS, done, len(ready), line.sent, total_bytes)
                ended, lanes = wait(lanes, _TELL_SECONDS, ALL_COMPLETED)
                for lane in ended:
                    lane.result()
                outcomes = [settled.get() for _ in range(settled.qsize())]
                settle(run, outcomes)
                done += sum(outcome.receipt is not None for outcome in outcomes)
                line.stopped = line.stopped or run.should_stop()
        except BaseException:
            line.stopped = True
            raise
    run.progress(SyncStage.PHOTOS, done, len(ready), line.sent, total_bytes)
    if line.error is not None:
        raise line.error


def _send_what_waits(run: Round, line: Line, waiting: Waiting, settled: SimpleQueue[Outcome]) -> None:
    while not line.stopped and (taken := waiting.take(line)):
        alike = taken[0]
        outcomes = (
            _send_together(run, line, [transfer for (transfer,) in taken])
            if len(taken) > 1
            else (_send(run, line, transfer, bytes_known=position > 0) for position, transfer in enumerate(alike))
        )
        for outcome in outcomes:
            settled.put(outcome)


def _send_together(run: Round, line: Line, group: list[Transfer]) -> Iterator[Outcome]:
    try:
        receipts_by_photo = send_group(run, line, group)
    except (Offline, SignInNeeded, ServerProblem) as error:
        line.broke(error)
        yield from (Outcome(transfer, error=error) for transfer in group)
        return
    for transfer in group:
        outcome = verified(run, transfer, receipts_by_photo.get(transfer.photo_id))
        yield outcome if outcome.receipt else _send(run, line, transfer, bytes_known=False)


def _send(run: Round, line: Line, transfer: Transfer, *, bytes_known: bool) -> Outcome:
    if line.stopped:
        return Outcome(transfer)
    try:
        receipt = upload(run, line, transfer, bytes_known=bytes_known)
    except (Offline, SignInNeeded) as error:
        line.broke(error)
        return Outcome(transfer, error=error)
    except (ServerProblem, PhotoError) as error:
        if isinstance(error, ServerProblem) and error.status in ENDS:
            line.broke(error)
        return Outcome(transfer, error=error)
    return verified(run, transfer, receipt)


def verified(run: Round, transfer: Transfer, receipt: Receipt | None) -> Outcome:
    """A receipt that proves nothing counts as an error."""
    if receipt is not None and not run.verifier.holds(receipt, transfer.photo_id, transfer.sha256):
        return Outcome(transfer, error=ServerProblem(_NOT_BELIEVED, HTTPStatus.OK))
    return Outcome(transfer, receipt)


def settle(run: Round, outcomes: list[Outcome]) -> None:
    """Write down what came of several photos, in one transaction."""
    ended = [outcome for outcome in outcomes if outcome.receipt or outcome.error]
    if not ended:
        return
    now = run.now()
    proofs = [outcome.receipt for outcome in ended if outcome.receipt]
    with run.store.writing() as connection:
        receipts.keep(connection, proofs, now)
        transfers.received(connection, [receipt.subject for receipt in proofs])
        for outcome in ended:
            if outcome.error:
                transfers.failed(connection, outcome.transfer.photo_id, outcome.error.code, for_good=_hopeless(outcome.error))
    run.photos += len(proofs)
    run.receipts_verified += len(proofs)
    for outcome in ended:
        if outcome.error:
            run.problem(outcome.error)
    touched = Changes(
        cases=frozenset(outcome.transfer.case_id for outcome in ended),
        photos=frozenset(outcome.transfer.photo_id for outcome in ended),
        outbox=True,
    )
    run.changed(touched)


def _hopeless(error: FieldappError) -> bool:
    return isinstance(error, PhotoError) or (isinstance(error, ServerProblem) and error.status in _FOR_GOOD)
