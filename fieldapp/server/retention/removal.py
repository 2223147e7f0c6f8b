"""Removing what is plainly past its years: ended sign-ins, entries of the audit, rows of received lists. Cases, their visits and photos
are never removed, nor is the log of events: reports of past days are made from them, and receipts answer for them.

All of it happens in the caller's transaction, or nothing.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, update

from fieldapp.server import tables
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.lists.tables import list_import, list_row_note
from fieldapp.server.retention.past import Past


@dataclass(frozen=True, slots=True)
class Removed:
    """How much went, by kind."""

    audit: int
    list_rows: int
    sessions: int

    def __bool__(self) -> bool:
        return bool(self.audit or self.list_rows or self.sessions)


def remove(connection: Connection, past: Past) -> Removed:
    lock_district(connection, past.district_id)
    return Removed(
        audit=connection.execute(delete(tables.audit).where(*past.audit())).rowcount,
        list_rows=_list_rows(connection, past),
        sessions=connection.execute(delete(tables.session).where(*past.signed_in())).rowcount,
    )


def _list_rows(connection: Connection, past: Past) -> int:
    """With who looked at them, and with the first rows that the import kept for whoever mapped its columns. The list itself stays: from
    whom it came, when, and how many of its rows were taken."""
    lists = list(connection.scalars(past.lists()))
    row, note = tables.list_row, list_row_note
    connection.execute(delete(note).where(note.c.district_id == past.district_id, note.c.list_id.in_(lists)))
    gone = connection.execute(delete(row).where(row.c.district_id == past.district_id, row.c.list_id.in_(lists))).rowcount
    mine = (list_import.c.district_id == past.district_id, list_import.c.id.in_(lists))
    connection.execute(update(list_import).where(*mine).values(samples=[], data=None))
    # One that was taken back stays so: it may come again.
    connection.execute(update(list_import).where(*mine, list_import.c.state == "taken").values(state="cleared"))
    return gone
