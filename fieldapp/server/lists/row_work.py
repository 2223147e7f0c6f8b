"""One row in a person's hands: correct a cell, accept it anyway, drop it, say which child it is. Everything leaves its note: who, when,
what."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_, select, update

from fieldapp.domain.child import Child
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, ChildId, EventId, PersonId, new_id
from fieldapp.domain.names import fold
from fieldapp.domain.payloads import ChildEdited
from fieldapp.domain.received_list import ListType
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import age_rule
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.lists import staging, taking
from fieldapp.server.lists.browsing import Import
from fieldapp.server.lists.checks import CLOSED, as_known, compared, known_children
from fieldapp.server.lists.listed_risks import with_risks
from fieldapp.server.lists.mapping import ColumnMapping, from_json
from fieldapp.server.lists.reader import Cell, SourceRow
from fieldapp.server.lists.rows import listed_row
from fieldapp.server.lists.tables import list_row_note
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire import codec
from fieldapp.wire.messages import Status

_row = tables.list_row
_OPEN = ("staged", "kept_back")


@dataclass(frozen=True, slots=True)
class Note:
    at: dt.datetime
    by: str
    act: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose work it is, on which import."""

    connection: Connection
    district_id: str
    begun: Import
    by: PersonId
    now: dt.datetime

    def note(self, number: int, act: str, **detail: Any) -> None:
        values = {"district_id": self.district_id, "list_id": self.begun.id, "row_number": number, "id": new_id(), "at": self.now}
        self.connection.execute(list_row_note.insert(), {**values, "by_person": self.by, "act": act, "detail": detail})


def columns_of(begun: Import) -> ColumnMapping:
    return from_json(begun.mapping, begun.layout.labels)


def cells_of(row: Any) -> tuple[Cell, ...]:
    """The row's cells as they count: as they came, with what a person typed instead."""
    cells: list[Cell] = [
        staging.untyped((row.typed or {})[str(place)]) if str(place) in (row.typed or {}) else cell for place, cell in enumerate(row.cells)
    ]
    for place, text in (row.edits or {}).items():
        cells += [None] * (int(place) + 1 - len(cells))
        cells[int(place)] = text or None
    return tuple(cells)


def correct(hand: Hand, row: Any, values: Mapping[str, str]) -> None:
    """Type other texts into cells (by the names of `ColumnMapping.places`), and check the row again."""
    if row.state != "no_risk":
        _require_open(row)
    places = columns_of(hand.begun).places()
    edits = dict(row.edits or {})
    changed = {}
    for name, text in values.items():
        place = places[name]
        before = cells_of(row)[place] if place < len(cells_of(row)) else None
        if text != shown(before):
            edits[str(place)] = text
            changed[name] = [shown(before), text]
    if not changed:
        return
    _check_again(hand, row, edits)
    hand.note(row.row_number, "corrected", changed=changed)


def shown(cell: Cell) -> str:
    """A cell as a person types it."""
    if isinstance(cell, dt.date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def accept(hand: Hand, row: Any, reason: str) -> CaseId:
    """Take the row although something was found. A child that has an open case already is accepted only as another child."""
    _require_open(row)
    if row.child is None:
        raise Refused("wrong_value", "row")
    if row.case_id:
        # The person says: it is someone else. So it gets a card of its own.
        _set(hand, row.row_number, child_id=row.child["id"], case_id=None)
    return _take(hand, row.row_number, reason, "accepted")


def same_child(hand: Hand, row: Any, child_id: str, reason: str) -> None:
    """The row is this child. With an open case nothing new comes of it but the risks that it tells of; else the child is listed anew on
    the same card."""
    _require_open(row)
    child = SqlRecords(hand.connection, hand.district_id).child(ChildId(child_id))
    if child is None or row.child is None:
        raise Refused("unknown_record", "child")
    case = record_tables.case
    open_case = hand.connection.scalar(
        select(case.c.id)
        .where(case.c.district_id == hand.district_id, case.c.child_id == child_id)
        .where(case.c.state.not_in(CLOSED))
        .limit(1)
    )
    if open_case and hand.begun.list_type is not ListType.AT_RISK:
        _set(hand, row.row_number, state="same", child_id=child_id, case_id=open_case, reason=reason)
        hand.note(row.row_number, "same_child", child=child_id, case=open_case, reason=reason)
        return
    _set(hand, row.row_number, child_id=child_id, case_id=None)
    _take(hand, row.row_number, reason, "same_child")


def drop(hand: Hand, row: Any, reason: str) -> None:
    _require_open(row)
    _set(hand, row.row_number, state="dropped", reason=reason)
    hand.note(row.row_number, "dropped", reason=reason)


def reopen(hand: Hand, row: Any) -> None:
    """A row that was dropped, or taken for a known child, is looked at again."""
    if row.state not in ("dropped", "same"):
        raise Refused("mismatch", "row")
    _check_again(hand, row, row.edits or {})
    hand.note(row.row_number, "reopened")


def update_card(hand: Hand, row: Any, fields: list[str]) -> int:
    """Take what the list says into the card, as an edit of this person who saw both. The number of fields."""
    child = SqlRecords(hand.connection, hand.district_id).child(ChildId(row.child_id or ""))
    if child is None or row.child is None:
        raise Refused("unknown_record", "child")
    wanted = [one for one in row.differences or () if one["field"] in fields]
    if not wanted:
        raise Refused("wrong_value", "field")
    values = {one["field"]: row.child[one["field"]] for one in wanted}
    seen = {name: child.field_events[name] for name in values if name in child.field_events}
    event = Event(EventId(new_id()), ChildEdited(values, seen), child.id, child.version, hand.now, hand.by)
    (answer,) = record_events(hand.connection, hand.district_id, [event])
    if answer.status is Status.REJECTED:
        raise Refused("mismatch", answer.field)
    rest = [one for one in row.differences or () if one["field"] not in fields]
    _set(hand, row.row_number, differences=rest)
    hand.note(row.row_number, "card_updated", fields=sorted(values))
    return len(values)


def known_as_same(hand: Hand) -> int:
    """All rows whose child has an open case on a list of this type: the list names again who is being traced. How many."""
    ours = (_row.c.district_id == hand.district_id) & (_row.c.list_id == hand.begun.id)
    wanted = ours & _row.c.state.in_(_OPEN) & _row.c.codes.contains(" duplicate.open_case ") & _row.c.case_id.is_not(None)
    numbers = list(hand.connection.scalars(update(_row).where(wanted).values(state="same").returning(_row.c.row_number)))
    values = {
        "district_id": hand.district_id,
        "list_id": hand.begun.id,
        "at": hand.now,
        "by_person": hand.by,
        "act": "same_child",
        "detail": {},
    }
    if numbers:
        hand.connection.execute(list_row_note.insert(), [{**values, "row_number": number, "id": new_id()} for number in numbers])
    return len(numbers)


def notes(connection: Connection, district_id: str, list_id: str, number: int) -> list[Note]:
    """Oldest first."""
    table = list_row_note.c
    query = select(table.at, table.by_person, table.act, table.detail).where(
        table.district_id == district_id, table.list_id == list_id, table.row_number == number
    )
    return [Note(*found) for found in connection.execute(query.order_by(table.at, table.id))]


def _take(hand: Hand, number: int, reason: str, act: str) -> CaseId:
    taken = taking.take(
        hand.connection, hand.district_id, hand.begun.id, [number], by=hand.by, now=hand.now, checked={number}, reason=reason
    )
    if number not in taken.case_by_row:
        raise Refused("mismatch", "row")
    staging.mark_taken(hand.connection, hand.district_id, hand.begun.id)
    hand.note(number, act, case=taken.case_by_row[number], reason=reason)
    return taken.case_by_row[number]


def _check_again(hand: Hand, row: Any, edits: Mapping[str, str]) -> None:
    known = known_children(hand.connection, hand.district_id)
    source = SourceRow(row.row_number, cells_of(_with_edits(row, edits)))
    rule, as_of = age_rule(hand.connection, hand.district_id), hand.begun.as_of
    read = listed_row(source, columns_of(hand.begun), district_id=hand.district_id, as_of=as_of, today=thai_day(hand.now), rule=rule)
    if hand.begun.risk_source:
        read = with_risks(read, source, columns_of(hand.begun), thai_day(hand.now))
    if read.child:
        # What this very list says of the same number or name.
        for number, child in _alike(hand, row.row_number, read.child):
            known.add(as_known(child, number))
        read = compared(read, read.child, known, hand.begun.list_type)
    wanted = {ChildId(read.known_id or read.likely_id)} - {ChildId("")}
    cards = SqlRecords(hand.connection, hand.district_id).children(wanted)
    values = staging.row_values(hand.district_id, hand.begun.id, replace(read, cells=tuple(row.cells)), cards)
    values |= {"typed": row.typed, "edits": dict(edits)}
    _set(hand, row.row_number, **{name: value for name, value in values.items() if name not in ("district_id", "list_id", "row_number")})


def _with_edits(row: Any, edits: Mapping[str, str]) -> Any:
    return _Cells(row.cells, row.typed, edits)


@dataclass(frozen=True, slots=True)
class _Cells:
    cells: Any
    typed: Any
    edits: Any


def _alike(hand: Hand, number: int, child: Child) -> list[tuple[int, Child]]:
    key = fold(child.given_name + child.family_name)
    person = child.national_id or child.g_code
    alike = [_row.c.name_key == key]
    if person:
        alike.append(_row.c.number == person)
    query = select(_row.c.row_number, _row.c.child).where(
        _row.c.district_id == hand.district_id, _row.c.list_id == hand.begun.id, _row.c.row_number != number, or_(*alike)
    )
    found = hand.connection.execute(query.where(_row.c.child.is_not(None), _row.c.state.in_((*_OPEN, "taken", "same"))).limit(20))
    cards = ((at, codec.record_from_wire("child", body)) for at, body in found if body)
    return [(at, card) for at, card in cards if isinstance(card, Child)]


def _set(hand: Hand, at: int, /, **values: Any) -> None:
    ours = (_row.c.district_id == hand.district_id) & (_row.c.list_id == hand.begun.id) & (_row.c.row_number == at)
    hand.connection.execute(update(_row).where(ours).values(**values))


def _require_open(row: Any) -> None:
    if row.state not in _OPEN:
        raise Refused("mismatch", "row")
