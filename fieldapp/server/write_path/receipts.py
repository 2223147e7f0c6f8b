"""The district's signature: receipts for events and photos. Knows the key, not what it signs for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import Connection, select

from fieldapp.domain.receipt import Receipt
from fieldapp.server import tables


class Signer:
    """Signs in the name of one district, in one of its runs."""

    def __init__(self, district_id: str, seed_hex: str, run: str) -> None:
        self._district_id = district_id
        self._run = run
        self._key = SigningKey(bytes.fromhex(seed_hex))

    def receipt(self, subject: str, sha256: str, sequence: int, recorded_at: dt.datetime) -> Receipt:
        """A signed receipt for an event or photo that is stored in the same transaction."""
        unsigned = Receipt(self._district_id, subject, sha256, sequence, recorded_at, run=self._run)
        return replace(unsigned, signature=self._key.sign(unsigned.signed_bytes()).signature.hex())


def once_given(connection: Connection, district_id: str, receipts: Sequence[Receipt]) -> frozenset[tuple[str, str]]:
    """Subject and hash of those that this district has really signed, whether it still knows of it or not."""
    if not receipts:
        return frozenset()
    seed = connection.execute(select(tables.district.c.signing_seed).where(tables.district.c.district_id == district_id)).scalar_one()
    key = SigningKey(bytes.fromhex(seed)).verify_key
    return frozenset((one.subject, one.sha256) for one in receipts if one.district_id == district_id and _signed(key, one))


def _signed(key: VerifyKey, receipt: Receipt) -> bool:
    if receipt.recorded_at.tzinfo is None:
        return False
    try:
        key.verify(receipt.signed_bytes(), bytes.fromhex(receipt.signature))
    except (BadSignatureError, ValueError, OverflowError):
        return False
    return True
