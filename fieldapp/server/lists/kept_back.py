"""Looking back at received lists: which there are, and the rows that wait for a decision with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.received_list import ReceivedList
from fieldapp.errors import SetupError
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.lists.findings import CODES, Finding, Severity


@dataclass(frozen=True, slots=True)
class KeptBackRow:
    """A row as it came, with the findings that kept it back."""

    number: int
    cells: tuple[str | None, ...]
    reasons: tuple[Finding, ...]


def received_lists(connection: Connection, district_id: str) -> list[ReceivedList]:
    """Newest first."""
    table = record_tables.received_list
    query = select(table).where(table.c.district_id == district_id).order_by(table.c.imported_at.desc(), table.c.id.desc())
    return [rows.received_list_from(row) for row in connection.execute(query).mappings()]


def find_list(connection: Connection, district_id: str, text: str) -> ReceivedList:
    """By id, by the beginning or the end of it, or by its file's name. Raises SetupError where that is none or several."""
    lists = received_lists(connection, district_id)
    found = [one for one in lists if one.id.startswith(text) or one.id.endswith(text) or one.source_name == text]
    if len(found) != 1:
        raise SetupError("setup.unknown_list", list=text)
    return found[0]


def kept_back_rows(connection: Connection, district_id: str, list_id: str) -> Sequence[KeptBackRow]:
    table = tables.list_row
    query = (
        select(table.c.row_number, table.c.cells, table.c.findings)
        .where(table.c.district_id == district_id, table.c.list_id == list_id, table.c.state == "kept_back")
        .order_by(table.c.row_number)
    )
    return [KeptBackRow(row.row_number, tuple(row.cells), _reasons(row.findings)) for row in connection.execute(query)]


def _reasons(findings: list[dict[str, str | int]]) -> tuple[Finding, ...]:
    """A newer program may have written codes that this one does not know: they are left out, the row is not."""
    known = [one for one in findings if one["code"] in CODES]
    read = (Finding(str(one["code"]), str(one["field"]), int(one["other_row"])) for one in known)
    return tuple(finding for finding in read if finding.severity is Severity.KEPT_BACK)
