"""Taking in the district's answer to a bundle: receipts, refusals and news, exactly as after a push and a pull over the network.

The whole file is verified first: sealed to this profile, signed by the district that was known from the first sign-in. Then every single
receipt is verified too, against what lies here.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from nacl.public import PrivateKey

from fieldapp.errors import BundleError, FieldappError, ServerProblem, StoreError
from fieldapp.store import device_keys, outbox, reading_again, transfers, unsent_bundle
from fieldapp.store.engine import Store
from fieldapp.sync import anew, photos, pull, push
from fieldapp.sync.engine import let_go
from fieldapp.sync.no_line import NO_LINE
from fieldapp.sync.progress import BY_FILE, SyncProgress, SyncResult, SyncStage
from fieldapp.sync.pull import From
from fieldapp.sync.round import Round
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleBroken, BundleReader, Direction
from fieldapp.wire.bundle_parts import AnswerHead, Part, PhotoAnswer, PhotoAnswers
from fieldapp.wire.codec import Unreadable
from fieldapp.wire.messages import PULL_ANEW, PullPage, PushAnswer, Status

M = TypeVar("M")


def take_in_answer(store: Store, file: Path, now: Callable[[], dt.datetime], on_progress: Callable[[SyncProgress], None]) -> SyncResult:
    """Safe to repeat and to do late: what went by network meanwhile stays as it is. Raises BundleError, and then nothing changed."""
    try:
        with file.open("rb") as source:
            with store.reading() as connection:
                keys = device_keys.read(connection)
            if keys is None:
                raise BundleError("bundle.not_for_you")
            try:
                head, marks = _check(store, keys.sealing, source)
            except BundleBroken as error:
                raise BundleError(f"bundle.{error.code}") from error
            run = Round(store, NO_LINE, now, on_progress, lambda: False)
            run.begin()
            source.seek(0)
            _take_in(run, head, BundleReader(source), keys.sealing, marks)
    except (BundleBroken, OSError) as error:
        # Broken now, but whole a moment ago: the stick is going, or was exchanged.
        raise BundleError("bundle.no_access") from error
    let_go(run)
    with store.writing() as connection:
        unsent_bundle.answered(connection, head.bundle_id, now())
    return run.finish(BY_FILE)


def _check(store: Store, key: PrivateKey, source: BinaryIO) -> tuple[AnswerHead, list[bytes]]:
    reader = BundleReader(source)
    if reader.prelude.direction is not Direction.ANSWER:
        raise BundleError("bundle.wrong_direction")
    if reader.prelude.district_id != store.district_id:
        raise BundleError("bundle.other_district")
    head: AnswerHead | None = None
    for kind, body in reader.blocks(key):
        if head is None:
            if kind != Part.HEAD:
                raise BundleBroken("damaged")
            head = _read(AnswerHead, body)
        else:
            _message(kind, body)
    reader.require_signature(store.signing_key)
    identity = store.identity
    if head is None:
        raise BundleBroken("damaged")
    if (head.district_id, head.person_id, head.device_id) != (identity.district_id, identity.person_id, identity.device_id):
        raise BundleError("bundle.not_for_you")
    return head, reader.marks


def _take_in(run: Round, head: AnswerHead, reader: BundleReader, key: PrivateKey, marks: list[bytes]) -> None:
    with run.store.reading() as connection:
        in_time = head.reading == reading_again.readings(connection)
    kept = {name: int(number) for name, _, number in (proof.partition(":") for proof in head.kept)}
    if in_time and head.anew in PULL_ANEW:
        # First: what the district has just said about this bundle is to count.
        anew.begin(run, head.anew, head.known, kept)
    since = From(head.cursor, unsettled=kept)
    photo_answers: list[PhotoAnswer] = []
    for number, (kind, body) in enumerate(reader.blocks(key, marks)):
        run.progress(SyncStage.PULLING, number, len(marks))
        message = _message(kind, body)
        if isinstance(message, PushAnswer):
            _settle_events(run, message)
        elif isinstance(message, PhotoAnswers):
            photo_answers += message.answers
        elif isinstance(message, PullPage) and in_time:
            # The receipts first: news is laid under what waits, and what has a receipt waits no more.
            _settle_photos(run, photo_answers)
            photo_answers = []
            if run.store.low_on_disk:
                # As over the network: receipts are taken in, news waits for room, and the next page would not fit on to this one.
                run.problem(StoreError("store.low_disk"))
                break
            pull.take_in(run, since, message, if_next=True)
            since = From(message.cursor, message.mark)
    _settle_photos(run, photo_answers)


def _settle_events(run: Round, answer: PushAnswer) -> None:
    """Only what has no receipt yet; and a refusal only counts for what still waits: it may have been mended since."""
    with run.store.reading() as connection:
        open_here = unsent_bundle.unproven(connection, [one.event_id for one in answer.answers])
        answers = tuple(
            one
            for one in answer.answers
            if one.event_id in open_here and (one.status is not Status.REJECTED or open_here[one.event_id] is None)
        )
        events = outbox.load(connection, [one.event_id for one in answers])
    if answers:
        push.settle(run, events, PushAnswer(answers))


def _settle_photos(run: Round, answers: list[PhotoAnswer]) -> None:
    with run.store.reading() as connection:
        waiting = {transfer.photo_id: transfer for transfer in transfers.ready(connection)}
    outcomes = [
        photos.verified(run, waiting[one.photo_id], one.receipt)
        if one.receipt
        else photos.Outcome(waiting[one.photo_id], error=_problem(one))
        for one in answers
        if one.photo_id in waiting
    ]
    photos.settle(run, outcomes)


def _problem(answer: PhotoAnswer) -> FieldappError:
    return ServerProblem(answer.code or "server_failed", answer.status)


def _message(kind: bytes, body: bytes) -> PushAnswer | PhotoAnswers | PullPage | None:
    if kind == Part.ANSWERS:
        return _read(PushAnswer, body)
    if kind == Part.PHOTO_ANSWERS:
        return _read(PhotoAnswers, body)
    return _read(PullPage, body) if kind == Part.PAGE else None


def _read(cls: type[M], body: bytes) -> M:
    try:
        return codec.decode(cls, body)
    except Unreadable as error:
        raise BundleBroken("damaged") from error
