"""Long work on an import: in a thread of this process, one at a time in a district, with its progress
in a table.

A session lock of the database tells whether the work is alive: it goes with the process, so nothing has to be cleaned
up after one that died. What the work has done until then stays, in portions; the same order can be started again and does the rest.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.errors import ListError
from fieldapp.server.lists.tables import list_import

_log = logging.getLogger("fieldapp.server")

# Any fixed number: locks of this kind of work.
_KIND = 4603_04
_TOLD_EVERY_SECONDS = 0.3
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What the work on an import has come to. `stage` '' where none is under way; `alive` is False where it broke off."""

    job: str
    stage: str
    done: int
    total: int
    alive: bool
    failure: Mapping[str, Any]


class Teller:
    """Writes down how far the work is, in transactions of its own, and not for every row."""

    def __init__(self, engine: Engine, district_id: str, list_id: str) -> None:
        self._engine = engine
        self._ours = (list_import.c.district_id == district_id) & (list_import.c.id == list_id)
        self._last = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._last < _TOLD_EVERY_SECONDS:
            return
        self._last, self._stage = now, stage
        with self._engine.begin() as connection:
            connection.execute(update(list_import).where(self._ours).values(job_stage=stage, job_done=done, job_total=total))


Work = Callable[[Mapping[str, Any], Teller], None]


def start(engine: Engine, district_id: str, list_id: str, job: str, order: Mapping[str, Any], work: Work) -> bool:
    """Begin the work, after whatever the caller's transaction does not hold locked. False where other work is under way in the district."""
    begun: Future[bool] = Future()
    thread = threading.Thread(target=_run, args=(engine, district_id, list_id, job, order, work, begun), name=f"list-{job}", daemon=True)
    thread.start()
    return begun.result(_START_SECONDS)


def progress(connection: Connection, district_id: str, list_id: str) -> Progress:
    begun = list_import.c
    query = select(begun.job, begun.job_stage, begun.job_done, begun.job_total, begun.job_failure)
    query = query.where(begun.district_id == district_id, begun.id == list_id)
    row = connection.execute(query).one()
    alive = bool(row.job) and _alive(connection, district_id)
    if row.job and not alive:
        # It may have ended between the two questions, and then says so now.
        row = connection.execute(query).one()
    return Progress(row.job, row.job_stage, row.job_done, row.job_total, alive, row.job_failure)


def settle(connection: Connection, district_id: str, list_id: str) -> None:
    """Forget work that broke off or failed: a person goes on otherwise."""
    ours = (list_import.c.district_id == district_id) & (list_import.c.id == list_id)
    connection.execute(update(list_import).where(ours).values(job="", job_failure={}))


def _run(engine: Engine, district_id: str, list_id: str, job: str, order: Mapping[str, Any], work: Work, begun: "Future[bool]") -> None:
    ours = (list_import.c.district_id == district_id) & (list_import.c.id == list_id)
    with engine.connect() as guard:
        locked = guard.scalar(select(func.pg_try_advisory_lock(_KIND, _key(district_id))))
        guard.commit()
        if not locked:
            begun.set_result(False)
            return
        try:
            values = {"job": job, "job_order": dict(order), "job_stage": "", "job_done": 0, "job_total": 0, "job_failure": {}}
            guard.execute(update(list_import).where(ours).values(**values))
            guard.commit()
            begun.set_result(True)
            began = time.monotonic()
            failure: dict[str, Any] = {}
            try:
                work(order, Teller(engine, district_id, list_id))
            except ListError as error:
                failure = {"code": error.code, "data": error.data}
            guard.execute(update(list_import).where(ours).values(job=job if failure else "", job_failure=failure))
            guard.commit()
            _log.info("list %s: %s ended after %.1f s %s", list_id, job, time.monotonic() - began, failure.get("code", ""))
        finally:
            guard.rollback()
            guard.execute(select(func.pg_advisory_unlock(_KIND, _key(district_id))))
            guard.commit()


def _alive(connection: Connection, district_id: str) -> bool:
    held = text(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = :kind"
        " AND objid::bigint = :key AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    return bool(connection.scalar(held, {"kind": _KIND, "key": _key(district_id)}))


def _key(district_id: str) -> int:
    """31 bits, so that it is the same number as an int and as an oid."""
    return int(sha256_hex(district_id.encode())[:8], 16) >> 1
