"""Whether the district really said that it holds a thing. Nothing else may turn a row into 'received'."""

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from fieldapp.domain.receipt import Receipt


class Verifier:
    """Knows the one district that this laptop speaks with, by its public key (hex)."""

    def __init__(self, signing_key: str, district_id: str) -> None:
        self._key = VerifyKey(bytes.fromhex(signing_key))
        self._district_id = district_id

    def holds(self, receipt: Receipt | None, subject: str, sha256: str) -> bool:
        """Whether the receipt is this district's, for this event or photo, and for exactly the bytes that lie here."""
        if receipt is None or (receipt.district_id, receipt.subject, receipt.sha256) != (self._district_id, subject, sha256):
            return False
        if receipt.recorded_at.tzinfo is None:
            return False  # no one time, so no one form of what was signed
        try:
            self._key.verify(receipt.signed_bytes(), bytes.fromhex(receipt.signature))
        except (BadSignatureError, ValueError, OverflowError):
            return False
        return True
