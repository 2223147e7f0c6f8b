"""Rows that were accepted become children and cases: events like everyone's, and the received list that they belong to."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ARRAY, Connection, Integer, Text, bindparam, func, select, update

from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.child import Child
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, EventId, ListId, PersonId, new_id
from fieldapp.domain.payloads import CaseChecked, CaseListed
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.errors import ListError
from fieldapp.server import tables
from fieldapp.server.lists import taking_risks
from fieldapp.server.lists.tables import list_import
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.wire import codec
from fieldapp.wire.messages import Status

_row = tables.list_row


@dataclass(frozen=True, slots=True)
class Taken:
    """The list as it stands now, and the case of each row that was taken."""

    received: ReceivedList
    case_by_row: Mapping[int, CaseId]


def take(
    connection: Connection,
    district_id: str,
    list_id: str,
    numbers: Sequence[int],
    *,
    by: str,
    now: dt.datetime,
    checked: Collection[int],
    reason: str = "",
) -> Taken:
    """Take these rows, in the caller's transaction; those in `checked` count as checked at once. Rows that are taken already stay as they
    are, so that it may be repeated."""
    children = _children(connection, district_id, list_id, numbers)
    received = received_list(connection, district_id, list_id, now, more=len(children))
    # The district is ours from here on: no case is opened beside these.
    put_reference(connection, district_id, [received])
    if received.list_type is ListType.AT_RISK:
        case_by_row, events = _with_risks(connection, district_id, children, received, checked, PersonId(by), now)
    else:
        case_by_row = {number: CaseId(new_id()) for number in children}
        events = _events(children, received, case_by_row, checked, PersonId(by), now)
    answers = record_events(connection, district_id, events, recorded_at=now) if events else []
    if any(answer.status is not Status.ACCEPTED for answer in answers):
        raise ListError("list.not_recorded")
    _mark(connection, district_id, list_id, children, case_by_row, reason)
    return Taken(received, case_by_row)


def received_list(connection: Connection, district_id: str, list_id: str, now: dt.datetime, *, more: int = 0) -> ReceivedList:
    """The list as reference data, with `more` rows taken than are now."""
    begun = list_import.c
    found = connection.execute(select(list_import).where(begun.district_id == district_id, begun.id == list_id)).one()
    counted = select(func.count(), func.count().filter(_row.c.state == "taken")).where(
        _row.c.district_id == district_id, _row.c.list_id == list_id
    )
    total, taken = connection.execute(counted).one()
    rows_taken = taken + more
    return ReceivedList(
        id=ListId(list_id),
        list_type=ListType(found.list_type),
        round=found.round,
        as_of=found.as_of,
        source_name=found.source_name,
        source_sha256=found.source_sha256,
        imported_at=now if taken == 0 else found.created_at,
        rows_taken=rows_taken,
        rows_kept_back=total - rows_taken,
        version=1,
    )


def _children(connection: Connection, district_id: str, list_id: str, numbers: Sequence[int]) -> dict[int, Child]:
    query = (
        select(_row.c.row_number, _row.c.child, _row.c.child_id)
        .where(_row.c.district_id == district_id, _row.c.list_id == list_id, _row.c.row_number == func.any(bindparam("numbers")))
        .where(_row.c.state.in_(("staged", "kept_back")), _row.c.child_id.is_not(None))
        .order_by(_row.c.row_number)
        .with_for_update()
    )
    found: dict[int, Child] = {}
    for number, body, child_id in connection.execute(query, {"numbers": list(numbers)}):
        child = codec.record_from_wire("child", body)
        assert isinstance(child, Child)
        found[number] = replace(child, id=child_id)
    return found


def _events(
    children: Mapping[int, Child],
    received: ReceivedList,
    case_by_row: Mapping[int, CaseId],
    checked: Collection[int],
    by: PersonId,
    now: dt.datetime,
) -> list[Event]:
    """Listing before checking for all, so that a reader of the log sees the list arrive and then the office's check."""

    def event(number: int, payload: CaseListed | CaseChecked, base_version: int) -> Event:
        return Event(EventId(new_id()), payload, case_by_row[number], base_version, now, by)

    listed = [event(number, CaseListed(child, received.id, received.list_type, received.as_of), 0) for number, child in children.items()]
    checked_on = max(thai_day(now), received.as_of)
    return listed + [event(number, CaseChecked(checked_on), 1) for number in children if number in checked]


def _with_risks(
    connection: Connection,
    district_id: str,
    children: Mapping[int, Child],
    received: ReceivedList,
    checked: Collection[int],
    by: PersonId,
    now: dt.datetime,
) -> tuple[dict[int, CaseId], list[Event]]:
    """The case of each row, and what is to be recorded: new cases at their schools, then the risks of all."""
    source = connection.scalar(
        select(list_import.c.risk_source).where(list_import.c.district_id == district_id, list_import.c.id == received.id)
    )
    export = taking_risks.Import(district_id, received.id, RiskSource(str(source)), received.as_of, by, now)
    open_before = taking_risks.open_cases(connection, district_id, {child.id for child in children.values()})
    case_by_row = taking_risks.cases_of(children, open_before)
    first_rows = {child.id: number for number, child in reversed(list(children.items()))}
    new = {number: children[number] for child_id, number in first_rows.items() if child_id not in open_before}
    listed = _events(new, received, case_by_row, checked, by, now)
    listed += taking_risks.at_their_schools(connection, export, new, case_by_row, max(thai_day(now), received.as_of))
    return case_by_row, listed + taking_risks.risk_events(connection, export, children, case_by_row)


def _mark(
    connection: Connection, district_id: str, list_id: str, children: Mapping[int, Child], case_by_row: Mapping[int, CaseId], reason: str
) -> None:
    if not children:
        return
    numbers, case_ids = list(children), [case_by_row[number] for number in children]
    # One statement for all of them.
    given = (
        func.unnest(bindparam("numbers", numbers, type_=ARRAY(Integer)), bindparam("cases", case_ids, type_=ARRAY(Text)))
        .table_valued("number", "case_id", name="given")
        .render_derived()
    )
    ours = (_row.c.district_id == district_id) & (_row.c.list_id == list_id) & (_row.c.row_number == given.c.number)
    connection.execute(update(_row).where(ours).values(state="taken", case_id=given.c.case_id, reason=reason))
