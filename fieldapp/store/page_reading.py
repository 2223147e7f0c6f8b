"""Reading a table's rows out of single pages, where the pages that lead to them are gone. Every page is sealed for itself with the key, the
file's salt and its number, so a sound first page can be put before the damaged file's others: one of a file made here with the same salt,
in which each page in question is declared to be a table of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column

from fieldapp.store.tables import draft, draft_photo, outbox, photo_transfer, receipt

PAGE = 4_096
_SALT = 16
_JOURNAL_HEAD, _FRAME_HEAD = 32, 24
_ID_LENGTH = 36
# As many declarations as fit into the first page.
_AT_ONCE = 12
_TABLES = {table.name: table for table in (outbox, receipt, photo_transfer, draft, draft_photo)}

Row = dict[str, Any]


def rows_of_pages(path: Path, key: bytes, name: str) -> Iterator[tuple[int, Row]]:
    """(row number, row) of whatever looks like a row of the table. Older forms of a row may be among them."""
    if name not in _TABLES or not path.is_file():
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        hybrid, first = Path(folder) / "hybrid", Path(folder) / "first"
        shutil.copyfile(path, hybrid)
        _lay_journal_over(path.with_name(path.name + "-wal"), hybrid)
        pages = hybrid.stat().st_size // PAGE
        with path.open("rb") as file:
            salt = file.read(_SALT)
        _make_first(first, key, salt, pages)
        with hybrid.open("rb+") as file:
            # A file shorter than its first page says is refused.
            file.truncate(first.stat().st_size)
        for start in range(2, pages + 1, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, pages + 1))
            _declare(first, key, name, numbers)
            with first.open("rb") as source, hybrid.open("rb+") as target:
                target.write(source.read(PAGE))
            for number in numbers:
                yield from _rows(hybrid, key, name, number)


def _lay_journal_over(journal: Path, file: Path) -> None:
    """Pages that a killed program had written to the journal and not yet to the file. Each is sealed, so a half one does no harm."""
    if not journal.is_file():
        return
    with journal.open("rb") as source, file.open("rb+") as target:
        salts = source.read(_JOURNAL_HEAD)[16:24]
        while len(frame := source.read(_FRAME_HEAD + PAGE)) == _FRAME_HEAD + PAGE and frame[8:16] == salts:
            target.seek((int.from_bytes(frame[:4], "big") - 1) * PAGE)
            target.write(frame[_FRAME_HEAD:])


def _make_first(path: Path, key: bytes, salt: bytes, pages: int) -> None:
    """A file of as many pages, so that its first page allows for them."""
    connection = _open(path, key, salt)
    connection.execute("CREATE TABLE filler (bytes)")
    connection.execute("INSERT INTO filler VALUES (zeroblob(?))", (pages * PAGE,))
    connection.close()


def _declare(path: Path, key: bytes, name: str, numbers: range) -> None:
    connection = _open(path, key)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name <> 'filler'")
    columns = _columns(name)
    for number in numbers:
        # Short names, since all of them must fit into one page.
        letters = ",".join(f"c{place}" for place in range(len(columns)))
        if _TABLES[name] is outbox:
            letters = letters.replace("c0", "c0 INTEGER PRIMARY KEY", 1)
        connection.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, ?, ?)",
            (f"p{number}", f"p{number}", number, f"CREATE TABLE p{number}({letters})"),
        )
    connection.close()


def _rows(hybrid: Path, key: bytes, name: str, number: int) -> Iterator[tuple[int, Row]]:
    columns = _columns(name)
    connection = _open(hybrid, key)
    try:
        for row_number, *values in connection.execute(f"SELECT rowid, * FROM p{number}"):
            row = dict(zip(columns, values, strict=True))
            if _plausible(name, row):
                yield row_number, row
    except (sqlcipher.DatabaseError, MemoryError):
        return
    finally:
        connection.close()


def _plausible(name: str, row: Row) -> bool:
    """Rows of other tables have other things in these places."""
    return all(_fits(column, row[column.name]) for column in _TABLES[name].columns)


def _fits(column: Column[Any], value: Any) -> bool:
    if value is None:
        return bool(column.nullable or column.primary_key)
    if column.type.python_type in (int, bool):
        return isinstance(value, int)
    if not isinstance(value, str):
        return False
    if column.name.endswith("_id") and column.name != "district_id":
        return len(value) in (0, _ID_LENGTH)
    return column.name != "body" or value.startswith("{")


def _columns(name: str) -> list[str]:
    return [column.name for column in _TABLES[name].columns]


def _open(path: Path, key: bytes, salt: bytes = b"") -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
