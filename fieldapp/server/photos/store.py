"""Where the bytes of photos lie: a folder, or an S3-compatible store. Objects are named by hash; uploads under way lie apart.

What `put` returned for is durable: a receipt is signed for it. Knows nothing of records.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from fieldapp.errors import SetupError

_KINDS: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
}


def media_type_of(content: bytes | memoryview) -> str | None:
    """What a picture is by its first bytes; names and announcements are not believed."""
    head = bytes(content[:16])
    return next((kind for kind, fits in _KINDS.items() if fits(head)), None)


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class NoRoom(SetupError):
    """The disk of the store is full; nothing of the object was kept."""

    code = "setup.disk_full"


class PhotoStore:
    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def at(cls, place: str) -> "PhotoStore":
        """A store for a folder or an address such as s3://bucket/prefix. Raises SetupError."""
        try:
            if "://" in place:
                return cls(from_url(place), None)
            folder = Path(place).expanduser().resolve()
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(folder), folder)
        except (obstore.exceptions.BaseError, ValueError, OSError) as error:
            raise SetupError("setup.bad_value", option="--photos") from error

    def put(self, key: str, content: bytes) -> None:
        """Raises NoRoom."""
        self.put_all({key: content})

    def put_all(self, contents: Mapping[str, bytes | memoryview]) -> None:
        """Several objects; durable when this returns. Raises NoRoom."""
        if self._folder is None:
            for key, content in contents.items():
                obstore.put(self._store, key, content, use_multipart=False)
            return
        paths = [self._folder / key for key in contents]
        folders = sorted({path.parent for path in paths})
        with _telling_no_room():
            _make_folders(folders)
            for key, content in contents.items():
                obstore.put(self._store, key, content, use_multipart=False)
            # The store writes and renames; only this makes it survive a power cut.
            for path in paths:
                with path.open("rb") as written:
                    os.fsync(written.fileno())
            for folder in folders:
                _keep_names(folder)

    def get(self, key: str) -> bytes:
        """Raises FileNotFoundError."""
        return bytes(obstore.get(self._store, key).bytes())

    def remove(self, keys: list[str]) -> None:
        """Remove what is there of these; what is not is gone already."""
        for key in keys:
            try:
                obstore.delete(self._store, key)
            except FileNotFoundError:
                continue


@contextlib.contextmanager
def _telling_no_room() -> Iterator[None]:
    try:
        yield
    except (OSError, obstore.exceptions.BaseError) as error:
        if not _means_no_room(error):
            raise
        raise NoRoom from error


def _means_no_room(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _NO_ROOM
    # The store tells the system's words only.
    return any(os.strerror(number) in str(error) for number in _NO_ROOM)


def photo_key(district_id: str, sha256: str) -> str:
    return f"{district_id}/photos/{sha256[:2]}/{sha256}"


def set_aside_key(district_id: str, sha256: str) -> str:
    return f"{district_id}/set-aside/{sha256[:2]}/{sha256}"


def part_key(district_id: str, upload_id: str, part_id: str) -> str:
    return f"{district_id}/uploads/{upload_id}/{part_id}"


def _make_folders(folders: Iterable[Path]) -> None:
    wanted = {folder for folder in folders if not folder.is_dir()}
    new = set[Path]()
    while wanted:
        new |= wanted
        wanted = {folder.parent for folder in wanted if not folder.parent.is_dir()}
    for folder in sorted(new):
        folder.mkdir(exist_ok=True)
    for folder in {folder.parent for folder in new}:
        _keep_names(folder)


def _keep_names(folder: Path) -> None:
    """A file's name lies in its folder, which must reach the disk too. Windows does that by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
