"""Pull: what changed in someone's scope since a cursor, composed from the stored wire forms without reading them again."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, literal, null, select, union_all
from sqlalchemy.sql import Select

from fieldapp.server import audit, tables
from fieldapp.server.departures import whereto
from fieldapp.server.scope import Caller
from fieldapp.wire.messages import MAX_CHANGES

_head, _departure = tables.head, tables.departure


def page(connection: Connection, district_id: str, caller: Caller, cursor: int, limit: int, now: dt.datetime) -> bytes:
    """A PullPage as JSON. What was committed before this began is on it or on a later one, never skipped (see `sequence`)."""
    limit = max(1, min(limit, MAX_CHANGES))
    district = tables.district
    newest = connection.execute(select(district.c.last_sequence).where(district.c.district_id == district_id)).scalar_one()
    rows = connection.execute(_changes(district_id, caller, cursor, limit + 1)).all() if cursor < newest else []
    more = len(rows) > limit
    rows = rows[:limit]
    # Something may have been committed after `newest` was read; what is on the page was certainly seen.
    newest = max(newest, rows[-1].sequence if rows else 0)
    reached = rows[-1].sequence if more else max(newest, 0)
    _note_view(connection, district_id, caller, rows, now)
    places = whereto(connection, district_id, {row.id for row in rows if row.body is None})
    changes = ",".join(_change(row, places) for row in rows)
    return f'{{"changes":[{changes}],"cursor":{reached},"more":{"true" if more else "false"},"sequence":{newest}}}'.encode()


def _change(row: Any, places: Mapping[str, Mapping[str, str]]) -> str:
    if row.body is None:
        return json.dumps({"sequence": row.sequence, "type": "case", "id": row.id, "left": True, **places[row.id]})
    return f'{{"sequence":{row.sequence},"type":"{row.type}","id":{json.dumps(row.id)},"body":{row.body}}}'


def _changes(district_id: str, caller: Caller, cursor: int, limit: int) -> Any:
    """Each way of being in scope is read along its own index, already in order; then they are merged."""
    parts = [_heads(district_id, cursor, limit, condition) for condition in _scopes(caller)]
    parts += [_departures(district_id, cursor, limit, condition) for condition in _losses(caller)]
    merged = union_all(*(part.subquery().select() for part in parts)).subquery()
    return select(merged).order_by(merged.c.sequence).limit(limit)


def _scopes(caller: Caller) -> list[Any]:
    if caller.whole_district:
        return [literal(True)]
    scopes = [_head.c.shared.is_(True), _head.c.owner_id == caller.person_id]
    if caller.whole_school:
        others = _head.c.owner_id.is_distinct_from(caller.person_id)
        scopes.append(and_(_head.c.school_code == caller.whole_school, others))
    return scopes


def _losses(caller: Caller) -> list[Any]:
    if caller.whole_district:
        return []
    losses = [_departure.c.owner_id == caller.person_id]
    if caller.whole_school:
        losses.append(_departure.c.school_code == caller.whole_school)
    return losses


def _heads(district_id: str, cursor: int, limit: int, condition: Any) -> Select[Any]:
    columns = (_head.c.sequence, _head.c.type, _head.c.id, _head.c.case_id, _head.c.body)
    query = select(*columns).where(_head.c.district_id == district_id, _head.c.sequence > cursor, condition)
    return query.order_by(_head.c.sequence).limit(limit)


def _departures(district_id: str, cursor: int, limit: int, condition: Any) -> Select[Any]:
    columns = (
        _departure.c.sequence,
        literal("case").label("type"),
        _departure.c.case_id.label("id"),
        _departure.c.case_id,
        null().label("body"),
    )
    query = select(*columns).where(_departure.c.district_id == district_id, _departure.c.sequence > cursor, condition)
    return query.order_by(_departure.c.sequence).limit(limit)


def _note_view(connection: Connection, district_id: str, caller: Caller, rows: Any, now: dt.datetime) -> None:
    """One entry a page that holds anything about children: which cases, and how many records."""
    seen = [row for row in rows if row.case_id and row.body is not None]
    if seen:
        detail = {"cases": sorted({row.case_id for row in seen}), "records": len(seen)}
        audit.note(
            connection,
            district_id,
            audit.Action.VIEWED,
            [("pull", detail)],
            person_id=caller.person_id,
            device_id=caller.device_id,
            at=now,
        )
