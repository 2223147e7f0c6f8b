"""Deciding about a pair of cards. The same child: every case of the one card becomes a duplicate of the case that goes on, both cards and
both histories stay, and what only the duplicate's card knew may be taken over. It can be undone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.case import Case
from fieldapp.domain.child import EDITABLE_FIELDS, Child
from fieldapp.domain.conflict import wire_value
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, ChildId, EventId, PersonId, new_id
from fieldapp.domain.payloads import CaseMerged, CaseUnmerged, ChildEdited, Payload
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.problems import Refused
from fieldapp.server.twins import verdicts
from fieldapp.server.twins.verdicts import Verdict
from fieldapp.server.write_path.heads import home_case
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Status


@dataclass(frozen=True, slots=True)
class Side:
    """A card with its cases that are no duplicates, and the one of them that the child is worked on by."""

    child: Child
    cases: tuple[Case, ...]

    @property
    def home(self) -> Case | None:
        return home_case(self.cases)


def side(connection: Connection, district_id: str, child_id: str) -> Side:
    """Raises Refused unknown_record."""
    records = SqlRecords(connection, district_id)
    child = records.child(ChildId(child_id))
    if child is None:
        raise Refused("unknown_record", "child_id")
    table = record_tables.case
    mine = (table.c.district_id == district_id, table.c.child_id == child_id)
    goes_on = (table.c.merged_into.is_(None), table.c.state != CaseState.WITHDRAWN)
    case_ids = connection.execute(select(table.c.id).where(*mine, *goes_on)).scalars()
    return Side(child, tuple(records.cases(case_ids).values()))


def merge(
    connection: Connection,
    district_id: str,
    *,
    staying: str,
    going: str,
    take_over: Sequence[str],
    note: str,
    by: PersonId,
    on: dt.date,
    now: dt.datetime,
) -> None:
    """`take_over`: fields whose value the card that stays takes from the other. Raises Refused already_decided, also where a card has only
    duplicates by now, unknown_record, and mismatch where something else came between."""
    stays, goes = side(connection, district_id, staying), side(connection, district_id, going)
    into = stays.home
    if into is None or not goes.cases:
        raise Refused("already_decided")
    merges = [(case.id, into.id) for case in goes.cases]
    first, second = sorted((staying, going))
    if not _say(connection, district_id, (first, second), Verdict.SAME, note, by, now, merges):
        raise Refused("already_decided")
    events: list[tuple[Payload, str]] = [(CaseMerged(on, target), case_id) for case_id, target in merges]
    values = {name: wire_value(getattr(goes.child, name)) for name in take_over if name in EDITABLE_FIELDS}
    if values:
        seen = {name: event_id for name, event_id in stays.child.field_events.items() if name in values}
        events.insert(0, (ChildEdited(values, seen), stays.child.id))
    _record(connection, district_id, events, by, now)


def keep_apart(connection: Connection, district_id: str, pair: tuple[str, str], note: str, *, by: PersonId, now: dt.datetime) -> None:
    """Two children: the pair is not shown again. Raises Refused already_decided."""
    if not _say(connection, district_id, pair, Verdict.DIFFERENT, note, by, now, ()):
        raise Refused("already_decided")


def undo(connection: Connection, district_id: str, pair: tuple[str, str], *, by: PersonId, on: dt.date, now: dt.datetime) -> None:
    """The pair is open again; what was put together is apart again, as if it had not been. Raises Refused unknown_record, already_decided,
    mismatch where one of them was put together with something else since."""
    said = verdicts.find(connection, district_id, *pair)
    if said is None:
        raise Refused("unknown_record")
    again = said.verdict is not Verdict.OPEN and verdicts.say(
        connection, district_id, pair, Verdict.OPEN, before=said.verdict, note=said.note, by=by, now=now
    )
    if not again:
        raise Refused("already_decided")
    events: list[tuple[Payload, str]] = [(CaseUnmerged(on, into), case_id) for case_id, into in said.merges]
    _record(connection, district_id, events, by, now)


def _say(
    connection: Connection,
    district_id: str,
    pair: tuple[str, str],
    verdict: Verdict,
    note: str,
    by: PersonId,
    now: dt.datetime,
    merges: Sequence[tuple[CaseId, CaseId]],
) -> bool:
    said = verdicts.find(connection, district_id, *pair)
    if said is not None and said.verdict is not Verdict.OPEN:
        return False
    before = said.verdict if said else None
    return verdicts.say(connection, district_id, pair, verdict, before=before, note=note, by=by, now=now, merges=merges)


def _record(connection: Connection, district_id: str, acts: Sequence[tuple[Payload, str]], by: PersonId, now: dt.datetime) -> None:
    if not acts:
        return
    events = [Event(EventId(new_id()), payload, record, 0, now, by) for payload, record in acts]
    for answer in record_events(connection, district_id, events):
        if answer.status is not Status.ACCEPTED:
            raise Refused("mismatch")
