"""Taking in a bundle file: what a laptop would have pushed, through the same write path, with the same answers; and the answer file.

The whole file is read and verified first; until then nothing is written. Taking it in again gives the same answers.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey
from sqlalchemy import Engine, select

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import BundleError
from fieldapp.server import audit, tables
from fieldapp.server.access import device_keys
from fieldapp.server.access.device_keys import Sender
from fieldapp.server.district import District
from fieldapp.server.exchange import pull
from fieldapp.server.exchange.bundle_photos import PhotoTaker
from fieldapp.server.exchange.pull import From
from fieldapp.server.exchange.push import push
from fieldapp.server.exchange.set_aside import SetAsideTaker
from fieldapp.server.photos.taking import Intake
from fieldapp.server.problems import Refused
from fieldapp.server.write_path import runs
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleBroken, BundleReader, BundleWriter, Direction
from fieldapp.wire.bundle_file import written_whole
from fieldapp.wire.bundle_parts import (
    PAGE_CHANGES,
    AnswerHead,
    BundleHead,
    FormerReceipts,
    Part,
    PhotoAnswer,
    PhotoAnswers,
    PhotoHead,
    SetAside,
)
from fieldapp.wire.codec import Unreadable
from fieldapp.wire.messages import MAX_BATCH_BYTES, MAX_EVENTS, PULL_ANEW, PullPage, Push, Status

_log = logging.getLogger("fieldapp.server")

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the office takes a bundle in with."""

    engine: Engine
    district: District
    intake: Intake
    clock: Callable[[], dt.datetime]


@dataclass(slots=True)
class Taken:
    """What came of a bundle; `barred` is '' or why everything in it was held."""

    person_name: str
    barred: str
    made_at: dt.datetime
    events: Counter[Status] = field(default_factory=Counter)
    photos: int = 0
    photos_refused: int = 0
    set_aside: int = 0
    set_aside_known: int = 0


@dataclass(frozen=True, slots=True)
class _Checked:
    """`lost`: why what the laptop has read so far is no part of this district's past, or of the sender's scope."""

    head: BundleHead
    sender: Sender
    marks: list[bytes]
    lost: Refused | None


def take_in(desk: Desk, file: Path, answer: Path | None) -> Taken:
    """Raises BundleError, and then nothing was taken in; a crash in between is mended by taking it in again."""
    try:
        with file.open("rb") as source:
            own = _Own.of(desk)
            try:
                checked = _check(desk, own, source)
            except BundleBroken as error:
                raise _refusal(error) from error
            source.seek(0)
            with _answering(desk, own, checked, answer) if answer else nullcontext() as writer:
                return _act(desk, checked, writer, BundleReader(source).blocks(own.sealing, checked.marks))
    except OSError as error:
        raise BundleError("bundle.no_access") from error


def open_seal(desk: Desk, sealed: bytes) -> bytes:
    """What a laptop sealed to this district. Raises BundleError where it was sealed to another."""
    try:
        return SealedBox(_Own.of(desk).sealing).decrypt(sealed)
    except CryptoError as error:
        raise BundleError("bundle.other_district") from error


def _act(desk: Desk, checked: _Checked, writer: BundleWriter | None, blocks: Iterator[tuple[bytes, bytes]]) -> Taken:
    try:
        return _Taking(desk, checked, writer).run(blocks)
    except BundleBroken as error:
        # It was whole a moment ago: the stick is going, or was exchanged.
        raise BundleError("bundle.no_access") from error


@dataclass(frozen=True, slots=True)
class _Own:
    """The district's private keys."""

    signing: SigningKey
    sealing: PrivateKey

    @classmethod
    def of(cls, desk: Desk) -> "_Own":
        table = tables.district
        query = select(table.c.signing_seed, table.c.sealing_seed).where(table.c.district_id == desk.district.id)
        with desk.engine.connect() as connection:
            row = connection.execute(query).one()
        return cls(SigningKey(bytes.fromhex(row.signing_seed)), PrivateKey(bytes.fromhex(row.sealing_seed)))


def _check(desk: Desk, own: _Own, source: BinaryIO) -> _Checked:
    reader = BundleReader(source)
    if reader.prelude.direction is not Direction.TO_DISTRICT:
        raise BundleError("bundle.wrong_direction")
    if reader.prelude.district_id != desk.district.id:
        raise BundleError("bundle.other_district")
    head: BundleHead | None = None
    for kind, body in reader.blocks(own.sealing):
        if head is None:
            if kind != Part.HEAD:
                raise BundleBroken("damaged")
            head = _read(BundleHead, body)
        elif kind == Part.EVENTS:
            _events(body)
        elif kind == Part.FORMER:
            _read(FormerReceipts, body)
        elif kind == Part.PHOTO:
            _read(PhotoHead, body)
        elif kind == Part.SET_ASIDE:
            _read(SetAside, body)
    if head is None or head.district_id != desk.district.id or head.made_at.tzinfo is None or head.cursor < 0:
        raise BundleBroken("damaged")
    with desk.engine.connect() as connection:
        sender = device_keys.sender(connection, desk.district.id, head, desk.clock())
    if sender is None:
        raise BundleError("bundle.unknown_sender")
    reader.require_signature(head.signing_key)
    return _Checked(head, sender, reader.marks, _lost(desk, head, sender))


def _lost(desk: Desk, head: BundleHead, sender: Sender) -> Refused | None:
    with desk.engine.connect() as connection:
        stand = runs.stand(connection, desk.district.id)
        try:
            scope = sender.caller.scope_mark
            runs.require_held(connection, desk.district.id, stand, head.cursor, head.mark, head.proofs, scope)
        except Refused as refused:
            if refused.code not in PULL_ANEW:
                raise BundleBroken("damaged") from refused
            return refused
    return None


class _Taking:
    """The second walk, which acts."""

    def __init__(self, desk: Desk, checked: _Checked, writer: BundleWriter | None) -> None:
        self._desk = desk
        self._sender = checked.sender
        self._since = From(checked.head.cursor, checked.head.mark, checked.head.proofs)
        self._lost = checked.lost is not None
        self._bundle_id = checked.head.bundle_id
        self._writer = writer
        self._taken = Taken(checked.sender.caller.name, checked.sender.barred, checked.head.made_at)

    def run(self, blocks: Iterator[tuple[bytes, bytes]]) -> Taken:
        photos = PhotoTaker(self._desk.engine, self._desk.district.id, self._desk.intake, self._sender.caller, self._photo_answered)
        aside = SetAsideTaker(self._desk.engine, self._desk.district.id, self._desk.intake, self._sender.caller, self._desk.clock)
        former: tuple[Receipt, ...] = ()
        for kind, body in blocks:
            if kind == Part.FORMER:
                former = _read(FormerReceipts, body).receipts
            elif kind == Part.EVENTS:
                self._push(replace(_events(body), former=former))
                former = ()
            elif kind == Part.PHOTO:
                photos.begin(_read(PhotoHead, body))
            elif kind == Part.PIECE:
                photos.add(body)
            elif kind == Part.SET_ASIDE:
                aside.begin(_read(SetAside, body))
            elif kind == Part.SET_ASIDE_PIECE:
                aside.add(body)
        photos.end()
        aside.end()
        self._taken.set_aside, self._taken.set_aside_known = aside.new, aside.known
        self._note()
        if self._writer and not self._sender.barred and not self._lost:
            self._news(self._writer)
        return self._taken

    def _push(self, message: Push) -> None:
        caller = self._sender.caller
        with self._desk.engine.begin() as connection:
            answer = push(connection, self._desk.district.id, caller, message, self._desk.clock(), held_as=self._sender.barred)
        self._taken.events.update(one.status for one in answer.answers)
        if self._writer:
            self._writer.put(Part.ANSWERS, codec.encode(answer))

    def _photo_answered(self, answer: PhotoAnswer) -> None:
        self._taken.photos += answer.receipt is not None
        self._taken.photos_refused += answer.receipt is None
        if self._writer:
            self._writer.put(Part.PHOTO_ANSWERS, codec.encode(PhotoAnswers((answer,))))

    def _news(self, writer: BundleWriter) -> None:
        """What changed for this person since the cursor of the bundle: what was just taken in, too."""
        since, more = self._since, True
        while more:
            with self._desk.engine.begin() as connection:
                content = pull.page(connection, self._desk.district.id, self._sender.caller, since, PAGE_CHANGES, self._desk.clock())
            page = codec.decode(PullPage, content)
            more, since = page.more and page.cursor > since.cursor, From(page.cursor, page.mark)
            writer.put(Part.PAGE, content)

    def _note(self) -> None:
        caller, counts = self._sender.caller, {status.value: count for status, count in self._taken.events.items()}
        detail = [(self._bundle_id, {"events": counts, "photos": self._taken.photos, "set_aside": self._taken.set_aside})]
        with self._desk.engine.begin() as connection:
            audit.note(
                connection,
                self._desk.district.id,
                audit.Action.BUNDLE_TAKEN_IN,
                detail,
                person_id=caller.person_id,
                device_id=caller.device_id,
                at=self._desk.clock(),
            )
        _log.info("bundle %s of %s taken in", self._bundle_id, caller.person_id)


@contextmanager
def _answering(desk: Desk, own: _Own, checked: _Checked, file: Path) -> Iterator[BundleWriter]:
    head, district_id = checked.head, desk.district.id
    with written_whole(file) as out:
        writer = BundleWriter(out, Direction.ANSWER, district_id, checked.sender.sealing_key, own.signing)
        lost_runs = checked.lost.data.get("lost", "").split() if checked.lost else []
        answers = AnswerHead(
            bundle_id=head.bundle_id,
            district_id=district_id,
            person_id=head.person_id,
            device_id=head.device_id,
            made_at=desk.clock(),
            cursor=head.cursor,
            reading=head.reading,
            anew=checked.lost.code if checked.lost else "",
            known=int(checked.lost.data.get("known", 0)) if checked.lost else 0,
            kept=tuple(proof for proof in head.proofs if proof.partition(":")[0] not in lost_runs),
        )
        writer.put(Part.HEAD, codec.encode(answers))
        yield writer
        writer.end()


def _events(body: bytes) -> Push:
    """One canonical JSON a line, exactly the bytes that the receipts' hashes are of."""
    if len(body) > MAX_BATCH_BYTES:
        raise BundleBroken("damaged")
    try:
        events = tuple(codec.parse_json(line) for line in body.split(b"\n"))
    except Unreadable as error:
        raise BundleBroken("damaged") from error
    if len(events) > MAX_EVENTS or not all(isinstance(event, dict) for event in events):
        raise BundleBroken("damaged")
    return Push(events)


def _read(cls: type[M], body: bytes) -> M:
    try:
        return codec.decode(cls, body)
    except Unreadable as error:
        raise BundleBroken("damaged") from error


def _refusal(broken: BundleBroken) -> BundleError:
    # Sealed to another key: the district whose number it names was set up anew, or it is not the district it says it is.
    return BundleError("bundle.other_district" if broken.code == "not_for_you" else f"bundle.{broken.code}")
