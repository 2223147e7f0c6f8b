"""The two encrypted files of one profile and how to get at them. It knows connections and transactions, no record and no query.

Any thread may use a Store but those that were forbidden: the window's thread must never wait for a disk.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from fieldapp.domain.identifiers import PersonId
from fieldapp.errors import StoreError
from fieldapp.store import room
from fieldapp.store.changes import Changes
from fieldapp.store.faults import store_error
from fieldapp.store.identity import Identity

RECORDS_FILE = "records.db"
PHOTOS_FILE = "photos.db"
_BUSY_MILLISECONDS = 10_000
# Kibibytes of decrypted pages kept by each connection: laptops have 4 GB and a browser open.
_RECORDS_CACHE = 8_000
_PHOTOS_CACHE = 2_000
# The driver looks for a way to adapt every None, and finding out that there is none takes it a microsecond, four times as long as a text:
# a fifth of a first download. `{}.get` gives None for None, without a line of Python.
sqlcipher.register_adapter(type(None), {}.get)
sqlcipher.register_adapter(dt.date, dt.date.isoformat)  # as its own does, and also without a line of Python
# Execution option of a connection whose next transaction writes.
WRITES = "fieldapp_writes"

T = TypeVar("T")


class Store:
    """`records.db` and `photos.db` of one profile, opened. Made by `store.opening`; `identity` is set there."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._records = file_engine(folder / RECORDS_FILE, key, _RECORDS_CACHE)
        self._photos = file_engine(folder / PHOTOS_FILE, key, _PHOTOS_CACHE)
        self._forbidden: set[int] = set()
        self._identity: Identity | None = None
        self._damaged = False
        # With fewer bytes free than this nothing is downloaded or copied any more.
        self.low_disk_bytes = room.LOW_BYTES
        # What the originals of photos may take together.
        self.most_original_bytes = room.ORIGINALS_BYTES
        self._listeners: list[Callable[[Changes], None]] = []
        # Cases that a person has open for a visit: they stay here although they have left, so that what is typed next still has its child.
        # Exchanged as a whole, never changed: several threads look at it.
        self.in_hand: frozenset[str] = frozenset()

    @property
    def low_on_disk(self) -> bool:
        return room.free_bytes(self.folder) < self.low_disk_bytes

    @property
    def identity(self) -> Identity:
        if self._identity is None:
            # The first sign-in was cut before the person was known: nothing of anyone is in such a file.
            raise StoreError("store.damaged", part="identity")
        return self._identity

    def belongs_to(self, identity: Identity) -> None:
        self._identity = identity

    @property
    def district_id(self) -> str:
        return self.identity.district_id

    @property
    def person_id(self) -> PersonId:
        return self.identity.person_id

    @property
    def signing_key(self) -> str:
        return self.identity.signing_key

    def forbid_thread(self, ident: int) -> None:
        """From now on this thread gets a RuntimeError instead of a connection."""
        self._forbidden.add(ident)

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """`listener` is told of every announced change, in the thread that made it."""
        self._listeners.append(listener)

    def announce(self, changes: Changes) -> None:
        """Whoever has committed changes of records says so here: what is kept in memory of the file is then read anew."""
        for listener in self._listeners:
            listener(changes)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the records, however many queries."""
        with self._transaction(self._records, writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction on the records that is durable when the block has ended, or undone when it raised."""
        with self._transaction(self._records, writes=True) as connection:
            yield connection

    def insist(self, work: Callable[[Connection], T]) -> T:
        """`work` in a transaction that writes; where the disk is full, once more with the room that is kept back for it."""
        try:
            with self.writing() as connection:
                return work(connection)
        except StoreError as error:
            if error.code != "store.disk_full" or not room.give_reserve(self.folder):
                raise
        with self.writing() as connection:
            return work(connection)

    @contextmanager
    def photo_reading(self) -> Iterator[Connection]:
        with self._transaction(self._photos, writes=False) as connection:
            yield connection

    @contextmanager
    def photo_writing(self) -> Iterator[Connection]:
        with self._transaction(self._photos, writes=True) as connection:
            yield connection

    @contextmanager
    def engines(self) -> Iterator[tuple[Engine, Engine]]:
        """Both files' engines, records first. For migrations only, which own their transactions."""
        with _known_errors():
            yield self._records, self._photos

    def close(self) -> None:
        self._records.dispose()
        self._photos.dispose()

    @contextmanager
    def _transaction(self, engine: Engine, *, writes: bool) -> Iterator[Connection]:
        if threading.get_ident() in self._forbidden:
            raise RuntimeError("the store was called from the window's thread")
        with self._telling_damage(engine), _known_errors(), engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: writes})
            with connection.begin():
                yield connection

    @contextmanager
    def _telling_damage(self, engine: Engine) -> Iterator[None]:
        """SQLCipher lets nothing be written any more once it has met a damaged page, and says so as read-only or as out of memory."""
        try:
            yield
        except MemoryError as error:
            if _has_damaged_pages(engine):
                self._damaged = True
                raise StoreError("store.damaged") from error
            raise
        except StoreError as error:
            if error.code == "store.damaged":
                self._damaged = True
            elif error.code == "store.read_only" and self._damaged:
                raise StoreError("store.damaged") from error
            raise


@contextmanager
def _known_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise store_error(error.orig) from error
    except sqlcipher.Error as error:
        raise store_error(error) from error


def _has_damaged_pages(engine: Engine) -> bool:
    with _known_errors(), engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA cipher_integrity_check").all())


def connect(path: Path, key: bytes, cache_kib: int) -> Any:
    """A bare SQLCipher connection with its settings. Transactions are begun by hand: the driver's own guessing begins none for reads."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    for setting in (
        "cipher_log_level = NONE",  # its complaints go to standard error; ours are made from the error code
        f"key = \"x'{key.hex()}'\"",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        f"cache_size = -{cache_kib}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    return connection


def file_engine(path: Path, key: bytes, cache_kib: int) -> Engine:
    """Of one file, which is made where it is missing."""
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: connect(path, key, cache_kib), poolclass=QueuePool, pool_size=2, max_overflow=3
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A write takes its lock at once: a read that turns into a write can fail where waiting would not help.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
