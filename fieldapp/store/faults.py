"""SQLite's error codes as the store's own. Nothing else in the program looks at a database error."""

import sqlite3
from typing import Any

from fieldapp.errors import StoreError

_CODES = {
    sqlite3.SQLITE_FULL: "store.disk_full",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_IOERR: "store.damaged",
    sqlite3.SQLITE_CANTOPEN: "store.damaged",
    sqlite3.SQLITE_READONLY: "store.read_only",
}


def store_error(error: Any) -> BaseException:
    """The StoreError for a driver's error; an error that is a fault of the program is given back as it is."""
    extended = getattr(error, "sqlite_errorcode", None)
    if isinstance(extended, int) and (extended & 0xFF) in _CODES:
        return StoreError(_CODES[extended & 0xFF], sqlite=extended)
    return error if isinstance(error, BaseException) else StoreError()
