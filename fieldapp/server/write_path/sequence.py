"""The district's sequence and its write lock.

Whoever changes anything that laptops pull locks the district's row first and holds it until commit. So numbers are given in commit
order, and a pull that has seen number n has seen everything below n: a change that commits late cannot be skipped, because nobody can
hold a lower number while a higher one commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import BigInteger, Connection, bindparam, literal_column, select, update

from fieldapp.errors import SetupError
from fieldapp.server import tables
from fieldapp.server.write_path import runs
from fieldapp.server.write_path.receipts import Signer
from fieldapp.server.write_path.runs import Stand

# Made once: they run in every writing request, and putting them together takes longer than running them.
_mine = tables.district.c.district_id == bindparam("of")
# Where these tables lie: another database, table or server process tells that something was put back.
_PLACE = (
    literal_column("(SELECT oid::bigint FROM pg_database WHERE datname = current_database())", BigInteger).label("database"),
    literal_column("district.tableoid::bigint", BigInteger).label("table_id"),
    literal_column("extract(epoch FROM pg_postmaster_start_time())::bigint", BigInteger).label("started"),
)
_OWN_RUN = (
    select(runs.WRITTEN_BY)
    .where(tables.run.c.district_id == bindparam("of"), tables.run.c.id == bindparam("own_run"))
    .scalar_subquery()
    .label("own_run_written_by")
)
_LOCK = select(tables.district, *_PLACE, _OWN_RUN).where(_mine).with_for_update(of=tables.district)
_REMEMBER = update(tables.district).where(_mine).values(last_sequence=bindparam("last"))


class Writing:
    """The right to write in one district, until the transaction ends."""

    def __init__(self, connection: Connection, district_id: str, last: int, run: str, signer: Signer) -> None:
        self.connection = connection
        self.district_id = district_id
        self.run = run
        self.signer = signer
        self._last = last

    def next_number(self) -> int:
        self._last += 1
        return self._last

    @property
    def last(self) -> int:
        return self._last


def hold(connection: Connection, district_id: str) -> None:
    """Lock the district until the transaction ends, for who must read what nobody may change before it is written."""
    connection.execute(select(tables.district.c.district_id).where(_mine).with_for_update(), {"of": district_id})


@contextmanager
def writing(connection: Connection, district_id: str) -> Iterator[Writing]:
    """Lock the district, hand out numbers, and remember the last one. What is read before this may be stale: read inside."""
    row = connection.execute(_LOCK, {"of": district_id, "own_run": runs.begun_by(connection, district_id)}).one_or_none()
    if row is None:
        raise SetupError("setup.not_found", what="district")
    place = (row.database, row.table_id, row.started)
    run = runs.run_for(connection, district_id, Stand(row.last_sequence, row.run), place, row.own_run_written_by)
    lock = Writing(connection, district_id, row.last_sequence, run, Signer(district_id, row.signing_seed, run))
    yield lock
    runs.remember(connection, district_id, lock.last)
    if lock.last != row.last_sequence:
        connection.execute(_REMEMBER, {"of": district_id, "last": lock.last})
