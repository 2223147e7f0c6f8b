"""Pictures from a phone or a card: looked at without taking any in, and taken into visits when a person has said which. The files there
are only ever read."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import VisitId
from fieldapp.domain.phone.taken import Taken
from fieldapp.domain.photo import PhotoKind
from fieldapp.errors import PhotoError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import pictures_seen, preferences
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.usecases import picture_files, pictures
from fieldapp.usecases.drafting import begun_visit
from fieldapp.usecases.phone_visits import PhoneVisit, phone_visits
from fieldapp.usecases.photos import Photos
from fieldapp.usecases.picture_files import Listing, PictureFile

_FOLDER = "picture_folder"


class Standing(StrEnum):
    NEW = "new"
    TAKEN_IN = "taken_in"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True)
class PhonePicture:
    """One that can be read. `sha256` of the file as the camera wrote it; `taken.key` is the same. `thumbnail`: JPEG of at most 240 px."""

    path: Path
    size: int
    sha256: str
    standing: Standing
    taken: Taken
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`error` says why in words; nothing of it can be taken in."""

    path: Path
    error: PhotoError


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said of one picture. `taken_at`: with its camera's clock set right, None to leave it to the picture."""

    picture: PhonePicture
    visit: PhoneVisit
    kind: PhotoKind
    taken_at: dt.datetime | None


class PhonePictures:
    def __init__(self, store: Store, photos: Photos, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._photos = photos
        self._now = now

    def folder(self) -> Path | None:
        """Where pictures of the phone arrive on this computer, if a person has said so."""
        with self._store.reading() as connection:
            chosen = preferences.read(connection, _FOLDER)
        return Path(chosen) if chosen else None

    def set_folder(self, folder: Path | None) -> None:
        with self._store.writing() as connection:
            preferences.write(connection, _FOLDER, str(folder) if folder else "")

    def visits(self) -> tuple[PhoneVisit, ...]:
        return phone_visits(self._store, self._now().date())

    def listing(self, places: Sequence[Path], *, old_ones: bool = False) -> Listing:
        """Files in these folders, and files that are named themselves. Opens none."""
        decided = self._sizes()
        return picture_files.everything(places, decided) if old_ones else picture_files.recent(places, self._now(), decided)

    def count_new(self, places: Sequence[Path]) -> int:
        """How many of the last days nobody has decided about. Opens no file: one of a size that was never seen is new."""
        decided, young = self._sizes(), self._now() - picture_files.RECENT
        return sum(file.size not in decided and file.changed >= young for file in self.listing(places).files)

    def _sizes(self) -> frozenset[int]:
        with self._store.reading() as connection:
            return pictures_seen.sizes(connection)

    def read(self, files: Iterable[PictureFile]) -> tuple[PhonePicture | Unreadable, ...]:
        """One answer for each file. Holds one file at a time in memory."""
        looked_at = [_looked_at(file) for file in files]
        with self._store.reading() as connection:
            known = pictures_seen.known(connection, [one.sha256 for one in looked_at if isinstance(one, PhonePicture)])
        return tuple(_standing(one, known) if isinstance(one, PhonePicture) else one for one in looked_at)

    def again(self, pictures: Sequence[PhonePicture]) -> tuple[PhonePicture, ...]:
        """The same pictures, with what was decided about them since they were read."""
        with self._store.reading() as connection:
            known = pictures_seen.known(connection, [one.sha256 for one in pictures])
        return tuple(_standing(one, known) for one in pictures)

    def take_in(self, choice: Choice) -> Changes:
        """Raises PhotoError: as `Photos.add`, photo.changed where the file is not the one that was shown, photo.no_visit where the visit
        was thrown away meanwhile. The file stays as it is."""
        data = pictures.read_bytes(choice.picture.path)
        if sha256_hex(data) != choice.picture.sha256:
            raise PhotoError("photo.changed")
        visit_id, case_id = VisitId(choice.visit.visit_id), choice.visit.row.case_id
        with self._store.reading() as connection:
            begun = begun_visit(connection, case_id)
            recorded = SqlRecords(connection, self._store.district_id).visit(visit_id)
        if begun is not None and begun.id == visit_id:
            self._photos.add(visit_id, case_id, data, choice.kind, choice.taken_at)
            return Changes(cases=frozenset({case_id}))
        if recorded is None:
            raise PhotoError("photo.no_visit")
        return self._photos.add_to_finished(visit_id, case_id, data, choice.kind, choice.taken_at)

    def not_for_us(self, chosen: Iterable[PhonePicture]) -> None:
        """Never offered again, unless a person asks for it."""
        with self._store.writing() as connection:
            for one in chosen:
                pictures_seen.remember(connection, one.sha256, one.size, pictures_seen.NOT_FOR_US, self._now())

    def for_us_after_all(self, chosen: Iterable[PhonePicture]) -> None:
        with self._store.writing() as connection:
            pictures_seen.forget(connection, [one.sha256 for one in chosen])


def _looked_at(file: PictureFile) -> PhonePicture | Unreadable:
    try:
        data = pictures.read_bytes(file.path)
        seen = pictures.glance(data)
    except PhotoError as error:
        return Unreadable(file.path, error)
    sha256 = sha256_hex(data)
    taken = Taken(sha256, seen.taken_at or file.changed, seen.position, seen.camera, exact=seen.taken_at is not None)
    return PhonePicture(file.path, len(data), sha256, Standing.NEW, taken, seen.thumbnail)


def _standing(picture: PhonePicture, known: dict[str, str]) -> PhonePicture:
    if picture.sha256 not in known:
        return replace(picture, standing=Standing.NEW)
    became = known[picture.sha256]
    return replace(picture, standing=Standing.NOT_FOR_US if became == pictures_seen.NOT_FOR_US else Standing.TAKEN_IN)
