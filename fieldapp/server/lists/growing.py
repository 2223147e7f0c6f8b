"""What PostgreSQL must be told while a list is taken or taken back: it has not counted yet what came just now, takes it for little, and
would look through all of it for each portion."""

from sqlalchemy import Engine, text

# Keys alone: with the wide columns it takes many times as long, and these are looked at soon enough by PostgreSQL itself.
_COUNT = (
    "ANALYZE child (district_id, id), case_ (district_id, id, child_id), case_step (district_id, case_id), event (district_id, id),"
    " head (district_id, id), departure (district_id, case_id), risk (district_id, id, case_id, list_id), care_step (district_id, of)"
)
_FACTOR = 4


class Growing:
    """Counts anew each time so many times as much is there."""

    def __init__(self, engine: Engine, portion: int) -> None:
        self._engine = engine
        self._next = portion

    def done(self, rows: int) -> None:
        """Between transactions: each table is counted in one of its own, so that nobody waits for another's."""
        if rows < self._next:
            return
        self._next = rows * _FACTOR
        with self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(_COUNT))
