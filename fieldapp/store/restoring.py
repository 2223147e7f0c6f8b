"""Putting a backup in the place of damaged records, with everything that only the damaged file still knew: what was recorded here, what the
district said to it, and visits that were being written.

The damaged file is kept beside, and read again should this be cut by a power failure; what is already there is not taken in twice.
"""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from fieldapp.errors import StoreError
from fieldapp.store import health, schema
from fieldapp.store.carry_over import Carried, carry_over
from fieldapp.store.engine import PHOTOS_FILE, RECORDS_FILE, WRITES, file_engine
from fieldapp.store.identity import NAME, Identity, identity_from, read_identity, write_identity
from fieldapp.store.salvage import Wreck
from fieldapp.store.tables import photo_bytes, sync_state

WRECKS = "damaged"
_WRECKS_KEPT = 3
_CACHE_KIB = 8_000
_COMPANIONS = ("", "-wal", "-shm")


def restore_records(folder: Path, key: bytes, backup: Path | None, now: dt.datetime, identity: Identity | None = None) -> Carried:
    """Raises store.damaged (part backup) where the backup cannot be read through either, and then nothing has changed. Without a backup the
    new file is empty but for `identity` and what could be carried over; the next sync brings the rest."""
    new = folder / f"{RECORDS_FILE}.new"
    _remove(new)
    if backup is not None:
        if not health.is_whole(backup, key):
            raise StoreError("store.damaged", part="backup")
        shutil.copyfile(backup, new)
    _set_aside(folder, RECORDS_FILE, now)
    engine = file_engine(new, key, _CACHE_KIB)
    try:
        owner = _ready(engine, identity)
        wrecks = [Wreck(path, key) for path in _wrecks(folder, RECORDS_FILE)]
        with _writing(engine) as connection:
            carried = carry_over(connection, owner, wrecks)
        _settle(engine)
    finally:
        engine.dispose()
    _replace(folder / RECORDS_FILE, new)
    return carried


def restore_photos(folder: Path, key: bytes, now: dt.datetime) -> int:
    """A new file with every picture that can still be read; returns how many. The district has most of the others."""
    new = folder / f"{PHOTOS_FILE}.new"
    _remove(new)
    _set_aside(folder, PHOTOS_FILE, now)
    engine = file_engine(new, key, _CACHE_KIB)
    known: set[str] = set()
    try:
        with _writing(engine) as connection:
            schema.create(connection, schema.PHOTOS)
        for path in _wrecks(folder, PHOTOS_FILE):
            wreck = Wreck(path, key)
            for row in wreck.rows_step_by_step(photo_bytes.name):
                if row["sha256"] not in known:
                    known.add(row["sha256"])
                    with _writing(engine) as connection:
                        connection.execute(photo_bytes.insert(), {column.name: row[column.name] for column in photo_bytes.c})
        _settle(engine)
    finally:
        engine.dispose()
    _replace(folder / PHOTOS_FILE, new)
    return len(known)


def readable_identity(folder: Path, key: bytes) -> Identity | None:
    """Whom the damaged records belong to, if that page can be read: then they can be begun anew without any backup."""
    for path in (folder / RECORDS_FILE, *_wrecks(folder, RECORDS_FILE)):
        for row in Wreck(path, key).rows(sync_state.name):
            if row["name"] == NAME:
                return identity_from(row["value"])
    return None


def _ready(engine: Engine, identity: Identity | None) -> Identity:
    """Tables at this program's version, and whose they are."""
    with engine.connect() as connection:
        revision = schema.stored_revision(connection)
    if revision is None:
        with _writing(engine) as connection:
            schema.create(connection, schema.RECORDS)
    elif schema.needs_migration(revision, schema.RECORDS):
        schema.migrate(engine, schema.RECORDS, backup=None)
    with _writing(engine) as connection:
        owner = read_identity(connection) or identity
        if owner is None:
            raise StoreError("store.damaged", part="identity")
        write_identity(connection, owner)
    return owner


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        connection = connection.execution_options(**{WRITES: True})
        with connection.begin():
            yield connection


def _settle(engine: Engine) -> None:
    """Into the one file, so that it can be moved alone."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _set_aside(folder: Path, name: str, now: dt.datetime) -> None:
    """A copy of the damaged file with its journal; the file itself stays until the new one takes its place."""
    if not (folder / name).is_file():
        return
    aside = folder / WRECKS / f"{now.astimezone(dt.UTC):%Y%m%d-%H%M%S-%f}"
    aside.mkdir(parents=True, exist_ok=True)
    for ending in _COMPANIONS:
        source = folder / f"{name}{ending}"
        if source.is_file():
            shutil.copyfile(source, aside / source.name)
    for old in sorted((folder / WRECKS).iterdir())[:-_WRECKS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _wrecks(folder: Path, name: str) -> list[Path]:
    """Newest first: what the later file says about a row is the later truth."""
    return [path / name for path in sorted((folder / WRECKS).glob("*"), reverse=True) if (path / name).is_file()]


def _replace(old: Path, new: Path) -> None:
    # A journal of the old file must never be laid over the new one.
    for ending in _COMPANIONS[1:]:
        old.with_name(old.name + ending).unlink(missing_ok=True)
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(old)
    _remove(new)


def _remove(path: Path) -> None:
    for ending in _COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
