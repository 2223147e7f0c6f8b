"""Whether the files of a profile are whole. Every page of the records is checked against its seal, and every picture that the district does
not hold yet is read; pictures that it holds can be had again.

Damage found beside a person's work is marked in the folder: the next unlock then looks before it opens.
"""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from fieldapp.domain.canonical import sha256_hex
from fieldapp.errors import StoreError
from fieldapp.store import transfers
from fieldapp.store.engine import PHOTOS_FILE, RECORDS_FILE, Store, connect
from fieldapp.store.photos import picture
from fieldapp.store.tables import photo_transfer

RECORDS, PHOTOS = "records", "photos"
_FILES = {RECORDS: RECORDS_FILE, PHOTOS: PHOTOS_FILE}
_MARK = "damaged.mark"
_CACHE_KIB = 2_000
_SEALS = "PRAGMA cipher_integrity_check"
_ORDER = "PRAGMA quick_check(1)"


def damaged_parts(folder: Path, key: bytes) -> frozenset[str]:
    """Which of the two files are missing or cannot be read through. They are closed, or nothing writes."""
    return frozenset(part for part, name in _FILES.items() if not is_whole(folder / name, key))


def is_whole(path: Path, key: bytes) -> bool:
    """Every page carries its right seal, and the pages fit together."""
    if not path.is_file():
        return False
    try:
        connection = connect(path, key, _CACHE_KIB)
    except sqlcipher.DatabaseError:
        return False
    try:
        return not connection.execute(_SEALS).fetchall() and connection.execute(_ORDER).fetchall() == [("ok",)]
    except sqlcipher.DatabaseError:
        return False
    finally:
        connection.close()


def check_open(store: Store) -> frozenset[str]:
    """The check of an open profile."""
    with store.engines() as (records, _):
        found = set() if _reads_through(records) else {RECORDS}
    if not found and not _unsent_pictures_readable(store):
        found.add(PHOTOS)
    if found:
        (store.folder / _MARK).touch()
    return frozenset(found)


def is_marked(folder: Path) -> bool:
    return (folder / _MARK).exists()


def unmark(folder: Path) -> None:
    (folder / _MARK).unlink(missing_ok=True)


def _reads_through(engine: Engine) -> bool:
    with engine.connect() as connection:
        try:
            seals = connection.exec_driver_sql(_SEALS).all()
            return not seals and connection.exec_driver_sql(_ORDER).scalar() == "ok"
        except DBAPIError:
            return False
        finally:
            # SQLCipher reads nothing more through a connection that has met a damaged page.
            connection.invalidate()


def _unsent_pictures_readable(store: Store) -> bool:
    with store.reading() as connection:
        waiting = select(photo_transfer.c.sha256).where(photo_transfer.c.state != transfers.RECEIVED).distinct()
        hashes = connection.execute(waiting).scalars().all()
    try:
        for sha256 in hashes:
            with store.photo_reading() as connection:
                data = picture(connection, sha256)
            if data is not None and sha256_hex(data) != sha256:
                return False
    except StoreError as error:
        if error.code == "store.damaged":
            return False
        raise
    return True
