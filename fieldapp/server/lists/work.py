"""The long work on an import, portion by portion: reading and checking its file, taking the rows that were accepted, taking
the list back."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, select, update

from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.received_list import ListType
from fieldapp.server import tables
from fieldapp.server.lists import jobs, staging, taking, undoing
from fieldapp.server.lists.checks import as_known, known_children, open_case_of
from fieldapp.server.lists.findings import Finding
from fieldapp.server.lists.growing import Growing
from fieldapp.server.lists.importer import ListFile, read_list, save_mapping
from fieldapp.server.lists.jobs import Teller
from fieldapp.server.lists.rows import GOOD
from fieldapp.server.lists.tables import list_import
from fieldapp.wire import codec

# So many rows in one transaction: laptops that push wait no longer than it takes.
_PORTION = 500

_row = tables.list_row


@dataclass(frozen=True, slots=True)
class Office:
    """Where and for whom work is done. `clock` tells the time when a portion is written."""

    engine: Engine
    district_id: str
    by: PersonId
    clock: Callable[[], dt.datetime]


def start(office: Office, list_id: str, job: str, order: Mapping[str, Any]) -> bool:
    """False where other work is under way in the district. `order` must be JSON: it is kept, to be started again."""
    return jobs.start(office.engine, office.district_id, list_id, job, order, _WORK[job](office, list_id))


def _check(office: Office, list_id: str) -> jobs.Work:
    def work(order: Mapping[str, Any], tell: Teller) -> None:
        with office.engine.connect() as connection:
            begun = connection.execute(
                select(list_import).where(list_import.c.district_id == office.district_id, list_import.c.id == list_id)
            ).one()
        mapping = order["mapping"]
        list_type, source = ListType(begun.list_type), RiskSource(begun.risk_source) if begun.risk_source else None
        file = ListFile(begun.data, begun.source_name, list_type, begun.round, begun.as_of, mapping, source)
        with office.engine.begin() as connection:
            now = office.clock()
            read = read_list(connection, office.district_id, file, now=now, told=tell)
            tell("keeping", 0, len(read.rows))
            staging.keep_rows(connection, office.district_id, list_id, read.rows)
            save_mapping(connection, office.district_id, read.header, read.mapping, now, risks=source is not None)
        with office.engine.begin() as connection:
            ours = (list_import.c.district_id == office.district_id) & (list_import.c.id == list_id)
            connection.execute(update(list_import).where(ours).values(state="checked", mapping=read.mapping.to_json()))

    return work


def _take(office: Office, list_id: str) -> jobs.Work:
    def work(order: Mapping[str, Any], tell: Teller) -> None:
        numbers = _to_take(office, list_id, str(order.get("code", "")), str(order.get("reason", "")))
        growing = Growing(office.engine, _PORTION)
        for start_at in range(0, len(numbers), _PORTION):
            growing.done(start_at)
            tell("taking", start_at, len(numbers))
            portion = numbers[start_at : start_at + _PORTION]
            with office.engine.begin() as connection:
                reason = str(order.get("reason", ""))
                now = office.clock()
                taking.take(connection, office.district_id, list_id, portion, by=office.by, now=now, checked=set(portion), reason=reason)
                staging.mark_taken(connection, office.district_id, list_id)

    return work


def _to_take(office: Office, list_id: str, code: str, reason: str) -> list[int]:
    """The rows that are good, or those with a finding that a person accepted for all of them. Who got an open case since the list was
    checked is kept back."""
    ours: list[ColumnElement[bool]] = [_row.c.district_id == office.district_id, _row.c.list_id == list_id, _row.c.state == "staged"]
    ours.append(_row.c.codes.contains(f" {code} ", autoescape=True) if code else _row.c.weight == GOOD)
    query = select(_row.c.row_number, _row.c.child, _row.c.child_id).where(*ours).order_by(_row.c.row_number)
    numbers, late = [], []
    with office.engine.begin() as connection:
        begun = select(list_import.c.list_type).where(list_import.c.district_id == office.district_id, list_import.c.id == list_id)
        # An open case is no hindrance there: it gets the risks.
        at_risk = connection.scalar(begun) == ListType.AT_RISK
        known = known_children(connection, office.district_id)
        for number, body, _child_id in connection.execute(query):
            found = None if at_risk else open_case_of(as_known(codec.record_from_wire("child", body), number), known)  # type: ignore[arg-type]
            if found is None:
                numbers.append(number)
            else:
                late.append((number, found))
        for number, found in late:
            kept = (_row.c.district_id == office.district_id) & (_row.c.list_id == list_id) & (_row.c.row_number == number)
            finding = Finding("duplicate.open_case").to_json()
            values = {"state": "kept_back", "weight": "kept_back", "codes": " duplicate.open_case ", "findings": [finding]}
            connection.execute(update(_row).where(kept).values(**values, case_id=found.open_case, child_id=found.id, standing="again"))
    return numbers


def _undo(office: Office, list_id: str) -> jobs.Work:
    def work(order: Mapping[str, Any], tell: Teller) -> None:
        undoing.undo(office.engine, office.district_id, list_id, by=office.by, clock=office.clock, told=tell)

    return work


_WORK: Mapping[str, Callable[[Office, str], jobs.Work]] = {"check": _check, "take": _take, "undo": _undo}
