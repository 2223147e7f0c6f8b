"""Which photos' bytes the district holds, and the receipts it signed for them."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ARRAY, Connection, Text, any_, bindparam, select

from fieldapp.domain.receipt import Receipt
from fieldapp.server import bulk, tables
from fieldapp.server.write_path.runs import Stand
from fieldapp.server.write_path.sequence import Writing

_blob, _receipt, _district = tables.photo_blob, tables.photo_receipt, tables.district
# Made once, and the ids as one array: so PostgreSQL knows the statement again however many they are.
_BLOBS = select(_blob.c.sha256, _blob.c.size).where(
    _blob.c.district_id == bindparam("district"), _blob.c.sha256 == any_(bindparam("hashes", type_=ARRAY(Text)))
)
_RECEIPTS = (
    select(_receipt, _district.c.run)
    .join(_district, _district.c.district_id == _receipt.c.district_id)
    .where(_receipt.c.district_id == bindparam("district"), _receipt.c.photo_id == any_(bindparam("photos", type_=ARRAY(Text))))
)


def held_hashes(connection: Connection, district_id: str, hashes: Iterable[str]) -> dict[str, int]:
    """Of these hashes those whose bytes are held, with their size."""
    wanted = list(hashes)
    if not wanted:
        return {}
    found = connection.execute(_BLOBS, {"district": district_id, "hashes": wanted})
    return {row.sha256: row.size for row in found}


def find(connection: Connection, district_id: str, photo_ids: Iterable[str]) -> dict[str, Receipt]:
    wanted = list(photo_ids)
    if not wanted:
        return {}
    found = {}
    for row in connection.execute(_RECEIPTS, {"district": district_id, "photos": wanted}):
        run = Stand(row.sequence, row.run).run
        found[row.photo_id] = Receipt(district_id, row.photo_id, row.sha256, row.sequence, row.recorded_at, row.signature, run)
    return found


def sign(lock: Writing, photo_id: str, sha256: str, now: dt.datetime) -> Receipt:
    """A new receipt, to be stored with `store` in the same transaction."""
    return lock.signer.receipt(photo_id, sha256, lock.next_number(), now)


def store(lock: Writing, receipts: Iterable[Receipt]) -> None:
    rows = [
        {
            "district_id": lock.district_id,
            "photo_id": receipt.subject,
            "sha256": receipt.sha256,
            "sequence": receipt.sequence,
            "recorded_at": receipt.recorded_at,
            "signature": receipt.signature,
        }
        for receipt in receipts
    ]
    bulk.insert(lock.connection, tables.photo_receipt, rows)
