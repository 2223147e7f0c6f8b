"""The entries of the district's inbox, read for a person: what came, from whom, about which child, why it waits, until when, and who
decided what. The pages and the command line show the same.

A constant number of queries, however many entries.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from fieldapp.domain.names import full_name
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import person_names
from fieldapp.server import tables
from fieldapp.server.deciding.due import due_at, hours_by_kind
from fieldapp.server.inbox import InboxKind, open_to, stands_alone
from fieldapp.wire import codec

_inbox, _event, _case, _child = tables.inbox, tables.event, record_tables.case, record_tables.child


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; empty means any. What goes along with another entry is part of that one, while that waits. `hidden_from`: the
    person who may read no urgent report but their own."""

    kind: str = ""
    decided: bool = False
    id: str = ""
    case_ids: Collection[str] = ()
    hidden_from: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`choice` is how an entry was decided, `value` what was chosen of a conflict; either may be empty."""

    at: dt.datetime
    by_name: str
    choice: str
    note: str
    value: Any


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """`arrived`: an event that was set aside reached the district after all, so nobody needs to do anything. `event` is what was sent, as
    it was made; None where the entry is about no event that is known. `photos` and `others` count what goes along. `goes_on` is the case
    that goes on where the child's was a duplicate; not `case_counts`: the case is not known, or its list was taken back."""

    id: str
    kind: str
    opened_at: dt.datetime
    due_at: dt.datetime
    event_id: str
    record_id: str
    case_id: str
    case_known: bool
    case_counts: bool
    goes_on: str
    child_id: str
    child: Any
    by_name: str
    event_kind: str
    code: str
    field: str
    made_at: str
    body: dict[str, Any]
    event: dict[str, Any] | None
    arrived: bool
    photos: int
    others: int
    decision: Decision | None

    @property
    def child_name(self) -> str:
        return full_name(self.child.title, self.child.given_name, self.child.family_name) if self.child else ""

    @property
    def is_open(self) -> bool:
        return self.decision is None

    def is_late(self, now: dt.datetime) -> bool:
        return self.is_open and self.due_at < now


def count(connection: Connection, district_id: str, wanted: Wanted) -> int:
    found: int = connection.execute(select(func.count()).select_from(_inbox).where(*_conditions(district_id, wanted))).scalar_one()
    return found


def read(connection: Connection, district_id: str, wanted: Wanted, offset: int = 0, limit: int | None = None) -> tuple[InboxEntry, ...]:
    """Open: urgent ones first, then oldest first. Decided: newest decision first."""
    urgent_first = case((_inbox.c.kind == InboxKind.URGENT, 0), else_=1)
    order = (_inbox.c.decided_at.desc(), _inbox.c.id) if wanted.decided else (urgent_first, _inbox.c.opened_at, _inbox.c.id)
    query = select(_inbox).where(*_conditions(district_id, wanted)).order_by(*order).offset(offset).limit(limit)
    rows = connection.execute(query).all()
    return _Reader(connection, district_id, rows).entries() if rows else ()


def of_case(connection: Connection, district_id: str, case_id: str, hidden_from: str = "") -> tuple[InboxEntry, ...]:
    """All about one case, open ones first."""
    return tuple(
        entry
        for decided in (False, True)
        for entry in read(connection, district_id, Wanted(case_ids=(case_id,), decided=decided, hidden_from=hidden_from))
    )


def _conditions(district_id: str, wanted: Wanted) -> list[Any]:
    conditions = [_inbox.c.district_id == district_id, *open_to(wanted.hidden_from)]
    if wanted.id:
        return [*conditions, _inbox.c.id == wanted.id]
    if wanted.decided:
        # What went along is told by the entry that it went along with.
        conditions += [_inbox.c.decided_at.is_not(None), _inbox.c.belongs_to.is_(None)]
    else:
        conditions += [_inbox.c.decided_at.is_(None), stands_alone()]
    if wanted.kind:
        conditions.append(_inbox.c.kind == wanted.kind)
    if wanted.case_ids:
        conditions.append(_inbox.c.case_id.in_(list(wanted.case_ids)))
    return conditions


class _Reader:
    """Everything that some rows name, each kind looked up once."""

    def __init__(self, connection: Connection, district_id: str, rows: Iterable[Any]) -> None:
        self._connection, self._district_id = connection, district_id
        self._rows = list(rows)
        self._hours = hours_by_kind(connection, district_id)
        self._events = self._find_events()
        self._cases = self._find_cases({row.case_id for row in self._rows if row.case_id})
        self._children = self._find_children()
        people = {str(row.body.get("by", "")) for row in self._rows} | {row.decided_by or "" for row in self._rows}
        self._people = person_names(connection, district_id, people)
        self._arrived = self._find_arrived()
        self._along = self._find_along()

    def entries(self) -> tuple[InboxEntry, ...]:
        return tuple(map(self._entry, self._rows))

    def _entry(self, row: Any) -> InboxEntry:
        body = dict(row.body)
        event = self._events.get(row.event_id)
        event_kind, made_at = str(body.get("kind", "")), str(body.get("made_at", ""))
        if row.kind == InboxKind.SET_ASIDE:
            # As text in the entry, so that it stays to the letter what it was.
            event = codec.parse_json(str(body.pop("body")).encode())
            event_kind, made_at = ("draft", "") if body["kind"] == "draft" else (str(event.get("kind", "")), str(event.get("made_at", "")))
        found = self._cases.get(row.case_id or "")
        child_id = (found.child_id if found else "") or _child_of(body, event)
        along = self._along.get(row.record_id or "", Counter()) if row.kind == InboxKind.HELD else Counter()
        return InboxEntry(
            id=row.id,
            kind=row.kind,
            opened_at=row.opened_at,
            due_at=due_at(row.opened_at, self._hours.get(row.kind, 0)),
            event_id=row.event_id,
            record_id=row.record_id or "",
            case_id=row.case_id or "",
            case_known=found is not None,
            case_counts=found is not None and found.state != CaseState.WITHDRAWN,
            goes_on=self._goes_on(row.case_id),
            child_id=child_id,
            child=self._children.get(child_id),
            by_name=self._people.get(str(body.get("by", "")), ""),
            event_kind=event_kind,
            code=str(body.get("code", "")),
            field=str(body.get("field", "")),
            made_at=made_at,
            body=body,
            event=event,
            arrived=row.event_id in self._arrived,
            photos=along[PhotoAdded.KIND],
            others=along.total() - along[PhotoAdded.KIND],
            decision=self._decision(row),
        )

    def _decision(self, row: Any) -> Decision | None:
        if row.decided_at is None:
            return None
        said = row.decision or {}
        name = self._people.get(row.decided_by or "", "")
        return Decision(row.decided_at, name, str(said.get("choice", "")), str(said.get("note", "")), said.get("value"))

    def _goes_on(self, case_id: str | None) -> str:
        found = self._cases.get(case_id or "")
        while found is not None and found.merged_into:
            case_id, found = found.merged_into, self._cases.get(found.merged_into)
        return case_id or ""

    def _find_events(self) -> dict[str, dict[str, Any]]:
        ids = {row.event_id for row in self._rows if row.kind != InboxKind.SET_ASIDE}
        query = select(_event.c.id, _event.c.body).where(_event.c.district_id == self._district_id, _event.c.id.in_(ids))
        return {row.id: json.loads(row.body) for row in self._connection.execute(query)}

    def _find_cases(self, ids: set[str]) -> dict[str, Any]:
        """With those that they were merged into."""
        found: dict[str, Any] = {}
        while ids:
            query = select(_case.c.id, _case.c.child_id, _case.c.merged_into, _case.c.state)
            query = query.where(_case.c.district_id == self._district_id, _case.c.id.in_(ids))
            found |= {row.id: row for row in self._connection.execute(query)}
            ids = {row.merged_into for row in found.values() if row.merged_into} - found.keys()
        return found

    def _find_children(self) -> Mapping[str, Any]:
        ids = {row.child_id for row in self._cases.values()} | {_child_of(row.body, self._events.get(row.event_id)) for row in self._rows}
        names = ("id", "title", "given_name", "family_name", "national_id", "g_code", "house_no", "moo", "village", "tambon_code")
        query = select(*(_child.c[name] for name in names)).where(_child.c.district_id == self._district_id, _child.c.id.in_(ids))
        return {row.id: row for row in self._connection.execute(query)}

    def _find_arrived(self) -> frozenset[str]:
        """Of what was set aside, what the district holds by now: events, and photos with a receipt."""
        ids = {row.event_id for row in self._rows if row.kind == InboxKind.SET_ASIDE}
        if not ids:
            return frozenset()
        receipt = tables.photo_receipt
        events = select(_event.c.id).where(_event.c.district_id == self._district_id, _event.c.id.in_(ids))
        photos = select(receipt.c.photo_id).where(receipt.c.district_id == self._district_id, receipt.c.photo_id.in_(ids))
        return frozenset(self._connection.execute(events).scalars()) | frozenset(self._connection.execute(photos).scalars())

    def _find_along(self) -> dict[str, Counter[str]]:
        """By record: kinds of what goes along with it."""
        ids = {row.record_id for row in self._rows if row.kind == InboxKind.HELD and row.record_id}
        found: dict[str, Counter[str]] = {}
        its_event = and_(_event.c.district_id == _inbox.c.district_id, _event.c.id == _inbox.c.event_id)
        query = (
            select(_inbox.c.belongs_to, _event.c.kind, func.count())
            .join(_event, its_event)
            .where(_inbox.c.district_id == self._district_id, _inbox.c.belongs_to.in_(ids))
            .group_by(_inbox.c.belongs_to, _event.c.kind)
        )
        for record_id, kind, number in self._connection.execute(query):
            found.setdefault(record_id, Counter())[kind] = number
        return found


def _child_of(body: Mapping[str, Any], event: Mapping[str, Any] | None) -> str:
    """Whom it is about where its case is not known: what was sent may name the child itself, who may be here with another case."""
    if named := str(body.get("child_id", "")):
        return named
    payload = (event or {}).get("payload")
    inner = (
        next((one for one in payload.values() if isinstance(one, Mapping) and "child_id" in one), {})
        if isinstance(payload, Mapping)
        else {}
    )
    return str(inner.get("child_id", ""))
