"""What was read of a file and is not taken yet: the import with its columns, its rows with their findings. Touches no child and no case."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, select, text, update

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import ChildId
from fieldapp.domain.names import fold
from fieldapp.errors import ListError
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import bulk, tables
from fieldapp.server.lists.layout import Layout, layout_of
from fieldapp.server.lists.reader import Cell
from fieldapp.server.lists.rows import ListedRow
from fieldapp.server.lists.tables import list_import, list_row_note
from fieldapp.wire import codec

if TYPE_CHECKING:
    from fieldapp.server.lists.importer import ListFile

__all__ = ["Layout", "layout_of"]

_PORTION = 2_000
# What of a card a list tells anew. Who asks for a difference wants to see these.
COMPARED = (
    "title", "given_name", "family_name", "national_id", "g_code", "birth_on", "sex", "house_no", "moo", "village", "tambon_code",
    "guardian_name", "guardian_phone", "father_name", "mother_name", "last_school_code", "last_school_name", "last_grade", "disability",
)  # fmt: skip
_NOTHING = ("", None, "unknown")


def begin(
    connection: Connection,
    district_id: str,
    list_id: str,
    file: "ListFile",
    layout: Layout,
    by: str,
    now: dt.datetime,
    *,
    sheet: str = "",
    keep_file: bool = False,
) -> None:
    """An import in state `mapping`."""
    connection.execute(
        list_import.insert(),
        {
            "district_id": district_id,
            "id": list_id,
            "state": "mapping",
            "list_type": file.list_type.value,
            "risk_source": file.risk_source.value if file.risk_source else "",
            "round": file.round,
            "as_of": file.as_of,
            "source_name": file.name,
            "source_sha256": file.sha256,
            "data": file.data if keep_file else None,
            "sheet": sheet,
            "labels": list(layout.labels),
            "samples": [list(row) for row in layout.samples],
            "mapping": dict(file.mapping or {}),
            "created_at": now,
            "created_by": by,
            "job": "",
            "job_order": {},
            "job_stage": "",
            "job_done": 0,
            "job_total": 0,
            "job_failure": {},
        },
    )


def refuse_repeat(connection: Connection, district_id: str, sha256: str) -> None:
    """The same bytes that are in the district already. A list that was taken back may come again."""
    table, begun = record_tables.received_list, list_import
    undone = select(begun.c.id).where(begun.c.district_id == district_id, begun.c.state == "undone")
    query = select(table.c.imported_at).where(
        table.c.district_id == district_id, table.c.source_sha256 == sha256, table.c.id.not_in(undone)
    )
    imported_at = connection.scalar(query.limit(1))
    if imported_at is not None:
        raise ListError("list.already_imported", on=imported_at.date().isoformat())


def keep_rows(connection: Connection, district_id: str, list_id: str, rows: Sequence[ListedRow]) -> None:
    """The rows in place of those that were kept before."""
    ours = (tables.list_row.c.district_id == district_id) & (tables.list_row.c.list_id == list_id)
    connection.execute(delete(tables.list_row).where(ours))
    cards = SqlRecords(connection, district_id).children({ChildId(row.known_id or row.likely_id) for row in rows} - {ChildId("")})
    for start in range(0, len(rows), _PORTION):
        portion = rows[start : start + _PORTION]
        bulk.insert(connection, tables.list_row, [row_values(district_id, list_id, row, cards) for row in portion])
    if len(rows) > _PORTION:
        # The database does not know yet how many there are, and would look through all of them for each one.
        connection.execute(text("ANALYZE list_row"))


def row_values(district_id: str, list_id: str, row: ListedRow, cards: Mapping[str, Child]) -> dict[str, Any]:
    """A row as it is kept."""
    card = cards.get(row.known_id)
    different = differences(row.child, card) if row.child and card else []
    return {
        "district_id": district_id,
        "list_id": list_id,
        "row_number": row.number,
        "cells": list(row.cells),
        "state": _state(row),
        "risks": [risk.to_json() for risk in row.risks or ()],
        "case_id": row.open_case or None,
        "findings": [finding.to_json() for finding in row.findings],
        "typed": {str(column): typed(cell) for column, cell in enumerate(row.source) if cell is not None and not isinstance(cell, str)},
        "edits": {},
        "weight": row.weight,
        "codes": f" {' '.join(sorted({finding.code for finding in row.findings}))} ",
        "standing": _standing(row, different),
        "child": json.loads(codec.record_json(row.child)) if row.child else None,
        "child_id": row.known_id or (row.child.id if row.child else None),
        "likely_id": row.likely_id or None,
        "differences": different,
        "number": (row.child.national_id or row.child.g_code) if row.child else "",
        "name_key": fold(row.child.given_name + row.child.family_name) if row.child else "",
        "reason": "",
    }


def differences(child: Child, card: Child) -> list[dict[str, str]]:
    """What the list says otherwise than the card: field, on the card, on the list. What the list leaves empty says nothing."""
    pairs = ((name, getattr(card, name), getattr(child, name)) for name in COMPARED)
    return [{"field": name, "card": _said(old), "list": _said(new)} for name, old, new in pairs if new not in _NOTHING and new != old]


def typed(cell: Cell) -> Any:
    return {"day": cell.isoformat()} if isinstance(cell, dt.date) else cell


def untyped(value: Any) -> Cell:
    return dt.datetime.fromisoformat(value["day"]) if isinstance(value, dict) else value


def mark_taken(connection: Connection, district_id: str, list_id: str) -> None:
    """From now on there is a received list, and the file is not needed any more."""
    ours = (list_import.c.district_id == district_id) & (list_import.c.id == list_id)
    connection.execute(update(list_import).where(ours).values(state="taken", data=None))


def drop(connection: Connection, district_id: str, list_id: str) -> None:
    """Forget an import of which nothing was taken."""
    for table in (list_row_note, tables.list_row):
        connection.execute(delete(table).where(table.c.district_id == district_id, table.c.list_id == list_id))
    connection.execute(delete(list_import).where(list_import.c.district_id == district_id, list_import.c.id == list_id))


def _state(row: ListedRow) -> str:
    if row.kept_back:
        return "kept_back"
    # A screening names all pupils; those in whom nothing was found are accounted for, and nobody has to decide about them.
    return "no_risk" if row.risks == () else "staged"


def _standing(row: ListedRow, different: Sequence[object]) -> str:
    if row.child is None:
        return "none"
    if row.known_id:
        return "changed" if different else "again"
    if any(finding.code == "risk.same_child" for finding in row.findings):
        return "again"
    doubtful = any(finding.code in ("duplicate.doubtful", "duplicate.spelling", "id.of_another") for finding in row.findings)
    return "likely" if doubtful else "new"


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
