"""The profiles that pictures are taken of, one a kind, each a real encrypted one: built once a process, and copied for whoever writes."""

import shutil
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path

from PIL import Image, ImageOps

from fieldapp import client
from fieldapp.client import Client
from fieldapp.domain.event import Record
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.gui.demo import pictures
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.keys import create_key, unlock_key
from fieldapp.store.opening import create_store, open_store
from fieldapp.store.profiles import Profile, profile_dir, write_profile
from tests.pictures import people
from tests.pictures.work import DISTRICT_KEY, Work
from tests.support.laptop import NOW, Clock, an_identity
from tests.support.profiles import FAST, PASSPHRASE, settings_for

_MANY = 5_000
_EXIF, _TAKEN_AT = 0x8769, 0x9003


class Filled(StrEnum):
    """With what a profile is filled."""

    USUAL = "usual"
    EMPTY = "empty"
    LONG = "long"
    MANY = "many"
    OFFICE = "office"


_CHILDREN: dict[Filled, Callable[[], Iterator[Record]]] = {
    Filled.USUAL: people.children,
    Filled.EMPTY: lambda: iter(()),
    Filled.LONG: people.long_named,
    Filled.MANY: lambda: people.many(_MANY),
    Filled.OFFICE: people.children,
}
_NAMES = {Filled.LONG: ("ว่าที่ร้อยตรีหญิงธัญญ์นภัสอัยลดาภัทร ณ หนองคายเวียงจันทน์", people.LONG_SCHOOL)}


class Seats:
    """Under `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: dict[Filled, Path] = {}
        self._copies = 0
        self.photos = pictures.paint_all(folder / "phone")
        self.new_photos = _taken_since(self.photos, folder / "phone-today")

    def profiles(self, filled: Filled) -> tuple[Path, Profile]:
        """The data folder, and the profile in it."""
        home = self._home(filled)
        return home, client.list_profiles(settings_for(home))[0]

    def copy(self, filled: Filled) -> Path:
        """A data folder of one's own."""
        self._copies += 1
        target = self._folder / f"copy-{self._copies}"
        shutil.copytree(self._home(filled), target)
        return target

    def open(self, home: Path) -> Client:
        """At the pictures' hour."""
        settings = settings_for(home)
        return client.unlock(settings, client.list_profiles(settings)[0].id, PASSPHRASE, Clock())

    def _home(self, filled: Filled) -> Path:
        if filled not in self._built:
            self._built[filled] = self._build(filled)
        return self._built[filled]

    def _build(self, filled: Filled) -> Path:
        home = self._folder / filled.value
        name, school = _NAMES.get(filled, ("ครูสมหญิง ใจดี", "โรงเรียนบ้านนาคู"))
        role = Role.OFFICER if filled is Filled.OFFICE else Role.TEACHER
        profile = Profile(new_id(), name, "somying", role.value, school, "สพป.กาฬสินธุ์ เขต 3", "https://office.example.th", last_used_at=NOW)
        folder = profile_dir(home, profile.id)
        folder.mkdir(parents=True)
        identity = an_identity(role, DISTRICT_KEY.verify_key.encode().hex())
        # A point of the curve's base: the box is never opened here.
        store = create_store(folder, create_key(folder, PASSPHRASE, "09" + "00" * 31, FAST), identity)
        records = _chunks(iter((*people.reference(long=filled is Filled.LONG), *_CHILDREN[filled]())))
        for chunk in records:
            with store.writing() as connection:
                SqlRecords(connection, store.district_id).put(chunk)
        store.close()
        write_profile(folder, profile)
        if filled is Filled.USUAL:
            self._work(home, folder)
        return home

    def _work(self, home: Path, folder: Path) -> None:
        clock = Clock()
        opened = client.unlock(settings_for(home), folder.name, PASSPHRASE, clock)
        beside = open_store(folder, unlock_key(folder, PASSPHRASE, clock))
        Work(opened, beside, clock, self.photos).do_all()
        beside.close()
        opened.close()


def _taken_since(photos: list[Path], folder: Path) -> list[Path]:
    """What no visit has yet: two that no visit is near to, and one that may be of a visit."""
    folder.mkdir()
    files = []
    for number, taken in enumerate(("2026:11:22 08:46:00", "2026:11:22 08:49:00", "2026:11:20 16:40:00")):
        with Image.open(photos[number % 2]) as painted:
            seen = ImageOps.mirror(painted).reduce(2 + number // 2)
        words = seen.getexif()
        words.get_ifd(_EXIF)[_TAKEN_AT] = taken
        files.append(folder / f"IMG_020{number + 1}.jpg")
        seen.save(files[-1], quality=88, exif=words.tobytes())
    return files


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
    while chunk := list(islice(records, 2_000)):
        yield chunk
