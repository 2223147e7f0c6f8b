"""A received list into the district: its rows kept as they came, its children and cases as events like everyone else's.

`read_list` only looks, so that a person can see what would be taken; `import_list` does it at once, whole or not at all, for the command
line. The office's pages do the same in steps: `staging` keeps what was read, `taking` takes what was accepted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.identifiers import CaseId, ListId, PersonId, new_id
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.errors import ListError
from fieldapp.records.reference import age_rule
from fieldapp.server import tables
from fieldapp.server.lists import staging, taking
from fieldapp.server.lists.checks import checked, known_children
from fieldapp.server.lists.header import Header, find_header
from fieldapp.server.lists.listed_risks import with_risks
from fieldapp.server.lists.mapping import ColumnMapping, given, propose
from fieldapp.server.lists.reader import SourceRow, read_sheets
from fieldapp.server.lists.rows import ListedRow, listed_row
from fieldapp.server.thai_day import thai_day

# Hears how far it is: how many rows of how many, 0 where that is not known.
Told = Callable[[str, int, int], None]
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class ListFile:
    """What came: the file, and what the letter with it says. `mapping` is a person's word on the columns, where one was given.
    `risk_source`: the web site, of a list of pupils at risk."""

    data: bytes
    name: str
    list_type: ListType
    round: str
    as_of: dt.date
    mapping: Mapping[str, str] | None = None
    risk_source: RiskSource | None = None

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


def read_list(connection: Connection, district_id: str, file: ListFile, *, now: dt.datetime, told: Told | None = None) -> ReadList:
    """Read and check a file. Raises ListError where it is no list, or was imported before."""
    staging.refuse_repeat(connection, district_id, file.sha256)
    tell: Told = told or (lambda stage, done, total: None)
    sheet, header = find_header(read_sheets(file.data, told=lambda done: tell("reading", done, 0)))
    source = [row for row in sheet.rows if row.number > header.last_row]
    chosen = file.mapping
    mapping = (
        given(chosen, header)
        if chosen is not None
        else proposed_mapping(connection, district_id, header, source, risks=file.risk_source is not None)
    )
    rule = age_rule(connection, district_id)
    rows = []
    for place, row in enumerate(source):
        if place % _TOLD_EVERY == 0:
            tell("checking", place, len(source))
        listed = listed_row(row, mapping, district_id=district_id, as_of=file.as_of, today=thai_day(now), rule=rule)
        rows.append(with_risks(listed, row, mapping, thai_day(now)) if file.risk_source else listed)
    if not any(row.child for row in rows):
        raise ListError("list.empty")
    tell("comparing", len(source), len(source))
    return ReadList(file, header, mapping, tuple(checked(rows, known_children(connection, district_id), file.list_type)))


def import_list(connection: Connection, district_id: str, file: ListFile, *, by: PersonId, now: dt.datetime) -> Imported:
    """Take the list in, in the caller's transaction. A row without anything for a person to look at counts as checked at once."""
    read = read_list(connection, district_id, file, now=now)
    list_id = ListId(new_id())
    staging.begin(connection, district_id, list_id, file, staging.layout_of(read.header, ()), by, now)
    staging.keep_rows(connection, district_id, list_id, read.rows)
    taken = taking.take(
        connection,
        district_id,
        list_id,
        [row.number for row in read.taken],
        by=by,
        now=now,
        checked={row.number for row in read.rows if row.clean},
    )
    staging.mark_taken(connection, district_id, list_id)
    if file.mapping is not None:
        save_mapping(connection, district_id, read.header, read.mapping, now, risks=file.risk_source is not None)
    return Imported(taken.received, read, sum(1 for row in read.taken if row.clean), taken.case_by_row)


def proposed_mapping(
    connection: Connection, district_id: str, header: Header, rows: list[SourceRow], *, risks: bool = False
) -> ColumnMapping:
    """As a person mapped this layout before, else what its words and cells suggest. Raises ListError where no column can be the name."""
    table = tables.column_mapping
    query = select(table.c.mapping).where(table.c.district_id == district_id, table.c.header_sha256 == _layout_key(header, risks))
    saved: Mapping[str, str] | None = connection.scalar(query)
    return given(saved, header) if saved else propose(header, rows, risks=risks)


def save_mapping(
    connection: Connection, district_id: str, header: Header, mapping: ColumnMapping, now: dt.datetime, *, risks: bool = False
) -> None:
    """Remember how a person mapped a layout; the next list of the same layout is read that way."""
    table = tables.column_mapping
    statement = insert(table).values(
        district_id=district_id, header_sha256=_layout_key(header, risks), mapping=mapping.to_json(), saved_at=now
    )
    newer = {"mapping": statement.excluded.mapping, "saved_at": statement.excluded.saved_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "header_sha256"], set_=newer))


def _layout_key(header: Header, risks: bool) -> str:
    """A web site's export may have the headings of a list, and its columns mean more."""
    return sha256_hex(f"{header.sha256} risks".encode()) if risks else header.sha256
