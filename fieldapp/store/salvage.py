"""Reading what can still be read of a damaged file: table by table, row by row, around the pages that are gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from fieldapp.store.engine import connect

_CACHE_KIB = 2_000
# A hole in a table is felt through row by row up to this many rows.
_LONGEST_HOLE = 5_000

Row = dict[str, Any]


class Wreck:
    """SQLCipher reads nothing more through a connection that has met a damaged page, so each time it is opened anew."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def rows(self, table: str) -> Iterator[Row]:
        """In the order of their numbers; whatever is in a damaged page is left out. Nothing where the table itself cannot be found."""
        seen = 0
        for number, row in self._scan(table, 0, "ASC"):
            seen = number
            yield row
        if not self._broken:
            return
        tail = list(self._scan(table, seen, "DESC"))
        after = tail[-1][0] if tail else seen + _LONGEST_HOLE
        yield from self._one_by_one(table, range(seen + 1, min(after, seen + _LONGEST_HOLE)))
        yield from (row for _, row in reversed(tail))

    def _scan(self, table: str, after: int, order: str) -> Iterator[tuple[int, Row]]:
        """From one end until a damaged page; `_broken` tells whether there was one."""
        self._broken = False
        try:
            connection = connect(self._path, self._key, _CACHE_KIB)
        except sqlcipher.DatabaseError:
            self._broken = True
            return
        try:
            cursor = connection.execute(f"SELECT rowid, * FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid {order}", (after,))
            names = [column[0] for column in cursor.description][1:]
            for number, *values in cursor:
                yield number, dict(zip(names, values, strict=True))
        except (sqlcipher.DatabaseError, MemoryError):
            self._broken = True
        finally:
            connection.close()

    def _one_by_one(self, table: str, numbers: range) -> Iterator[Row]:
        for number in numbers:
            try:
                connection = connect(self._path, self._key, _CACHE_KIB)
            except sqlcipher.DatabaseError:
                return
            try:
                cursor = connection.execute(f"SELECT * FROM {table} NOT INDEXED WHERE rowid = ?", (number,))
                names = [column[0] for column in cursor.description]
                for values in cursor:
                    yield dict(zip(names, values, strict=True))
            except (sqlcipher.DatabaseError, MemoryError):
                continue
            finally:
                connection.close()
