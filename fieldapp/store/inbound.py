"""Taking in a page of what the district sent: records, departures and the cursor in one transaction, with this laptop's own waiting
events laid over them again, so that nothing a person recorded seems to vanish."""

import json
import logging
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, or_, select

from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused, Record
from fieldapp.store import departures, held, sync_state
from fieldapp.store.bulk import BulkWriter
from fieldapp.store.changes import Changes
from fieldapp.store.departures import Whereto
from fieldapp.store.mending import mended_cases
from fieldapp.store.outbox import SET_ASIDE, known_now
from fieldapp.store.recording import changes_of, put_effect
from fieldapp.store.tables import outbox
from fieldapp.wire.codec import Unreadable, event_from_wire

_log = logging.getLogger(__name__)


def take_in(
    connection: Connection,
    district_id: str,
    records: Sequence[Record],
    left: Mapping[str, Whereto],
    cursor: int,
    in_hand: Collection[str] = (),
) -> Changes:
    """`left` are the cases that went out of scope and did not come back on the same page, each with where it went; `in_hand` those that a
    person has open for a visit."""
    came = {record.id for record in records}
    held.taken(connection, came)
    # What is being mended is not sent as it was.
    again = known_now(connection, came, mended_cases)
    leaving = departures.departed(connection).difference(record.id for record in records if isinstance(record, Case)).union(left)
    changes = held.let_go(connection, district_id, cursor, leaving)
    BulkWriter(connection, district_id).put(records)
    changes |= changes_of(records) | Changes(outbox=again)
    changes |= lay_over(connection, district_id, changes.cases, changes.children)
    departures.returned(connection, (record.id for record in records if isinstance(record, Case)))
    departures.remember(connection, left)
    changes |= departures.drop_sent(connection, district_id, in_hand)
    # What stays looks different from now on.
    changes |= Changes(cases=departures.departed(connection) & left.keys())
    sync_state.write(connection, sync_state.CURSOR, str(cursor))
    return changes


def answered_late(connection: Connection, sequences: Collection[int]) -> None:
    """Events got their answers whose effects came with a page before: they still waited then and were laid over it once more, so what lies
    here is not what the district said. `step_back` then has it sent again."""
    cursor = int(sync_state.read(connection, sync_state.CURSOR) or 0)
    lowest = min([*sequences, int(sync_state.read(connection, sync_state.ANSWERED_LATE) or cursor + 1)])
    if lowest <= cursor:
        sync_state.write(connection, sync_state.ANSWERED_LATE, str(lowest))


def any_answered_late(connection: Connection) -> bool:
    return sync_state.read(connection, sync_state.ANSWERED_LATE) is not None


def step_back(connection: Connection) -> None:
    """After a last page and not before: only then it is sure that the district has not forgotten what lies below the cursor."""
    lowest = sync_state.read(connection, sync_state.ANSWERED_LATE)
    if lowest is not None:
        cursor = int(sync_state.read(connection, sync_state.CURSOR) or 0)
        sync_state.write(connection, sync_state.CURSOR, str(min(cursor, int(lowest) - 1)))
        sync_state.remove(connection, sync_state.ANSWERED_LATE)


def lay_over(connection: Connection, district_id: str, cases: Collection[str], children: Collection[str]) -> Changes:
    """Apply what waits for these cases and children again, in the order it was made. What was set aside is laid over too: it stays on the
    screen until its person decides."""
    columns = (outbox.c.event_id, outbox.c.case_id, outbox.c.child_id, outbox.c.body)
    unsent = or_(outbox.c.status.is_(None), outbox.c.status == SET_ASIDE)
    waiting = connection.execute(select(*columns).where(unsent).order_by(outbox.c.position)).all()
    changes = Changes()
    for row in waiting:
        if row.case_id in cases or row.child_id in children:
            changes |= _lay_over_one(connection, district_id, row.event_id, row.body)
    return changes


def _lay_over_one(connection: Connection, district_id: str, event_id: str, body: str) -> Changes:
    try:
        return put_effect(connection, district_id, event_from_wire(json.loads(body)))
    except (EventRefused, Unreadable) as error:
        # It no longer fits what the district says. It still waits, and the district's answer will say what is wrong.
        _log.info("event %s does not apply here any more: %s %s", event_id, error.code, error.field)
        return Changes()
