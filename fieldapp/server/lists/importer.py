"""A received list into the district: its rows kept as they came, its children and cases as events like everyone else's.

`read_list` only looks, so that a person can see what would be taken; `import_list` does it, whole or not at all.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.events import Event
from fieldapp.domain.identifiers import CaseId, EventId, ListId, PersonId, new_id
from fieldapp.domain.payloads import CaseChecked, CaseListed
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.errors import ListError
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.lists.checks import checked, known_children
from fieldapp.server.lists.header import Header, find_header
from fieldapp.server.lists.mapping import ColumnMapping, given, propose
from fieldapp.server.lists.reader import read_sheets
from fieldapp.server.lists.rows import ListedRow, listed_row
from fieldapp.server.recording import put_reference, record_events
from fieldapp.server.thai_day import thai_day
from fieldapp.wire.messages import Status


@dataclass(frozen=True, slots=True)
class ListFile:
    """What came: the file, and what the letter with it says. `mapping` is a person's word on the columns, where one was given."""

    data: bytes
    name: str
    list_type: ListType
    round: str
    as_of: dt.date
    mapping: Mapping[str, str] | None = None

    @property
    def sha256(self) -> str:
        return sha256_hex(self.data)


@dataclass(frozen=True, slots=True)
class ReadList:
    """What the file says, beside what the district knows; nothing is stored yet."""

    file: ListFile
    header: Header
    mapping: ColumnMapping
    rows: tuple[ListedRow, ...]

    @property
    def taken(self) -> tuple[ListedRow, ...]:
        return tuple(row for row in self.rows if not row.kept_back)

    @property
    def findings(self) -> Mapping[str, int]:
        """How many rows have each finding."""
        return Counter(finding.code for row in self.rows for finding in row.findings)


@dataclass(frozen=True, slots=True)
class Imported:
    """The list as it stands in the district, and what it was made from."""

    received: ReceivedList
    read: ReadList
    rows_checked: int
    case_by_row: Mapping[int, CaseId]


def read_list(connection: Connection, district_id: str, file: ListFile, *, now: dt.datetime) -> ReadList:
    """Read and check a file. Raises ListError where it is no list, or was imported before."""
    _refuse_repeat(connection, district_id, file.sha256)
    sheet, header = find_header(read_sheets(file.data))
    source = [row for row in sheet.rows if row.number > header.last_row]
    if file.mapping is not None:
        mapping = given(file.mapping, header)
    else:
        saved = _saved_mapping(connection, district_id, header)
        mapping = given(saved, header) if saved else propose(header, source)
    rows = [listed_row(row, mapping, district_id=district_id, as_of=file.as_of, today=thai_day(now)) for row in source]
    if not any(row.child for row in rows):
        raise ListError("list.empty")
    return ReadList(file, header, mapping, tuple(checked(rows, known_children(connection, district_id))))


def import_list(connection: Connection, district_id: str, file: ListFile, *, by: PersonId, now: dt.datetime) -> Imported:
    """Take the list in, in the caller's transaction. A row without anything for a person to look at counts as checked at once."""
    read = read_list(connection, district_id, file, now=now)
    case_by_row = {row.number: CaseId(new_id()) for row in read.taken}
    received = ReceivedList(
        id=ListId(new_id()),
        list_type=file.list_type,
        round=file.round,
        as_of=file.as_of,
        source_name=file.name,
        source_sha256=file.sha256,
        imported_at=now,
        rows_taken=len(read.taken),
        rows_kept_back=len(read.rows) - len(read.taken),
    )
    put_reference(connection, district_id, [received])
    events = _events(read.taken, received, case_by_row, by)
    answers = record_events(connection, district_id, events, recorded_at=now)
    if any(answer.status is not Status.ACCEPTED for answer in answers):
        raise ListError("list.not_recorded")
    connection.execute(tables.list_row.insert(), _row_values(district_id, received.id, read.rows, case_by_row))
    if file.mapping is not None:
        save_mapping(connection, district_id, read.header, read.mapping, now)
    return Imported(received, read, sum(1 for row in read.taken if row.clean), case_by_row)


def save_mapping(connection: Connection, district_id: str, header: Header, mapping: ColumnMapping, now: dt.datetime) -> None:
    """Remember how a person mapped a layout; the next list of the same layout is read that way."""
    table = tables.column_mapping
    statement = insert(table).values(district_id=district_id, header_sha256=header.sha256, mapping=mapping.to_json(), saved_at=now)
    newer = {"mapping": statement.excluded.mapping, "saved_at": statement.excluded.saved_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "header_sha256"], set_=newer))


def _refuse_repeat(connection: Connection, district_id: str, sha256: str) -> None:
    table = record_tables.received_list
    query = select(table.c.imported_at).where(table.c.district_id == district_id, table.c.source_sha256 == sha256)
    imported_at = connection.scalar(query)
    if imported_at is not None:
        raise ListError("list.already_imported", on=imported_at.date().isoformat())


def _saved_mapping(connection: Connection, district_id: str, header: Header) -> Mapping[str, str] | None:
    table = tables.column_mapping
    query = select(table.c.mapping).where(table.c.district_id == district_id, table.c.header_sha256 == header.sha256)
    mapping: Mapping[str, str] | None = connection.scalar(query)
    return mapping


def _events(rows: Sequence[ListedRow], received: ReceivedList, case_by_row: Mapping[int, CaseId], by: PersonId) -> list[Event]:
    """Listing before checking for all, so that a reader of the log sees the list arrive and then the office's check."""
    made_at = received.imported_at

    def event(row: ListedRow, payload: CaseListed | CaseChecked, base_version: int) -> Event:
        return Event(EventId(new_id()), payload, case_by_row[row.number], base_version, made_at, by)

    listed = [event(row, CaseListed(row.child, received.id, received.list_type, received.as_of), 0) for row in rows if row.child]
    checked_on = max(thai_day(made_at), received.as_of)
    return listed + [event(row, CaseChecked(checked_on), 1) for row in rows if row.clean]


def _row_values(district_id: str, list_id: ListId, rows: Sequence[ListedRow], case_by_row: Mapping[int, CaseId]) -> list[dict[str, object]]:
    return [
        {
            "district_id": district_id,
            "list_id": list_id,
            "row_number": row.number,
            "cells": list(row.cells),
            "state": "kept_back" if row.kept_back else "taken",
            "case_id": case_by_row.get(row.number),
            "findings": [finding.to_json() for finding in row.findings],
        }
        for row in rows
    ]
