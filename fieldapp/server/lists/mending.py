"""Rows that must be mended, as a spreadsheet in the layout in which the list came, with what was found in a last column."""

from typing import Any

from sqlalchemy import Connection, select

from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server import tables
from fieldapp.server.lists.browsing import Import
from fieldapp.server.lists.findings import CODES, Severity
from fieldapp.server.lists.words import finding_words
from fieldapp.texts import _


def to_mend(connection: Connection, district_id: str, begun: Import) -> bytes:
    """Rows that wait or were dropped and have something a person has to look at. Every cell is text, as it came."""
    row = tables.list_row
    query = (
        select(row.c.row_number, row.c.cells, row.c.edits, row.c.findings, row.c.reason)
        .where(row.c.district_id == district_id, row.c.list_id == begun.id)
        .where(
            row.c.state.in_(("staged", "kept_back", "dropped")),
            row.c.weight != "good",
            row.c.child.is_not(None) | row.c.codes.contains("name.missing"),
        )
        .order_by(row.c.row_number)
    )
    found = connection.execute(query).all()
    width = max([len(begun.layout.labels), *(len(one.cells) for one in found)])
    labels = [*begun.layout.labels, *[""] * (width - len(begun.layout.labels)), _("Row in the list"), _("Please check")]
    return workbook([Sheet(begun.sheet or _("To be mended"), labels, [_line(one, width) for one in found])])


def _line(row: Any, width: int) -> list[Cell]:
    cells = [*row.cells, *[None] * (width - len(row.cells))]
    for place, text in (row.edits or {}).items():
        cells[int(place)] = text
    said = [finding_words(one["code"], one["other_row"]) for one in row.findings if CODES.get(one["code"]) not in (None, Severity.NOTE)]
    return [*cells, row.row_number, " · ".join([*said, *([row.reason] if row.reason else [])])]
