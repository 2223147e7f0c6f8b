"""The photos of a bundle: pieces become a picture, and the picture is taken in as an upload would be. One photo at a time in memory."""

from collections.abc import Callable

from sqlalchemy import Engine

from fieldapp.server.access.scope import Caller
from fieldapp.server.photos import group as photo_group
from fieldapp.server.photos import uploads
from fieldapp.server.photos.taking import Intake
from fieldapp.wire.bundle import BundleBroken
from fieldapp.wire.bundle_parts import PhotoAnswer, PhotoHead
from fieldapp.wire.messages import MAX_PHOTO_BYTES


class PhotoTaker:
    """`answered` hears of each photo, with a receipt or the code of the problem. One that cannot be taken stops nothing."""

    def __init__(self, engine: Engine, district_id: str, intake: Intake, caller: Caller, answered: Callable[[PhotoAnswer], None]) -> None:
        self._engine = engine
        self._district_id = district_id
        self._intake = intake
        self._caller = caller
        self._answered = answered
        self._head: PhotoHead | None = None
        self._content = bytearray()

    def begin(self, head: PhotoHead) -> None:
        self.end()
        self._head = head

    def add(self, piece: bytes) -> None:
        if self._head is None:
            raise BundleBroken("damaged")
        if len(self._content) <= MAX_PHOTO_BYTES:
            self._content += piece

    def end(self) -> None:
        """The photo that was begun has all its pieces."""
        if self._head is None:
            return
        head, content = self._head, bytes(self._content)
        self._head, self._content = None, bytearray()
        self._answered(self._answer(head, content))

    def _answer(self, head: PhotoHead, content: bytes) -> PhotoAnswer:
        with self._engine.connect() as connection:
            expected = uploads.expected_photos(connection, self._district_id, self._caller, [head.photo_id])
        return photo_group.answers(self._intake, expected, [(head, content)])[0]
