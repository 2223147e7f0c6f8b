"""Sending what waits and believing what comes back only with a receipt. One event that cannot be taken never stops the others."""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.errors import ServerProblem
from fieldapp.store import held as held_facts
from fieldapp.store import inbound, outbox, receipts, transfers
from fieldapp.store.changes import Changes
from fieldapp.store.outbox import Outgoing, Queued
from fieldapp.sync.progress import SyncStage
from fieldapp.sync.round import Round
from fieldapp.wire.messages import MAX_BATCH_BYTES, MAX_EVENTS, Answer, Push, PushAnswer, Status

_log = logging.getLogger(__name__)

_ENVELOPE = len(b'{"events":[]}')
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
# The batch may hold one event over which the server stumbles: it is found by halving. More failures in a row than halving 500 can
# give mean that the server is broken, not an event.
_MAY_BE_ONE_EVENT = _REFUSED | {HTTPStatus.INTERNAL_SERVER_ERROR}
_FAILURES_IN_A_ROW = 12
NOT_BELIEVED = "receipt_invalid"

Batch = tuple[Queued, ...]


def push(run: Round) -> None:
    """Send every waiting event once, urgent cases first."""
    with run.store.reading() as connection:
        waiting = outbox.queue(connection)
    if not waiting:
        return
    run.begin()
    total_bytes = sum(queued.size for queued in waiting)
    done = done_bytes = failures = 0
    batches = deque(_batches(waiting))
    while batches and not run.should_stop():
        run.progress(SyncStage.PUSHING, done, len(waiting), done_bytes, total_bytes)
        batch = batches.popleft()
        try:
            _send(run, batch)
        except ServerProblem as problem:
            failures += 1
            if problem.status not in _MAY_BE_ONE_EVENT or failures > _FAILURES_IN_A_ROW:
                raise
            if len(batch) > 1:
                batches.extendleft((batch[len(batch) // 2 :], batch[: len(batch) // 2]))
                continue
            _refused_alone(run, batch[0].event_id, problem)
        else:
            failures = 0
        done += len(batch)
        done_bytes += sum(queued.size for queued in batch)
    run.progress(SyncStage.PUSHING, done, len(waiting), done_bytes, total_bytes)


def _batches(waiting: Iterable[Queued]) -> Iterable[Batch]:
    batch: list[Queued] = []
    size = _ENVELOPE
    for queued in waiting:
        if batch and (len(batch) == MAX_EVENTS or size + queued.size + 1 > MAX_BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], _ENVELOPE
        batch.append(queued)
        size += queued.size + 1
    if batch:
        yield tuple(batch)


def _send(run: Round, batch: Batch) -> None:
    with run.store.reading() as connection:
        events = outbox.load(connection, [queued.event_id for queued in batch])
        former = receipts.former(connection, [event.event_id for event in events])
    message = Push(tuple(event.raw for event in events), former)
    answer = run.signed.call(lambda token: run.transport.push(token, message))
    settle(run, events, answer)


def settle(run: Round, events: Sequence[Outgoing], answer: PushAnswer) -> None:
    """Write down what the answers say, in one transaction. An event without an answer, or with one that proves nothing, goes on waiting."""
    sent = {event.event_id: event for event in events}
    taken: list[tuple[Outgoing, Answer]] = []
    refused: list[tuple[Outgoing, Answer]] = []
    unproven: list[str] = []
    for one in answer.answers:
        event = sent.pop(one.event_id, None)
        if event is None:
            continue
        if one.status is Status.REJECTED:
            refused.append((event, one))
        elif run.verifier.holds(one.receipt, event.event_id, event.sha256):
            taken.append((event, one))
        else:
            unproven.append(event.event_id)
    now = run.now()
    with run.store.writing() as connection:
        receipts.keep(connection, [one.receipt for _, one in taken if one.receipt], now)
        outbox.received(connection, [_outcome(event, one) for event, one in taken], now)
        inbound.answered_late(connection, [one.receipt.sequence for _, one in taken if one.receipt])
        held_facts.remember(
            connection, [(one.event_id, one.receipt.sequence) for _, one in taken if one.status is Status.HELD and one.receipt]
        )
        # In their order: the photos of a refused visit are then seen to wait for it.
        aside = [event for event, one in refused if outbox.set_aside(connection, event.event_id, one.code, one.field, now)]
        outbox.tried(connection, [*unproven, *sent], NOT_BELIEVED)
        hashes = transfers.waiting_hashes(connection, [event.record_id for event, one in taken if one.photo_receipt])
        held = [one.photo_receipt for event, one in taken if _holds_picture(run, event, one, hashes) and one.photo_receipt]
        receipts.keep(connection, held, now)
        transfers.received(connection, [receipt.subject for receipt in held])
    run.pushed += len(taken)
    run.photos += len(held)
    run.receipts_verified += len(taken) + len(held)
    run.conflicts += sum(one.status is Status.CONFLICT for _, one in taken)
    run.held += sum(one.status is Status.HELD for _, one in taken)
    run.rejected += len(aside)
    run.changed(_touched(events))
    if unproven or sent:
        _log.warning("%d events came back without a receipt that holds", len(unproven) + len(sent))
        run.problem(ServerProblem(NOT_BELIEVED, HTTPStatus.OK, count=len(unproven) + len(sent)))


def _outcome(event: Outgoing, answer: Answer) -> tuple[str, str, str, str]:
    return event.event_id, answer.status.value, answer.code, answer.field or ",".join(answer.fields)


def _holds_picture(run: Round, event: Outgoing, answer: Answer, hashes: dict[str, str]) -> bool:
    sha256 = hashes.get(event.record_id)
    return sha256 is not None and run.verifier.holds(answer.photo_receipt, event.record_id, sha256)


def _refused_alone(run: Round, event_id: str, problem: ServerProblem) -> None:
    now = run.now()
    with run.store.writing() as connection:
        if problem.status in _REFUSED:
            run.rejected += outbox.set_aside(connection, event_id, problem.code, problem.field, now)
        else:
            outbox.tried(connection, [event_id], problem.code)
        events = outbox.load(connection, [event_id])
    run.changed(_touched(events))
    if problem.status not in _REFUSED:
        run.problem(problem)


def _touched(events: Sequence[Outgoing]) -> Changes:
    return Changes(
        cases=frozenset(event.case_id for event in events if event.case_id),
        children=frozenset(event.child_id for event in events if event.child_id),
        photos=frozenset(event.record_id for event in events if event.kind == PhotoAdded.KIND),
        outbox=True,
    )
