"""Sheets that were scanned and nobody but a person can file, until they are filed or thrown away; and what was printed here to be
signed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.store.tables import loose_sheet, printed_paper


@dataclass(frozen=True, slots=True)
class LooseSheet:
    """`reason`: a code, why nobody but a person can file it; `code`: the text of its code, '' where none was read. The picture is kept
    under its `sha256`."""

    id: str
    sha256: str
    size: int
    media_type: str
    width: int
    height: int
    reason: str
    code: str
    taken_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Printed:
    of_kind: str
    of: str
    case_id: str
    version: str
    pages: int
    printed_at: dt.datetime


def put(connection: Connection, sheet: LooseSheet) -> bool:
    """False where the same picture lies there already."""
    return bool(connection.execute(insert(loose_sheet).values(**asdict(sheet)).on_conflict_do_nothing()).rowcount)


def sheets(connection: Connection) -> tuple[LooseSheet, ...]:
    """Oldest first."""
    return tuple(LooseSheet(*row) for row in connection.execute(select(loose_sheet).order_by(loose_sheet.c.taken_at, loose_sheet.c.id)))


def sheet(connection: Connection, sheet_id: str) -> LooseSheet | None:
    row = connection.execute(select(loose_sheet).where(loose_sheet.c.id == sheet_id)).one_or_none()
    return LooseSheet(*row) if row else None


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(loose_sheet)).scalar_one()


def lies_here(connection: Connection, sha256: str) -> bool:
    return connection.execute(select(loose_sheet.c.id).where(loose_sheet.c.sha256 == sha256)).first() is not None


def remove(connection: Connection, sheet_id: str) -> None:
    """The picture is the caller's to keep or to drop."""
    connection.execute(delete(loose_sheet).where(loose_sheet.c.id == sheet_id))


def note_printed(connection: Connection, printed: Printed) -> None:
    """The last printing counts."""
    values = asdict(printed)
    statement = insert(printed_paper).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["of_kind", "of"], set_=values))


def printed_of(connection: Connection, case_id: str) -> Mapping[tuple[str, str], Printed]:
    """By kind and record."""
    query = select(printed_paper).where(printed_paper.c.case_id == case_id)
    return {(row.of_kind, row.of): Printed(*row) for row in connection.execute(query)}
