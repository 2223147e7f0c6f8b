"""The last runs of sync, for the person who asks whether it works."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from fieldapp.store.tables import sync_run as table

_KEPT = 200
# Made once: every sync ends with them.
_ADD = insert(table)
_FORGET = delete(table).where(table.c.id <= bindparam("last"))


@dataclass(frozen=True, slots=True)
class Run:
    """`code` is '' where the run was complete, else what ended it; `finished_at` None: cut by a crash. `anew`: why everything was read from
    the district again (pull.forgotten, pull.new_scope), '' if it was not; `sent_again`: what the district had forgotten."""

    started_at: dt.datetime
    finished_at: dt.datetime | None
    code: str = ""
    pushed: int = 0
    pulled: int = 0
    photos: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    anew: str = ""
    sent_again: int = 0


def begin(connection: Connection, started_at: dt.datetime) -> int:
    """A run that is about to change something; returns its number."""
    done = connection.execute(insert(table).values(started_at=started_at))
    assert done.inserted_primary_key is not None
    number: int = done.inserted_primary_key[0]
    return number


def end(connection: Connection, number: int | None, run: Run) -> None:
    """How it ended. `number` is None for a run that had nothing to do and so was never begun here."""
    values = {name: getattr(run, name) for name in Run.__slots__}
    if number is None:
        done = connection.execute(_ADD, values)
        assert done.inserted_primary_key is not None
        number = done.inserted_primary_key[0]
    else:
        connection.execute(update(table).where(table.c.id == number).values(values))
    connection.execute(_FORGET, {"last": number - _KEPT})


def runs(connection: Connection, limit: int) -> tuple[Run, ...]:
    """Newest first."""
    columns = [table.c[name] for name in Run.__slots__]
    return tuple(Run(*row) for row in connection.execute(select(*columns).order_by(table.c.id.desc()).limit(limit)))
