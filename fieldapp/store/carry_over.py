"""What a restored file takes over from the damaged one: this person's own work and what the district answered to it. Records that came from
the district are not taken over; the next sync brings them, and they cannot be half of one time and half of another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select

from fieldapp.domain.payloads import SubmissionRecorded, VisitRecorded
from fieldapp.store import inbound, sync_state
from fieldapp.store.identity import Identity
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.page_reading import Row
from fieldapp.store.salvage import Wreck
from fieldapp.store.tables import (
    draft,
    draft_photo,
    form_draft,
    former_receipt,
    loose_sheet,
    outbox,
    photo_transfer,
    printed_paper,
    receipt,
)
from fieldapp.store.tables import sync_state as state_table
from fieldapp.store.transfers import RECEIVED, WAITING


@dataclass(frozen=True, slots=True)
class Carried:
    """Numbers of what only the damaged file knew. `unsent` of the events still wait for the district."""

    events: int = 0
    unsent: int = 0
    drafts: int = 0


def carry_over(connection: Connection, identity: Identity, wrecks: Sequence[Wreck]) -> Carried:
    """Take what can be read, the newest file first; what is there already stays as it is."""
    receipts = _add(connection, receipt, "subject", _all(wrecks, receipt))
    proven = receipts | set(connection.execute(select(receipt.c.subject)).scalars())
    events = _add(connection, outbox, "event_id", (_event(row, proven) for row in _all(wrecks, outbox)))
    _add(connection, photo_transfer, "photo_id", (_transfer(row, proven) for row in _all(wrecks, photo_transfer)))
    _former_receipts(connection, wrecks)
    _sheets(connection, wrecks)
    drafts = _drafts(connection, wrecks) + _form_drafts(connection, wrecks)
    _session(connection, wrecks)
    unsent = connection.execute(
        select(outbox.c.event_id, outbox.c.case_id, outbox.c.child_id).where(outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE))
    ).all()
    inbound.lay_over(connection, identity.district_id, {row.case_id for row in unsent}, {row.child_id for row in unsent})
    return Carried(len(events), sum(row.event_id in events for row in unsent), drafts)


def _all(wrecks: Sequence[Wreck], table: Table) -> Iterator[Row]:
    for wreck in wrecks:
        yield from wreck.rows(table.name)


def _add(connection: Connection, table: Table, key: str, rows: Iterable[Row]) -> set[str]:
    """Rows with a key that is not there yet, in their order; returns the keys."""
    known = set(connection.execute(select(table.c[key])).scalars())
    added: set[str] = set()
    for row in rows:
        if row[key] not in known and row[key] not in added:
            # Its number was of the old file; the order stays. Values lie in both files in the same form.
            values = {name: row[name] for name in (column.name for column in table.c) if name in row and name != "position"}
            names = ", ".join(values)
            marks = ", ".join("?" for _ in values)
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", tuple(values.values()))
            added.add(row[key])
    return added


def _event(row: Row, proven: set[str]) -> Row:
    """Received only with a receipt that was read too. Else it is sent again, and the district gives the same answer again."""
    if row["status"] in (None, SET_ASIDE) or row["event_id"] in proven:
        return row
    return {**row, "status": None, "code": "", "field": "", "answered_at": None}


def _transfer(row: Row, proven: set[str]) -> Row:
    return {**row, "state": WAITING, "sent_bytes": 0} if row["state"] == RECEIVED and row["photo_id"] not in proven else row


def _former_receipts(connection: Connection, wrecks: Sequence[Wreck]) -> None:
    """They go along with what waits again, and may be all that shows a district that was put back whose work that was."""
    names = [column.name for column in former_receipt.c]
    statement = f"INSERT OR IGNORE INTO {former_receipt.name} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})"
    for row in _all(wrecks, former_receipt):
        connection.exec_driver_sql(statement, tuple(row[name] for name in names))


def _sheets(connection: Connection, wrecks: Sequence[Wreck]) -> None:
    """Sheets that wait to be sorted, but not those that were filed since the backup; and what was printed to be signed."""
    _add(connection, loose_sheet, "sha256", _all(wrecks, loose_sheet))
    connection.execute(delete(loose_sheet).where(loose_sheet.c.sha256.in_(select(photo_transfer.c.sha256))))
    _add(connection, printed_paper, "of", _all(wrecks, printed_paper))


def _drafts(connection: Connection, wrecks: Sequence[Wreck]) -> int:
    """The newer form of each visit that is being written. One that was finished is a draft no more."""
    # As text, as both files hold it: it sorts like the times that it says.
    saved: dict[str, str] = dict(tuple(row) for row in connection.exec_driver_sql("SELECT case_id, saved_at FROM draft"))
    taken = 0
    for row in _all(wrecks, draft):
        if row["saved_at"] > saved.get(row["case_id"], ""):
            connection.execute(delete(draft).where(draft.c.case_id == row["case_id"]))
            _add(connection, draft, "case_id", [row])
            saved[row["case_id"]] = row["saved_at"]
            taken += 1
    _add(connection, draft_photo, "photo_id", _all(wrecks, draft_photo))
    # Not where the district refused it: then the draft is the visit being mended.
    finished = select(outbox.c.record_id).where(
        outbox.c.kind == VisitRecorded.KIND, outbox.c.status.is_(None) | (outbox.c.status != SET_ASIDE)
    )
    connection.execute(delete(draft_photo).where(draft_photo.c.visit_id.in_(finished)))
    gone = connection.execute(delete(draft).where(draft.c.visit_id.in_(finished))).rowcount
    return max(taken - gone, 0)


def _form_drafts(connection: Connection, wrecks: Sequence[Wreck]) -> int:
    """The newer form of each copy that is being filled, with its pictures, which came with those of the visits."""
    about = ("form_id", "case_id", "school_code")
    query = f"SELECT {', '.join(about)}, saved_at FROM form_draft"
    saved = {tuple(row[:-1]): str(row[-1]) for row in connection.exec_driver_sql(query)}
    taken = 0
    for row in _all(wrecks, form_draft):
        key = tuple(row[name] for name in about)
        if row["saved_at"] > saved.get(key, ""):
            connection.execute(delete(form_draft).where(*(form_draft.c[name] == row[name] for name in about)))
            _add(connection, form_draft, "id", [row])
            saved[key] = row["saved_at"]
            taken += 1
    finished = select(outbox.c.record_id).where(outbox.c.kind == SubmissionRecorded.KIND)
    gone = connection.execute(delete(form_draft).where(form_draft.c.id.in_(finished))).rowcount
    of_no_draft = draft_photo.c.submission_id.is_not(None) & draft_photo.c.submission_id.not_in(select(form_draft.c.id))
    connection.execute(delete(draft_photo).where(of_no_draft))
    return max(taken - gone, 0)


def _session(connection: Connection, wrecks: Sequence[Wreck]) -> None:
    """The newest session. An older refresh token than the last one used would look like a stolen one, so without it the person signs in."""
    found = next((row["value"] for row in _all(wrecks, state_table) if row["name"] == sync_state.SESSION), None)
    sync_state.remove(connection, sync_state.SESSION)
    if found is not None:
        sync_state.write(connection, sync_state.SESSION, found)
