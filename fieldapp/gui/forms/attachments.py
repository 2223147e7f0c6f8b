"""The pictures that answer a form: taken into its draft away from the window's thread, and fetched to be shown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal

from fieldapp.domain.photo import Photo, file_name, hashes_named_in
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.usecases.filling import OpenForm
from fieldapp.usecases.photos import Photos

Taken = Callable[[str], None]
Refused = Callable[[Exception], None]


class Attachments(QObject):
    """Of one draft. Answers are the names that the form keeps, '' for none. `settled`: nothing is being taken in any more; `opened` carries
    the SHA-256 of a picture that a person wants to see large."""

    settled = Signal()
    opened = Signal(str)

    def __init__(self, photos: Photos, tasks: Tasks, opened: OpenForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos, self._tasks, self._draft = photos, tasks, opened.draft
        self._under_way = 0

    @property
    def under_way(self) -> bool:
        return self._under_way > 0

    def take(self, owner: QObject, source: Path | bytes, then: Taken, refused: Refused) -> None:
        """A file, or what a clipboard held."""
        self._run(owner, partial(self._photos.answer, self._draft, source), then, refused)

    def sign(self, owner: QObject, png: bytes, then: Taken, refused: Refused) -> None:
        self._run(owner, partial(self._photos.sign, self._draft, png), then, refused)

    def sign_now(self, png: bytes) -> str:
        """Waits for it: the page is being left, and nobody would take the answer later."""
        return file_name(self._photos.sign(self._draft, png))

    def thumbnail(self, owner: QObject, name: str, then: Callable[[bytes | None], None]) -> None:
        """None where it cannot be shown."""
        self._fetch(owner, self._photos.thumbnail, name, then)

    def picture(self, owner: QObject, name: str, then: Callable[[bytes | None], None]) -> None:
        self._fetch(owner, self._photos.picture, name, then)

    def open(self, name: str) -> None:
        for sha256 in hashes_named_in(name):
            self.opened.emit(sha256)

    def _fetch(self, owner: QObject, read: Callable[[str], bytes | None], name: str, then: Callable[[bytes | None], None]) -> None:
        for sha256 in hashes_named_in(name):
            self._tasks.run(owner, partial(read, sha256), then, lambda _error: then(None), Lane.PHOTOS)

    def _run(self, owner: QObject, work: Callable[[], Photo], then: Taken, refused: Refused) -> None:
        self._under_way += 1

        # A card with its question may be taken away meanwhile.
        def done(photo: Photo) -> None:
            if shiboken6.isValid(owner):
                then(file_name(photo))
            self._settle()

        def failed(error: Exception) -> None:
            if shiboken6.isValid(owner):
                refused(error)
            self._settle()

        self._tasks.run(self, work, done, failed, Lane.PHOTOS)

    def _settle(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.settled.emit()
