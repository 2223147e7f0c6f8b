"""Events that the district stored without taking them, as somebody decides about them."""

import json
from collections.abc import Collection

from sqlalchemy import and_, select

from fieldapp.domain.event import Held
from fieldapp.server import tables
from fieldapp.server.inbox import InboxKind
from fieldapp.server.write_path.sequence import Writing
from fieldapp.wire import codec
from fieldapp.wire.messages import Status


def find(lock: Writing, event_ids: Collection[str]) -> dict[str, Held]:
    """Of these ids those of held events."""
    if not event_ids:
        return {}
    event, entry = tables.event, tables.inbox
    its_entry = and_(entry.c.district_id == event.c.district_id, entry.c.event_id == event.c.id, entry.c.kind == InboxKind.HELD)
    query = (
        select(event.c.id, event.c.body, event.c.recorded_at, entry.c.decided_at)
        .join(entry, its_entry)
        .where(event.c.district_id == lock.district_id, event.c.id.in_(list(event_ids)), event.c.status == Status.HELD)
    )
    return {
        row.id: Held(codec.event_from_wire(json.loads(row.body)), row.recorded_at, row.decided_at is not None)
        for row in lock.connection.execute(query)
    }
