"""Stopping the district's server at a known place inside of its transaction: a table is locked, and the server waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_WAITING = text("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
_ALIVE = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")


class HeldTable:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self) -> int:
        """Waits until some backend waits for a lock; returns its process id."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while True:
                found: int | None = connection.execute(_WAITING).scalar()
                if found is not None:
                    return found

    def gone(self, backend: int) -> None:
        """Waits until this backend has ended."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while connection.execute(_ALIVE, {"pid": backend}).scalar():
                pass


@contextmanager
def held(engine: Engine, table: str) -> Iterator[HeldTable]:
    """Nobody writes into the table while the block runs."""
    with engine.begin() as connection:
        connection.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))
        yield HeldTable(engine)
