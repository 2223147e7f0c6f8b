"""What a laptop could not bring, and its person sent to the office in a file: an entry of the inbox each, its pictures kept beside.

Nothing of it becomes a record here, and there is no receipt: a person in the office reads it and helps. The same thing twice is one entry.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert

from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.inbox import InboxKind
from fieldapp.server.photos.taking import Intake
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleBroken
from fieldapp.wire.bundle_parts import SetAside

# A picture that was refused may be larger than one that is taken; more than this is not kept in memory.
MAX_PICTURE_BYTES = 100_000_000
_ENTRIES = uuid.UUID("6c3b1a52-6d0e-4b7a-9d0c-6a1f0b1e2d3c")


class SetAsideTaker:
    """`new` and `known` count entries that were opened and those that were there before."""

    def __init__(self, engine: Engine, district_id: str, intake: Intake, caller: Caller, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._district_id = district_id
        self._intake = intake
        self._caller = caller
        self._clock = clock
        self._message: SetAside | None = None
        self._next = 0
        self._content = bytearray()
        self._kept: list[str] = []
        self.new = 0
        self.known = 0

    def begin(self, message: SetAside) -> None:
        self.end()
        if any(picture.size <= 0 for picture in message.pictures):
            raise BundleBroken("damaged")
        self._message, self._next, self._content, self._kept = message, 0, bytearray(), []

    def add(self, piece: bytes) -> None:
        """The next bytes of the pictures that the message names."""
        if self._message is None:
            raise BundleBroken("damaged")
        pictures = self._message.pictures
        while piece:
            if self._next == len(pictures):
                raise BundleBroken("damaged")
            picture = pictures[self._next]
            room = picture.size - len(self._content)
            self._content += piece[:room]
            piece = piece[room:]
            if len(self._content) > MAX_PICTURE_BYTES:
                raise BundleBroken("damaged")
            if len(self._content) == picture.size:
                self._keep(picture.sha256, bytes(self._content))
                self._next, self._content = self._next + 1, bytearray()

    def end(self) -> None:
        """The record that was begun has all its pictures."""
        message, self._message = self._message, None
        if message is None:
            return
        if self._content or self._next != len(message.pictures):
            raise BundleBroken("damaged")
        table = tables.inbox
        row = {
            "district_id": self._district_id,
            "id": str(uuid.uuid5(_ENTRIES, f"{self._district_id} {message.kind} {message.id}")),
            "kind": InboxKind.SET_ASIDE,
            "event_id": message.id,
            "case_id": message.case_id or None,
            "body": self._body(message),
            "opened_at": self._clock(),
        }
        with self._engine.begin() as connection:
            added = connection.execute(insert(table).values(row).on_conflict_do_nothing().returning(table.c.id)).first()
        self.new += added is not None
        self.known += added is None

    def _keep(self, sha256: str, content: bytes) -> None:
        # The name must be that of the bytes: it is how they are found again.
        if hashlib.sha256(content).hexdigest() == sha256:
            self._intake.keep_aside(sha256, content)
            self._kept.append(sha256)

    def _body(self, message: SetAside) -> dict[str, object]:
        told: dict[str, object] = codec.parse_json(codec.encode(message))
        told["pictures"] = [
            {"photo_id": picture.photo_id, "sha256": picture.sha256, "size": picture.size, "kind": picture.kind}
            for picture in message.pictures
            if picture.sha256 in self._kept
        ]
        return told | {"by": self._caller.person_id, "device_id": self._caller.device_id}
