"""Fetches small pictures on the photos lane and keeps those seen lately, so that opening a card twice reads nothing twice."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.usecases.photos import Photos

_KEPT = 120


class Thumbnails:
    def __init__(self, photos: Photos, tasks: Tasks) -> None:
        self._photos = photos
        self._tasks = tasks
        self._told = False
        self._seen: OrderedDict[str, bytes] = OrderedDict()

    def fetch(self, owner: QObject, sha256: str, then: Callable[[bytes | None], None]) -> None:
        """Call `then` with the JPEG, or with None where the picture is not on this laptop or cannot be read."""
        if sha256 in self._seen:
            self._seen.move_to_end(sha256)
            then(self._seen[sha256])
            return

        def keep(data: bytes | None) -> None:
            if data:
                self._seen[sha256] = data
                if len(self._seen) > _KEPT:
                    self._seen.popitem(last=False)
            then(data)

        self._tasks.run(owner, lambda: self._photos.thumbnail(sha256), keep, lambda error: self._cannot(error, then), Lane.PHOTOS)

    def picture(self, owner: QObject, sha256: str, then: Callable[[bytes | None], None]) -> None:
        """The whole picture, not kept."""
        self._tasks.run(owner, lambda: self._photos.picture(sha256), then, lambda error: self._cannot(error, then), Lane.PHOTOS)

    def original_ending(self, owner: QObject, sha256: str, then: Callable[[str | None], None]) -> None:
        """Of the file that the picture was made of, while it is kept."""
        self._tasks.run(owner, lambda: self._photos.original_ending(sha256), then, lane=Lane.PHOTOS)

    def save_original(
        self, owner: QObject, sha256: str, target: Path, then: Callable[[bool], None], failed: Callable[[Exception], None]
    ) -> None:
        """Write the file that the picture was made of to the disk, in the clear. `then` hears False where it is kept no more."""

        def write() -> bool:
            source = self._photos.original(sha256)
            if source is not None:
                target.write_bytes(source.data)
            return source is not None

        self._tasks.run(owner, write, then, failed, Lane.PHOTOS)

    def _cannot(self, error: Exception, then: Callable[[bytes | None], None]) -> None:
        """A picture that cannot be shown is seen in its tile and never stands in the way of the card. Why is said once, not for each."""
        if not self._told:
            self._told = True
            self._tasks.unhandled.emit(error)
        then(None)
