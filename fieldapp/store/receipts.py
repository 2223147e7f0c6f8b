"""Verified receipts. They are kept for ever, also when the case they belong to has left this laptop."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.receipt import Receipt
from fieldapp.records.chunks import chunks
from fieldapp.store.tables import former_receipt
from fieldapp.store.tables import receipt as table


def keep(connection: Connection, receipts: Iterable[Receipt], verified_at: dt.datetime) -> None:
    """Only for receipts whose signature was just checked."""
    values = [
        {
            "subject": receipt.subject,
            "district_id": receipt.district_id,
            "sha256": receipt.sha256,
            "sequence": receipt.sequence,
            "recorded_at": receipt.recorded_at,
            "signature": receipt.signature,
            "verified_at": verified_at,
            "run": receipt.run,
        }
        for receipt in receipts
    ]
    if not values:
        return
    statement = insert(table)
    changing = {name: statement.excluded[name] for name in values[0] if name != "subject"}
    connection.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=changing), values)


# Made once: every sync asks it.
_UNSETTLED = select(table.c.run, func.max(table.c.sequence)).where(table.c.run > "").group_by(table.c.run).limit(bindparam("most"))


def unsettled(connection: Connection, limit: int) -> dict[str, int]:
    """run -> highest number of the receipts that came in it, where no pull has shown since that the district still knows of them."""
    return {row[0]: row[1] for row in connection.execute(_UNSETTLED, {"most": limit})}


def settled(connection: Connection, runs: Mapping[str, int]) -> None:
    """A pull has shown that the district knows what it gave in these runs, up to these numbers."""
    for run, number in runs.items():
        connection.execute(update(table).where(table.c.run == run, table.c.sequence <= number).values(run=""))


def find(connection: Connection, subject: str) -> Receipt | None:
    """The receipt of an event or photo."""
    row = connection.execute(select(table).where(table.c.subject == subject)).one_or_none()
    if row is None:
        return None
    return Receipt(row.district_id, row.subject, row.sha256, row.sequence, row.recorded_at, row.signature)


def former(connection: Connection, subjects: Sequence[str]) -> tuple[Receipt, ...]:
    """What the district said of these before it was put back from a backup, the last of each: its own signature reminds it."""
    found: dict[str, Receipt] = {}
    for chunk in chunks(subjects):
        query = select(former_receipt).where(former_receipt.c.subject.in_(chunk)).order_by(former_receipt.c.sequence)
        for row in connection.execute(query):
            found[row.subject] = Receipt(row.district_id, row.subject, row.sha256, row.sequence, row.recorded_at, row.signature)
    return tuple(found.values())
