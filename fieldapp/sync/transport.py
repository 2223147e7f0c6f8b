"""What the sync engine asks of a line to the district. HTTP is one; tests have a direct one and one with faults.

Every method is one round trip, so that a fault can be put before, during or after exactly one. A method answers, or raises `Offline`,
`ServerProblem` or `SignInNeeded`, and nothing else. Methods may be called from several threads at once.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldapp.domain.receipt import Receipt
from fieldapp.wire.bundle_parts import PhotoAnswer
from fieldapp.wire.messages import MAX_CHANGES, DeviceKeys, Hello, PullPage, Push, PushAnswer, Refresh, Session, SignIn


@dataclass(frozen=True, slots=True)
class PhotoToSend:
    photo_id: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class PhotoStanding:
    """Where an upload stands: `upload` names it, `offset` is how many bytes the district has of it; `receipt` once it has all."""

    upload: str
    offset: int
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went over the line so far: bodies as they travelled (compressed), and requests."""

    up: int = 0
    down: int = 0
    requests: int = 0


class Transport(Protocol):
    @property
    def traffic(self) -> Traffic: ...

    @property
    def clock_offset(self) -> dt.timedelta | None:
        """The district's clock minus this laptop's, as of the last answer; None before the first."""

    def hello(self) -> Hello: ...

    def sign_in(self, request: SignIn) -> Session: ...

    def refresh(self, request: Refresh) -> Session: ...

    def register_keys(self, token: str, keys: DeviceKeys) -> None: ...

    def farewell(self, token: str) -> Receipt:
        """The district's signed word that this laptop's access has ended."""

    def push(self, token: str, push: Push) -> PushAnswer: ...

    def pull(
        self, token: str, cursor: int, mark: str = "", proofs: Sequence[str] = (), limit: int = MAX_CHANGES, unsent: str = ""
    ) -> PullPage:
        """`mark` came with the cursor; `proofs` are "run:number" of receipts that came since; at most `limit` changes. `unsent` tells the
        district what waits here, "records,photos"."""

    def begin_photo(self, token: str, photo: PhotoToSend, first: bytes) -> PhotoStanding:
        """Begin an upload with its first bytes, which may be all of them, or none."""

    def send_together(self, token: str, photos: Sequence[PhotoToSend], pictures: Sequence[bytes]) -> tuple[PhotoAnswer, ...]:
        """Several small photos whole, in one request; each is answered for itself."""

    def photo_offset(self, token: str, upload: str) -> int | None:
        """How far an upload has come; None where the district no longer knows it."""

    def send_photo(self, token: str, upload: str, offset: int, chunk: bytes) -> PhotoStanding: ...

    def photo_receipt(self, token: str, photo_id: str) -> Receipt | None: ...

    def photo_bytes(self, token: str, sha256: str) -> bytes: ...

    def interrupt(self) -> None:
        """Requests that are under way end at once, with `Offline`. From any thread; later requests are as always."""

    def close(self) -> None: ...
