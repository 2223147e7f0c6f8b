"""Reading what can still be read of a damaged file: table by table, and where a page on the way is gone, page by page."""

from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from fieldapp.store.engine import connect
from fieldapp.store.page_reading import Row, rows_of_pages

_CACHE_KIB = 2_000
# After so many rows in a row that cannot be read nothing more is expected.
_LONGEST_HOLE = 500


class Wreck:
    """One damaged file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def rows(self, table: str) -> Iterator[Row]:
        """In the order of their numbers; what stood in a damaged page is left out. Where the table cannot be read to its end, every page of
        the file is looked at for more of its rows."""
        found: dict[int, Row] = {}
        for number, row in self._scan(table):
            found[number] = row
            yield row
        if self._broken:
            more = {number: row for number, row in rows_of_pages(self._path, self._key, table) if number not in found}
            yield from (more[number] for number in sorted(more))

    def rows_step_by_step(self, table: str) -> Iterator[Row]:
        """The same for the photos' file, which is too large to be looked at page by page: past a row that cannot be read, to the next."""
        after = skipped = 0
        while True:
            for number, row in self._scan(table, after):
                after, skipped = number, 0
                yield row
            if not self._broken or skipped == _LONGEST_HOLE:
                return
            # The driver reads a row ahead, so the one before a damaged one is lost with it: it is asked for alone.
            after, skipped = after + 1, skipped + 1
            for _number, row in self._scan(table, after, alone=True):
                skipped = 0
                yield row

    def _scan(self, table: str, after: int = 0, *, alone: bool = False) -> Iterator[tuple[int, Row]]:
        """From the beginning until a damaged page, or that row `alone`; `_broken` tells whether there was a damaged page."""
        which = "rowid = ?" if alone else "rowid > ?"
        self._broken = False
        try:
            connection = connect(self._path, self._key, _CACHE_KIB)
        except sqlcipher.DatabaseError:
            self._broken = True
            return
        try:
            cursor = connection.execute(f"SELECT rowid, * FROM {table} NOT INDEXED WHERE {which} ORDER BY rowid", (after,))
            names = [column[0] for column in cursor.description][1:]
            for number, *values in cursor:
                yield number, dict(zip(names, values, strict=True))
        except (sqlcipher.DatabaseError, MemoryError):
            self._broken = True
        finally:
            connection.close()
