"""The district's sequence and its write lock.

Whoever changes anything that laptops pull locks the district's row first and holds it until commit. So numbers are given in commit
order, and a pull that has seen number n has seen everything below n: a change that commits late cannot be skipped, because nobody can
hold a lower number while a higher one commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select, update

from fieldapp.errors import SetupError
from fieldapp.server import tables
from fieldapp.server.receipts import Signer

# Made once: they run in every writing request, and putting them together takes longer than running them.
_mine = tables.district.c.district_id == bindparam("of")
_LOCK = select(tables.district.c.last_sequence, tables.district.c.signing_seed).where(_mine).with_for_update()
_REMEMBER = update(tables.district).where(_mine).values(last_sequence=bindparam("last"))


class Writing:
    """The right to write in one district, until the transaction ends."""

    def __init__(self, connection: Connection, district_id: str, last: int, signer: Signer) -> None:
        self.connection = connection
        self.district_id = district_id
        self.signer = signer
        self._last = last

    def next_number(self) -> int:
        self._last += 1
        return self._last

    @property
    def last(self) -> int:
        return self._last


@contextmanager
def writing(connection: Connection, district_id: str) -> Iterator[Writing]:
    """Lock the district, hand out numbers, and remember the last one. What is read before this may be stale: read inside."""
    row = connection.execute(_LOCK, {"of": district_id}).one_or_none()
    if row is None:
        raise SetupError("setup.not_found", what="district")
    lock = Writing(connection, district_id, row.last_sequence, Signer(district_id, row.signing_seed))
    yield lock
    if lock.last != row.last_sequence:
        connection.execute(_REMEMBER, {"of": district_id, "last": lock.last})
