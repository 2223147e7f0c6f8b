"""The district's signature: receipts for events and photos. Knows the key, not what it signs for."""

import datetime as dt
from dataclasses import replace

from nacl.signing import SigningKey

from fieldapp.domain.receipt import Receipt


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
