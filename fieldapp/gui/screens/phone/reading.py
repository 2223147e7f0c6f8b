"""Looks at the pictures of some places, a few at a time on the photos lane, so that the window goes on, others get their turn on the lane,
and a cancel is heard at once. What was read stays known as long as its file is the same."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.volumes import PluggedIn
from fieldapp.usecases.phone_pictures import PhonePicture, PhonePictures, Unreadable
from fieldapp.usecases.phone_visits import PhoneVisit
from fieldapp.usecases.picture_files import Listing, PictureFile

_AT_A_TIME = 6


class Reading(QObject):
    """`begun`: what there is to look at is known. `went_on`: some more were read. `ended`: all were, or the person stopped it.
    `pulled_out` carries the name of the phone or card that went while it was read."""

    begun = Signal()
    went_on = Signal()
    ended = Signal()
    pulled_out = Signal(str)
    failed = Signal(object)

    def __init__(
        self, pictures: PhonePictures, tasks: Tasks, plugged_in: Callable[[], Sequence[PluggedIn]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._tasks = tasks
        self._ask_plugged_in = plugged_in
        self._known: dict[PictureFile, PhonePicture | Unreadable] = {}
        self._round = 0
        self._waiting: list[PictureFile] = []
        self._old_ones = False
        # Chosen or dropped by the person, until the window is closed.
        self._named: tuple[Path, ...] = ()
        self.folder: Path | None = None
        self.folder_is_there = False
        self.plugged_in: tuple[PluggedIn, ...] = ()
        self.visits: tuple[PhoneVisit, ...] = ()
        self.listing = Listing(())

    @property
    def running(self) -> bool:
        return bool(self._waiting)

    @property
    def done(self) -> int:
        return len(self.listing.files) - len(self._waiting)

    @property
    def pictures(self) -> tuple[PhonePicture, ...]:
        return tuple(one for file in self.listing.files if isinstance(one := self._known.get(file), PhonePicture))

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        return tuple(one for file in self.listing.files if isinstance(one := self._known.get(file), Unreadable))

    def name(self, paths: Sequence[Path]) -> None:
        """Look at these as well."""
        self._named = tuple(dict.fromkeys([*self._named, *paths]))
        self.begin()

    def begin(self, *, old_ones: bool | None = None) -> None:
        """Look anew: what is plugged in, what lies where, what was decided since."""
        if old_ones is not None:
            self._old_ones = old_ones
        self._round += 1
        self._waiting = []
        here = self._round
        named, known, all_ages = self._named, dict(self._known), self._old_ones
        self._tasks.run(
            self, lambda: self._looked(named, known, all_ages), lambda found: self._on_listed(here, found), self.failed.emit, Lane.PHOTOS
        )

    def stop(self) -> None:
        """What was read stays."""
        self._round += 1
        if self._waiting:
            unread = set(self._waiting)
            self.listing = Listing(tuple(file for file in self.listing.files if file not in unread), self.listing.older)
            self._waiting = []
            self.ended.emit()

    def _looked(self, named: tuple[Path, ...], known: "_Known", all_ages: bool) -> "_Looked":
        folder = self._pictures.folder()
        is_there = folder is not None and folder.is_dir()
        plugged_in = tuple(self._ask_plugged_in())
        places = ([folder] if folder and is_there else []) + [one.folder for one in plugged_in]
        listing = self._pictures.listing(places, old_ones=all_ages)
        if named:
            chosen = self._pictures.listing(named, old_ones=True).files
            files = tuple(dict.fromkeys([*chosen, *listing.files]))
            listing = Listing(files, listing.older, listing.beyond)
        kept = {file: known[file] for file in listing.files if file in known}
        read = [one for one in kept.values() if isinstance(one, PhonePicture)]
        stand = {one.path: one for one in self._pictures.again(read)}
        fresh = {file: stand[one.path] if isinstance(one, PhonePicture) else one for file, one in kept.items()}
        return folder, is_there, plugged_in, self._pictures.visits(), listing, fresh

    def _on_listed(self, here: int, found: "_Looked") -> None:
        if here != self._round:
            return
        self.folder, self.folder_is_there, self.plugged_in, self.visits, self.listing, self._known = found
        # A file that could not be read may be whole by now.
        self._waiting = [file for file in self.listing.files if not isinstance(self._known.get(file), PhonePicture)]
        self.begun.emit()
        self._go_on(here)

    def _go_on(self, here: int) -> None:
        if not self._waiting:
            self.ended.emit()
            return
        files = self._waiting[:_AT_A_TIME]
        roots = [one.root for one in self.plugged_in]

        def work() -> tuple[tuple[PhonePicture | Unreadable, ...], frozenset[Path]]:
            read = self._pictures.read(files)
            unread = any(isinstance(one, Unreadable) for one in read)
            return read, frozenset(root for root in roots if unread and not _is_there(root))

        self._tasks.run(self, work, lambda answer: self._on_read(here, files, answer), self.failed.emit, Lane.PHOTOS)

    def _on_read(self, here: int, files: list[PictureFile], answer: tuple[tuple[PhonePicture | Unreadable, ...], frozenset[Path]]) -> None:
        if here != self._round:
            return
        read, gone = answer
        self._known |= dict(zip(files, read, strict=True))
        self._waiting = self._waiting[len(files) :]
        if gone:
            self._forget(gone)
        self.went_on.emit()
        self._go_on(here)

    def _forget(self, gone: frozenset[Path]) -> None:
        """Said once for all that was on it, not for each picture."""
        names = [one.name for one in self.plugged_in if one.root in gone]
        self.plugged_in = tuple(one for one in self.plugged_in if one.root not in gone)
        left = tuple(file for file in self.listing.files if not gone & set(file.path.parents))
        self._waiting = [file for file in self._waiting if not gone & set(file.path.parents)]
        self.listing = Listing(left, self.listing.older, self.listing.beyond)
        self.pulled_out.emit(names[0] if names else "")


_Known = dict[PictureFile, PhonePicture | Unreadable]
_Looked = tuple[Path | None, bool, tuple[PluggedIn, ...], tuple[PhoneVisit, ...], Listing, _Known]


def _is_there(root: Path) -> bool:
    """A card that was pulled out leaves its folder behind on some computers, empty."""
    try:
        return any(root.iterdir())
    except OSError:
        return False
