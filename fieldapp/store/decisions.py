"""What the district's office decided about facts of this laptop that it had kept: taken in or left as they were, by whom, when, with what
note. The case itself may be long gone from here; the line in the list of what was done here stays, and so does the word about it.

Kept by name in the sync's memory (as `held` is), with the number of the reading in which it came: a district that was put back from a
backup may have forgotten it, and then it goes with the last page of reading again.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.records import tables
from fieldapp.store import reading_again, sync_state
from fieldapp.store.changes import Changes
from fieldapp.store.tables import outbox
from fieldapp.store.tables import sync_state as state_table
from fieldapp.wire.messages import HeldDecision

_PREFIX = "decided:"


@dataclass(frozen=True, slots=True)
class Decided:
    """`by_name` is '' for a person whom this laptop does not know. `elsewhere`: it was taken in for another case than it named."""

    taken: bool
    note: str
    by_name: str
    at: dt.datetime
    elsewhere: bool


def take_in(connection: Connection, came: Iterable[HeldDecision], *, last: bool) -> Changes:
    """Those about what was done here; an officer's laptop hears of others, too. `last`: no more page will come for now."""
    found = {one.event_id: one for one in came}
    reading = reading_again.readings(connection)
    mine = set(connection.execute(select(outbox.c.event_id).where(outbox.c.event_id.in_(list(found)))).scalars()) if found else set()
    for event_id in mine:
        one = found[event_id]
        said = {"taken": one.taken, "note": one.note, "by": one.by, "at": one.at.isoformat(), "elsewhere": bool(one.case_id)}
        sync_state.write(connection, _PREFIX + event_id, json.dumps({**said, "reading": reading}))
    forgotten = [event_id for event_id, said in _kept(connection).items() if said["reading"] < reading] if last and reading else []
    for event_id in forgotten:
        sync_state.remove(connection, _PREFIX + event_id)
    return Changes(outbox=bool(mine or forgotten))


def decided(connection: Connection, district_id: str) -> Mapping[str, Decided]:
    """By event."""
    kept = _kept(connection)
    if not kept:
        return {}
    person = tables.person
    ids = {said["by"] for said in kept.values()}
    query = select(person.c.id, person.c.name).where(person.c.district_id == district_id, person.c.id.in_(ids))
    names = {row.id: row.name for row in connection.execute(query)}
    return {
        event_id: Decided(said["taken"], said["note"], names.get(said["by"], ""), dt.datetime.fromisoformat(said["at"]), said["elsewhere"])
        for event_id, said in kept.items()
    }


def _kept(connection: Connection) -> dict[str, dict[str, Any]]:
    names = select(state_table.c.name, state_table.c.value).where(state_table.c.name.startswith(_PREFIX, autoescape=True))
    return {row.name.removeprefix(_PREFIX): json.loads(row.value) for row in connection.execute(names)}
