"""Record identifiers. Every record is named by a UUIDv7 made where it was born, so ids sort by time and never collide offline."""

import os
import time
import uuid
from typing import NewType

ChildId = NewType("ChildId", str)
CaseId = NewType("CaseId", str)
VisitId = NewType("VisitId", str)
PhotoId = NewType("PhotoId", str)
FollowUpId = NewType("FollowUpId", str)
SubmissionId = NewType("SubmissionId", str)
EventId = NewType("EventId", str)
PersonId = NewType("PersonId", str)
DeviceId = NewType("DeviceId", str)
ListId = NewType("ListId", str)
ConflictId = NewType("ConflictId", str)
CareId = NewType("CareId", str)


def new_id(unix_ms: int | None = None) -> str:
    """A UUIDv7 (RFC 9562 §5.7) in its 36-character form. `unix_ms` fixes the time part; by default it is now."""
    milliseconds = time.time_ns() // 1_000_000 if unix_ms is None else unix_ms
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(record_id: str, name: str) -> str:
    """The id of what follows from a record and is not sent on its own: the same on every device (UUIDv5, RFC 9562 §5.5)."""
    return str(uuid.uuid5(uuid.UUID(record_id), name))


def is_id(text: str) -> bool:
    """Whether the text is a UUID in canonical form; ids from other clients are checked with it."""
    try:
        return str(uuid.UUID(text)) == text
    except (ValueError, AttributeError, TypeError):
        return False
