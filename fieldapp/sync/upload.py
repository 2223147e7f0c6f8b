"""One photo's way to the district: begin or take up again, send chunk by chunk, end with a receipt."""

import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.receipt import Receipt
from fieldapp.errors import FieldappError, Offline, PhotoError, ServerProblem
from fieldapp.store import photos, receipts, transfers
from fieldapp.store.transfers import Transfer
from fieldapp.sync.round import Round
from fieldapp.sync.transport import PhotoStanding, PhotoToSend
from fieldapp.wire.messages import MAX_PHOTO_BYTES

LARGEST_CHUNK = 512 * 1024
SMALLEST_CHUNK = 32 * 1024
# What a dropped line may cost at most, in time.
_CHUNK_SECONDS = 8.0
_WRONG_HASH = 460  # tus: the bytes that arrived are not those that were announced
# After these the upload is no longer what it was: ask where it stands, or begin anew.
_LOST_ITS_PLACE = (HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, _WRONG_HASH)
_NEW_BEGINNINGS = 2
# What goes together in one request: below the megabyte that proxies let through unless they are told otherwise, and not so much that a line
# that drops costs more than a chunk of one photo does.
_MOST_TOGETHER = 1_000_000
_TOGETHER_SECONDS = 2.0

T = TypeVar("T")


class Line:
    """What the parallel uploads of one run share: how fast the line is, how much was sent, and whether it broke."""

    def __init__(self) -> None:
        self.chunk = LARGEST_CHUNK
        # How many bytes of small photos may go in one request: none before it is known that the line is fast.
        self.together = 0
        self.one_by_one = False
        self.sent = 0
        self.stopped = False
        self.error: FieldappError | None = None
        self._lock = threading.Lock()

    def broke(self, error: FieldappError) -> None:
        with self._lock:
            self.error = self.error or error
            self.stopped = True

    def carry(self, size: int, send: Callable[[], T]) -> T:
        """Send so many bytes and learn from it how many to send next time."""
        started = time.monotonic()
        answer = send()
        seconds = max(time.monotonic() - started, 0.001)
        with self._lock:
            self.sent += size
            if size >= SMALLEST_CHUNK:
                self.chunk = max(SMALLEST_CHUNK, min(LARGEST_CHUNK, int(size / seconds * _CHUNK_SECONDS)))
                self.together = 0 if self.one_by_one else min(_MOST_TOGETHER, int(size / seconds * _TOGETHER_SECONDS))
        return answer

    def takes_no_groups(self) -> None:
        """An older district, or something in front of it that lets no such request through."""
        with self._lock:
            self.one_by_one, self.together = True, 0


def upload(run: Round, line: Line, transfer: Transfer, *, bytes_known: bool) -> Receipt | None:
    """The district's receipt, not yet verified; None where the run was stopped. `bytes_known`: it should already hold the same bytes from
    another photo. Raises PhotoError for a photo that can never be sent."""
    picture = _picture(run, transfer)
    if picture is None:
        return _without_picture(run, line, transfer)
    standing = _taken_up(run, transfer)
    for _ in range(_NEW_BEGINNINGS):
        try:
            if standing is None:
                # What was cut before is cut again: with its upload's address first, the district keeps each piece.
                first = b"" if bytes_known or transfer.attempts else picture[: line.chunk]
                standing = _begin(run, line, transfer, first)
            return _finish(run, line, transfer, picture, standing)
        except ServerProblem as problem:
            if problem.status not in _LOST_ITS_PLACE:
                raise
            lost = problem
            standing = _standing(run, transfer, standing.upload) if standing and problem.status == HTTPStatus.CONFLICT else None
    raise lost


def _without_picture(run: Round, line: Line, transfer: Transfer) -> Receipt:
    """The picture left this laptop with its case when the district had it. If the district forgot that since, its store may still have the
    bytes: announcing them is enough to be told."""
    standing = _taken_up(run, transfer) or _begin(run, line, transfer, b"")
    if standing.receipt is None:
        with run.store.reading() as connection:
            once_received = receipts.former(connection, [transfer.photo_id])
        raise PhotoError("photo.forgotten" if once_received else "photo.missing")
    return standing.receipt


def _picture(run: Round, transfer: Transfer) -> bytes | None:
    if transfer.size > MAX_PHOTO_BYTES:
        raise PhotoError("photo.too_large", limit_mb=MAX_PHOTO_BYTES // 1_000_000)
    with run.store.photo_reading() as connection:
        picture = photos.picture(connection, transfer.sha256)
    if picture is None:
        return None
    if not is_picture_of(transfer, picture):
        raise PhotoError("photo.unreadable")
    return picture


def is_picture_of(transfer: Transfer, picture: bytes) -> bool:
    return len(picture) == transfer.size and sha256_hex(picture) == transfer.sha256


def _taken_up(run: Round, transfer: Transfer) -> PhotoStanding | None:
    """Where an earlier try got to. Its last answer may have been lost on the way, so the district may hold everything already."""
    if not transfer.attempts and not transfer.upload:
        return None
    standing = _standing(run, transfer, transfer.upload) if transfer.upload else None
    if standing is not None and standing.offset < transfer.size:
        return standing
    receipt = run.signed.call(lambda token: run.transport.photo_receipt(token, transfer.photo_id))
    return PhotoStanding(transfer.upload, transfer.size, receipt) if receipt else None


def _standing(run: Round, transfer: Transfer, upload_name: str) -> PhotoStanding | None:
    offset = run.signed.call(lambda token: run.transport.photo_offset(token, upload_name))
    return PhotoStanding(upload_name, offset) if offset is not None and offset <= transfer.size else None


def _begin(run: Round, line: Line, transfer: Transfer, first: bytes) -> PhotoStanding:
    photo = PhotoToSend(transfer.photo_id, transfer.sha256, transfer.size, transfer.media_type)
    standing = line.carry(len(first), lambda: run.signed.call(lambda token: run.transport.begin_photo(token, photo, first)))
    if standing.receipt is None:
        _remember(run, transfer, standing)
    return standing


def _finish(run: Round, line: Line, transfer: Transfer, picture: bytes, standing: PhotoStanding) -> Receipt | None:
    while standing.receipt is None and standing.offset < transfer.size:
        if line.stopped:
            return None
        chunk = picture[standing.offset : standing.offset + line.chunk]
        before, standing = standing.offset, line.carry(len(chunk), partial(_send, run, standing, chunk))
        if standing.receipt is None:
            if standing.offset <= before:
                # It took the bytes and stands where it stood: this would never end.
                raise Offline("offline.broken_answer")
            _remember(run, transfer, standing)
    if standing.receipt is not None:
        return standing.receipt
    receipt = run.signed.call(lambda token: run.transport.photo_receipt(token, transfer.photo_id))
    if receipt is None:
        # It has every byte and signs for none: that is no success, and the next try begins anew.
        raise ServerProblem("receipt_invalid", HTTPStatus.OK)
    return receipt


def _send(run: Round, standing: PhotoStanding, chunk: bytes) -> PhotoStanding:
    return run.signed.call(lambda token: run.transport.send_photo(token, standing.upload, standing.offset, chunk))


def _remember(run: Round, transfer: Transfer, standing: PhotoStanding) -> None:
    with run.store.writing() as connection:
        transfers.under_way(connection, transfer.photo_id, standing.upload, standing.offset)
