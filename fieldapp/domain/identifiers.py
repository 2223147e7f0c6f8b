"""Record identifiers. Every record is named by a UUIDv7 made where it was born, so ids sort by time and never collide offline."""

import datetime as dt
import os
import threading
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


class _Order:
    """Puts the ids that a process makes within one millisecond into the order in which they were made (RFC 9562 §6.2, method 1).

    The counter fills rand_a and begins in its lower half, so that at least 2,048 ids fit a millisecond before the next one is waited for.
    A clock that goes back is followed: ids are not held at a time that was never true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = -1
        self._count = 0

    def next(self) -> tuple[int, int]:
        """(unix milliseconds, counter of 12 bits)."""
        with self._lock:
            now = time.time_ns() // 1_000_000
            while now == self._millisecond and self._count == 0xFFF:
                now = time.time_ns() // 1_000_000
            self._count = self._count + 1 if now == self._millisecond else int.from_bytes(os.urandom(2), "big") & 0x7FF
            self._millisecond = now
            return now, self._count


_order = _Order()


def new_id(unix_ms: int | None = None) -> str:
    """A UUIDv7 (RFC 9562 §5.7) in its 36-character form, later than every one this process made before.

    `unix_ms` fixes the time part; such ids have no order among themselves."""
    milliseconds, count = _order.next() if unix_ms is None else (unix_ms, int.from_bytes(os.urandom(2), "big") & 0xFFF)
    random = int.from_bytes(os.urandom(8), "big") & (1 << 62) - 1
    return str(uuid.UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | count << 64 | 0x2 << 62 | random))


def derived_id(record_id: str, name: str) -> str:
    """The id of what follows from a record and is not sent on its own: the same on every device (UUIDv5, RFC 9562 §5.5)."""
    return str(uuid.uuid5(uuid.UUID(record_id), name))


def born_at(record_id: str) -> dt.datetime | None:
    """When the id was made by that device's clock, to the millisecond; None where it is no UUIDv7."""
    try:
        number = uuid.UUID(record_id)
    except ValueError:
        return None
    return dt.datetime.fromtimestamp((number.int >> 80) / 1_000, dt.UTC) if number.version == 7 else None


def is_id(text: str) -> bool:
    """Whether the text is a UUID in canonical form; ids from other clients are checked with it."""
    try:
        return str(uuid.UUID(text)) == text
    except (ValueError, AttributeError, TypeError):
        return False
