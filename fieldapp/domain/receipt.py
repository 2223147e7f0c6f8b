"""The district's signed word that it holds exactly one thing."""

import datetime as dt
from dataclasses import dataclass

from fieldapp.domain.canonical import canonical_bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """`subject` is the id of an event or photo; `sha256` of the event's canonical JSON, or of the photo's bytes. `signature` is Ed25519,
    hex, over `signed_bytes`. `run` is not signed: it names the stretch of the district's sequence in which the district said so, so that
    one can ask later whether the district was put back since."""

    district_id: str
    subject: str
    sha256: str
    sequence: int
    recorded_at: dt.datetime
    signature: str = ""
    run: str = ""

    def signed_bytes(self) -> bytes:
        """What the district signs: `fieldapp receipt 1`, a line feed, and the canonical JSON of all fields but signature and run."""
        body = {
            "district_id": self.district_id,
            "recorded_at": self.recorded_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "sequence": self.sequence,
            "sha256": self.sha256,
            "subject": self.subject,
        }
        return b"fieldapp receipt 1\n" + canonical_bytes(body)

    @property
    def short_number(self) -> str:
        """The eight characters a person can read out: 7F3A-20C1."""
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()
