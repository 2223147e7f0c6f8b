"""Sending the bytes of photos after their records: several at a time, each for itself, each resumable. A photo that cannot be sent holds
up nothing but itself."""

from collections import defaultdict
from concurrent.futures import ALL_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import FieldappError, Offline, PhotoError, ServerProblem, SignInNeeded
from fieldapp.store import receipts, transfers
from fieldapp.store.changes import Changes
from fieldapp.store.transfers import Transfer
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
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="photo") as pool:
        pending: set[Future[list[Outcome]]] = {pool.submit(_send_alike, run, line, alike) for alike in _alike(ready)}
        try:
            while pending:
                run.progress(SyncStage.PHOTOS, done, len(ready), line.sent, total_bytes)
                finished, pending = wait(pending, _TELL_SECONDS, ALL_COMPLETED)
                outcomes = [outcome for future in finished for outcome in future.result()]
                settle(run, outcomes)
                done += sum(outcome.receipt is not None for outcome in outcomes)
                line.stopped = line.stopped or run.should_stop()
        except BaseException:
            line.stopped = True
            raise
    run.progress(SyncStage.PHOTOS, done, len(ready), line.sent, total_bytes)
    if line.error is not None:
        raise line.error


def _alike(ready: tuple[Transfer, ...]) -> list[list[Transfer]]:
    """Photos with the same bytes go one after the other: when the first has arrived, the others need no bytes."""
    groups: defaultdict[str, list[Transfer]] = defaultdict(list)
    for transfer in ready:
        groups[transfer.sha256].append(transfer)
    return list(groups.values())


def _send_alike(run: Round, line: Line, alike: list[Transfer]) -> list[Outcome]:
    return [_send(run, line, transfer, bytes_known=position > 0) for position, transfer in enumerate(alike)]


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
