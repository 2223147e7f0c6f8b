"""Takes pictures into the draft, one after the other, off the window's thread, and keeps the list of those that are in."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow, Visit
from fieldapp.domain.visit_photos import missing
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.usecases.blurring import Region
from fieldapp.usecases.photos import DraftPhoto, Photos


class PhotoWork(QObject):
    """`changed`: the photos or the number still being taken in changed. `refused` carries the name of the file and the error.
    `offered` carries a position that a picture told; `original_dropped`: there was no room to keep the file of one as it came."""

    changed = Signal()
    refused = Signal(str, object)
    offered = Signal(object)
    original_dropped = Signal()

    def __init__(self, photos: Photos, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._tasks = tasks
        self._visit: Visit | None = None
        self._under_way = 0
        self._round = 0
        self.photos: tuple[DraftPhoto, ...] = ()
        # What the photos of the visit are said to show; of it follows what the next one will be of.
        self.show: PhotosShow | None = None

    @property
    def under_way(self) -> int:
        return self._under_way

    def begin(self, visit: Visit, photos: tuple[DraftPhoto, ...]) -> None:
        self._visit = visit
        self._round += 1
        self._under_way = 0
        self.photos = photos
        self.show = visit.photos_show
        self.changed.emit()

    def show_also(self, visit_id: str, photos: tuple[DraftPhoto, ...]) -> None:
        """Pictures that were taken in on another page."""
        known = {shown.photo.id for shown in self.photos}
        new = tuple(one for one in photos if one.photo.id not in known)
        if new and self._visit is not None and self._visit.id == visit_id:
            self.photos = (*self.photos, *new)
            self.changed.emit()

    def add(self, sources: Sequence[Path | bytes], kind: PhotoKind | None = None, taken_at: dt.datetime | None = None) -> None:
        """Take these in, as pictures of this kind or of those that the form wants next. Each is on its own: one that cannot be read keeps
        no other out. `taken_at`: they were taken just now, and say nothing of it themselves."""
        visit = self._visit
        if visit is None:
            return
        begun = self._round
        for source in sources:
            of = kind or self._next_kind()
            name = source.name if isinstance(source, Path) else ""
            self._under_way += 1
            self._tasks.run(
                self,
                partial(self._photos.add, visit.id, visit.case_id, source, of, taken_at),
                partial(self._on_added, visit.id, begun),
                partial(self._on_refused, begun, name),
                Lane.PHOTOS,
            )
        self.changed.emit()

    def remove(self, photo_id: str) -> None:
        self.photos = tuple(shown for shown in self.photos if shown.photo.id != photo_id)
        self._tasks.run(self, lambda: self._photos.remove(photo_id), lane=Lane.PHOTOS)
        self.changed.emit()

    def blur(self, photo_id: str, regions: Sequence[Region], then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Put a picture with these parts blurred in the place of the photo."""
        begun = self._round

        def done(after: DraftPhoto) -> None:
            if begun == self._round:
                self.photos = tuple(after if shown.photo.id == photo_id else shown for shown in self.photos)
                self.changed.emit()
            then()

        self._tasks.run(self, lambda: self._photos.blur(photo_id, regions), done, failed, Lane.PHOTOS)

    def set_kind(self, photo_id: str, kind: PhotoKind) -> None:
        self.photos = tuple(
            replace(shown, photo=replace(shown.photo, kind=kind)) if shown.photo.id == photo_id else shown for shown in self.photos
        )
        self._tasks.run(self, lambda: self._photos.set_kind(photo_id, kind), lane=Lane.PHOTOS)
        self.changed.emit()

    def _next_kind(self) -> PhotoKind:
        wanted = missing(self.show, {shown.photo.kind for shown in self.photos})
        return wanted[self._under_way] if self._under_way < len(wanted) else PhotoKind.OTHER

    def _on_added(self, visit_id: str, begun: int, added: DraftPhoto) -> None:
        """A picture may arrive after the person went to another child and came back: it is counted once, and shown all the same."""
        if begun == self._round:
            self._under_way -= 1
        if self._visit is None or self._visit.id != visit_id:
            return
        if added.photo.id not in {shown.photo.id for shown in self.photos}:
            self.photos = (*self.photos, added)
        self.changed.emit()
        if added.original_dropped:
            self.original_dropped.emit()
        if added.offered_position:
            self.offered.emit(added.offered_position)

    def _on_refused(self, begun: int, name: str, error: Exception) -> None:
        if begun != self._round:
            return
        self._under_way -= 1
        self.changed.emit()
        self.refused.emit(name, error)
