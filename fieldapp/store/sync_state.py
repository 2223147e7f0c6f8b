"""What sync remembers between two runs, by name. Inside the encrypted file, since the session's tokens are among it."""

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.store.tables import sync_state

CURSOR = "cursor"
# What came with the cursor and goes back with it.
MARK = "mark"
SESSION = "session"
# The lowest number of a receipt that came when the cursor had passed it.
ANSWERED_LATE = "answered_late"
# Whole seconds, district minus laptop.
CLOCK_OFFSET = "clock_offset_seconds"
# Where to pull from again once the program is newer than the one named: it left out what it could not read.
LEFT_OUT = "left_out"

# Made once: every sync asks and tells a dozen times.
_READ = select(sync_state.c.value).where(sync_state.c.name == bindparam("of"))
_given = insert(sync_state)
_WRITE = _given.on_conflict_do_update(index_elements=["name"], set_={"value": _given.excluded.value})


def read(connection: Connection, name: str) -> str | None:
    value: str | None = connection.execute(_READ, {"of": name}).scalar()
    return value


def write(connection: Connection, name: str, value: str) -> None:
    connection.execute(_WRITE, {"name": name, "value": value})


def remove(connection: Connection, name: str) -> None:
    connection.execute(delete(sync_state).where(sync_state.c.name == name))
