"""Runs: stretches of the district's sequence, so that a number given before last night's backup was put back is told from the same number
given afterwards.

A process begins a run with the first thing that it writes, under the district's write lock. What is put back from a backup is always
followed by a process that starts, or by one that sees that the database under it is not what it was; so the numbers after it are of a
run that nobody knew before. `district.run` names the newest run, and behind it its predecessors at growing distances: two such lineages,
of which one is of a history that was lost, have their last common number in the newest run that both know.
"""

import datetime as dt
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Connection, Engine, func, insert, literal_column, select, update

from fieldapp.server import tables
from fieldapp.server.problems import Refused
from fieldapp.wire.messages import MAX_PROOFS

_table, _district = tables.run, tables.district
# Which predecessors a lineage names, by how far back they are; and the very first.
_DISTANCES = (1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 4096)
WRITTEN_BY = literal_column("run.xmin::text::bigint", BigInteger)
_PROOF = re.compile(r"([0-9a-f]{12}):([0-9]{1,16})\Z")


@dataclass(slots=True)
class _Seen:
    """What this process saw last of a district: the place where its tables lay, its last number, and the run that this process began,
    with the number of the database's transaction that wrote it: a row that was put back was written by another."""

    place: tuple[Any, ...]
    last: int
    run: str
    written_by: int


# By engine: whoever opens the database anew counts as a new process. Kept so long as the engine is.
_seen: WeakKeyDictionary[Engine, dict[str, _Seen]] = WeakKeyDictionary()
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a district's sequence stands: its last number and the lineage of its newest run ('' before the first)."""

    last: int
    lineage: str

    @property
    def run(self) -> str:
        return self.lineage.partition(".")[0]


def begun_by(connection: Connection, district_id: str) -> str:
    """The run that this process began, '' if none: to be looked up while the lock is taken."""
    seen = _of(connection).get(district_id)
    return seen.run if seen else ""


def run_for(connection: Connection, district_id: str, stand: Stand, place: tuple[Any, ...], written_by: int | None) -> str:
    """The run under which this process writes now, begun if need be. Under the district's write lock; `written_by` is the transaction that
    wrote the row of `begun_by`, None where there is no such row (any more)."""
    seen = _of(connection).get(district_id)
    if seen is None or (seen.place, seen.written_by) != (place, written_by) or stand.last < seen.last:
        run, written_by = _begin(connection, district_id, stand)
        _of(connection)[district_id] = _Seen(place, stand.last, run, written_by)
        return run
    return stand.run


def remember(connection: Connection, district_id: str, last: int) -> None:
    """This process has given out numbers up to this one. Should that be rolled back, a run is begun that was not needed."""
    seen = _of(connection)[district_id]
    seen.last = max(seen.last, last)


def stand(connection: Connection, district_id: str) -> Stand:
    row = connection.execute(select(_district.c.last_sequence, _district.c.run).where(_district.c.district_id == district_id)).one()
    return Stand(row.last_sequence, row.run)


def mark(stand: Stand, scope: str) -> str:
    """What a client sends back with its cursor."""
    return f"{stand.lineage}~{scope}"


def require_held(connection: Connection, district_id: str, now: Stand, cursor: int, given: str, proofs: Sequence[str], scope: str) -> None:
    """That everything up to the cursor, and the numbers of the receipts, lie in this district's past. `given` is the mark that came with
    the cursor, '' from clients that know of none; `proofs` are "run:number" of receipts that came after it. Raises Refused:
    pull.forgotten with the last number that both know and the runs of the receipts that are not known, or pull.new_scope."""
    lineage, _, scope_then = given.partition("~")
    common = _last_common(connection, district_id, now, lineage) if given else now.last if cursor else 0
    # A client without a mark is of an older program: it would not understand a refusal.
    held = cursor <= common or not given
    ends = {run: (number, _end(connection, district_id, now, run)) for run, number in _numbers(proofs)}
    lost = [run for run, (number, end) in ends.items() if end is None or number > end]
    if lost or not held:
        known = min([common, *(end for run in lost if (end := ends[run][1]) is not None)])
        raise Refused("pull.forgotten", known=known, lost=" ".join(lost))
    if given and cursor and scope_then != scope:
        raise Refused("pull.new_scope")


def _numbers(proofs: Sequence[str]) -> list[tuple[str, int]]:
    found = [_PROOF.match(proof) for proof in proofs]
    if len(proofs) > MAX_PROOFS or not all(found):
        raise Refused("wrong_value", "proof")
    return [(match[1], int(match[2])) for match in found if match]


def _last_common(connection: Connection, district_id: str, now: Stand, lineage: str) -> int:
    """A number up to which both are one history; never beyond the point where they parted."""
    if lineage == now.lineage:
        return now.last
    known = lineage.split(".")[: len(_DISTANCES) + 2]
    query = select(func.max(_table.c.number)).where(_table.c.district_id == district_id, _table.c.id.in_(known))
    # A mark from before the first run: what was given until then.
    number = connection.execute(query).scalar() if lineage else 0
    return 0 if number is None else _end_of(connection, district_id, now, number)


def _end(connection: Connection, district_id: str, now: Stand, run: str) -> int | None:
    if run == now.run:
        return now.last
    number = connection.execute(select(_table.c.number).where(_table.c.district_id == district_id, _table.c.id == run)).scalar()
    return None if number is None else _end_of(connection, district_id, now, number)


def _end_of(connection: Connection, district_id: str, now: Stand, number: int) -> int:
    following = select(_table.c.first_sequence).where(_table.c.district_id == district_id, _table.c.number == number + 1)
    first: int | None = connection.execute(following).scalar()
    return now.last if first is None else first - 1


def _begin(connection: Connection, district_id: str, stand: Stand) -> tuple[str, int]:
    mine = _table.c.district_id == district_id
    before: int = connection.execute(select(func.coalesce(func.max(_table.c.number), 0)).where(mine)).scalar_one()
    number = before + 1
    wanted = {1, *(number - distance for distance in _DISTANCES if distance < number)}
    ancestors = connection.execute(select(_table.c.id).where(mine, _table.c.number.in_(wanted)).order_by(_table.c.number.desc()))
    run = secrets.token_hex(6)
    lineage = ".".join([run, *ancestors.scalars()])
    row = {"district_id": district_id, "number": number, "id": run, "first_sequence": stand.last + 1, "begun_at": dt.datetime.now(dt.UTC)}
    written_by: int = connection.execute(insert(_table).values(row).returning(WRITTEN_BY)).scalar_one()
    connection.execute(update(_district).where(_district.c.district_id == district_id).values(run=lineage))
    return run, written_by


def _of(connection: Connection) -> dict[str, _Seen]:
    with _guard:
        return _seen.setdefault(connection.engine, {})
