"""Pull: what changed in someone's scope since a cursor, composed from the stored wire forms without reading them again."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, literal, null, select, union_all
from sqlalchemy.sql import Select

from fieldapp.records.reference import reads_urgent
from fieldapp.server import audit, tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.write_path import runs
from fieldapp.server.write_path.departures import whereto
from fieldapp.wire.messages import MAX_CHANGES

# Records that may tell of a child in danger, and how their wire form says that one does.
_TELL_OF_HARM = frozenset({"visit", "submission"})
_MARKS_OF_HARM = ('"urgent":true', '"urgent":["')

_head, _departure = tables.head, tables.departure


@dataclass(frozen=True, slots=True)
class From:
    """Where a client stands: its cursor, the mark that came with it ('' if none), and "run:number" of receipts that it got since."""

    cursor: int
    mark: str = ""
    proofs: tuple[str, ...] = ()


def page(connection: Connection, district_id: str, caller: Caller, since: From, limit: int, now: dt.datetime) -> bytes:
    """A PullPage as JSON. What was committed before this began is on it or on a later one, never skipped (see `sequence`). Raises Refused
    where the client's past is not this district's (see `runs`)."""
    limit = max(1, min(limit, MAX_CHANGES))
    # What is committed after this was read comes with a later page, so that cursor and mark are of one moment.
    stand = runs.stand(connection, district_id)
    runs.require_held(connection, district_id, stand, since.cursor, since.mark, since.proofs, caller.scope_mark)
    rows = connection.execute(_changes(district_id, caller, since.cursor, stand.last, limit + 1)).all() if since.cursor < stand.last else []
    more = len(rows) > limit
    rows = rows[:limit]
    reached = rows[-1].sequence if more else stand.last
    _note_view(connection, district_id, caller, rows, now)
    places = whereto(connection, district_id, {row.id for row in rows if row.body is None})
    may_read = reads_urgent(connection, district_id, caller.role, caller.person_id)
    changes = ",".join(_change(row, places, "" if may_read else caller.person_id) for row in rows)
    rest = {"cursor": reached, "more": more, "sequence": stand.last, "mark": runs.mark(stand, caller.scope_mark)}
    return f'{{"changes":[{changes}],{json.dumps(rest, separators=(",", ":"))[1:]}'.encode()


def _change(row: Any, places: Mapping[str, Mapping[str, str]], hidden_from: str) -> str:
    if row.body is None:
        return json.dumps({"sequence": row.sequence, "type": "case", "id": row.id, "left": True, **places[row.id]})
    body = _without_harm(row.body, hidden_from) if hidden_from and row.type in _TELL_OF_HARM else row.body
    return f'{{"sequence":{row.sequence},"type":"{row.type}","id":{json.dumps(row.id)},"body":{body}}}'


def _without_harm(body: str, hidden_from: str) -> str:
    """What another person reported of a child in danger is left out; that it was urgent stays, so that a visit is as urgent as it was."""
    if not any(mark in body for mark in _MARKS_OF_HARM):
        return body
    record = json.loads(body)
    if record.get("by") == hidden_from:
        return body
    left_out: dict[str, object] = {"urgent_note": ""} if "urgent_note" in record else {"urgent": []}
    return json.dumps({**record, **left_out}, ensure_ascii=False, separators=(",", ":"))


def _changes(district_id: str, caller: Caller, cursor: int, last: int, limit: int) -> Any:
    """Each way of being in scope is read along its own index, already in order; then they are merged."""
    parts = [_heads(district_id, cursor, last, limit, condition) for condition in _scopes(caller)]
    parts += [_departures(district_id, cursor, last, limit, condition) for condition in _losses(caller)]
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
        return [_departure.c.owner_id.is_(None) & _departure.c.school_code.is_(None)]
    losses = [_departure.c.owner_id == caller.person_id]
    if caller.whole_school:
        losses.append(_departure.c.school_code == caller.whole_school)
    return losses


def _heads(district_id: str, cursor: int, last: int, limit: int, condition: Any) -> Select[Any]:
    columns = (_head.c.sequence, _head.c.type, _head.c.id, _head.c.case_id, _head.c.body)
    since = (_head.c.sequence > cursor, _head.c.sequence <= last)
    query = select(*columns).where(_head.c.district_id == district_id, *since, condition)
    return query.order_by(_head.c.sequence).limit(limit)


def _departures(district_id: str, cursor: int, last: int, limit: int, condition: Any) -> Select[Any]:
    columns = (
        _departure.c.sequence,
        literal("case").label("type"),
        _departure.c.case_id.label("id"),
        _departure.c.case_id,
        null().label("body"),
    )
    since = (_departure.c.sequence > cursor, _departure.c.sequence <= last)
    query = select(*columns).where(_departure.c.district_id == district_id, *since, condition)
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
