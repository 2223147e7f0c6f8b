"""Copies of the records beside them, encrypted with the same key: one a day and one before each migration, the newest seven kept. The
photos' file is not copied every day: it may hold gigabytes, and what the district has of it can be had again."""

import contextlib
import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from fieldapp.errors import StoreError
from fieldapp.store.engine import PHOTOS_FILE, RECORDS_FILE, Store, connect
from fieldapp.store.faults import store_error

KEPT = 7
FOLDER = "backups"
_DAY = dt.timedelta(hours=20)
_STAMP = "%Y%m%d-%H%M%S"
_CACHE_KIB = 2_000
_CHILDREN = "SELECT count(*) FROM child"
_UNSENT = "SELECT count(*) FROM outbox WHERE (status IS NULL OR status = 'rejected') AND kind <> 'photo.added'"


@dataclass(frozen=True, slots=True)
class Backup:
    """`children` and `unsent` are None where the copy itself cannot be read."""

    path: Path
    made_at: dt.datetime
    size: int
    children: int | None = None
    unsent: int | None = None


def backups(folder: Path) -> tuple[Backup, ...]:
    """Copies of the records, newest first, by their names alone."""
    found = []
    for path in (folder / FOLDER).glob(f"{Path(RECORDS_FILE).stem}-*.db"):
        with contextlib.suppress(ValueError, OSError):
            made_at = dt.datetime.strptime("-".join(path.stem.split("-")[-2:]), _STAMP).replace(tzinfo=dt.UTC)
            found.append(Backup(path, made_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def looked_into(backup: Backup, key: bytes) -> Backup:
    """The same with what is in it."""
    try:
        connection = connect(backup.path, key, _CACHE_KIB)
        try:
            children, unsent = (connection.execute(query).fetchone()[0] for query in (_CHILDREN, _UNSENT))
        finally:
            connection.close()
    except sqlcipher.DatabaseError:
        return backup
    return Backup(backup.path, backup.made_at, backup.size, children, unsent)


def back_up_daily(store: Store, now: dt.datetime) -> Backup | None:
    """A copy, unless there is one of today. A copy of a file that cannot be read through is never kept. Raises store.disk_full."""
    newest = next(iter(backups(store.folder)), None)
    if newest is not None and abs(now - newest.made_at) < _DAY:
        return None
    target = path_for(store.folder, RECORDS_FILE, "daily", now)
    with store.engines() as (records, _):
        copy(records, target)
    prune(store.folder)
    return Backup(target, now, target.stat().st_size)


def path_for(folder: Path, name: str, why: str, now: dt.datetime) -> Path:
    return folder / FOLDER / f"{Path(name).stem}-{why}-{now.astimezone(dt.UTC):{_STAMP}}.db"


def copy(engine: Engine, target: Path) -> None:
    """All or nothing: a copy that a power cut stopped is not taken for one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    half.unlink(missing_ok=True)
    try:
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("VACUUM INTO ?", (str(half),))
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(target)
    except sqlcipher.Error as error:
        raise store_error(error) from error
    except OSError as error:
        raise StoreError("store.disk_full") from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def prune(folder: Path) -> None:
    """Keep the newest copies of the records, and of the photos the newest one."""
    for old in backups(folder)[KEPT:]:
        _drop(old.path)
    for path in sorted((folder / FOLDER).glob(f"{Path(PHOTOS_FILE).stem}-*.db"))[:-1]:
        _drop(path)


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()
