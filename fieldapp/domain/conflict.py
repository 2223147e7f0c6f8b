"""A conflict: two people gave one field of a card different values, and a person must decide. Nothing is dropped meanwhile."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import ChildId, ConflictId, EventId, PersonId, is_id

# A field's value as it travels.
WireValue = str | bool | None

_FIELD = re.compile(r"[a-z][a-z0-9_]*\Z")


class Side(StrEnum):
    """The value that stands on the card, or the one that waits."""

    KEPT = "kept"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`kept` stands on the card and `offered` waits, both as they travel. `kept_event` set what stands, by whom and when; all three are
    None where it is the received list's own value. Decided once `decided_event` is there: `decision` is the value that was chosen.

    The id names the event that offered the value, and the field. It belongs to the child and is seen by whoever sees the child.
    """

    id: ConflictId
    child_id: ChildId
    field: str
    offered: WireValue
    offered_by: PersonId
    offered_at: dt.datetime
    kept: WireValue
    kept_event: EventId | None = None
    kept_by: PersonId | None = None
    kept_at: dt.datetime | None = None
    decided_event: EventId | None = None
    decided_by: PersonId | None = None
    decided_at: dt.datetime | None = None
    decision: WireValue = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.decided_event is None

    @property
    def offered_event(self) -> EventId:
        return EventId(self.id.partition(":")[0])

    def decided(self, word: "Word", value: WireValue) -> "Conflict":
        """The same, closed; a conflict that is closed stays as it is."""
        if not self.is_open:
            return self
        return replace(
            self, decided_event=word.event_id, decided_by=word.by, decided_at=word.made_at, decision=value, version=self.version + 1
        )

    def beside(self, word: "Word", value: WireValue) -> "Conflict":
        """The same, where `word` set another value that stands now."""
        return replace(self, kept=value, kept_event=word.event_id, kept_by=word.by, kept_at=word.made_at, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Word:
    """Who said something about a card, when, in which event."""

    event_id: EventId
    by: PersonId
    made_at: dt.datetime


def conflict_id(event_id: EventId, field: str) -> ConflictId:
    return ConflictId(f"{event_id}:{field}")


def field_of(record_id: ConflictId) -> str:
    return record_id.partition(":")[2]


def is_conflict_id(text: object) -> bool:
    """Whether it is one; ids from other clients are checked with it."""
    if not isinstance(text, str):
        return False
    event_id, _, field = text.partition(":")
    return is_id(event_id) and bool(_FIELD.match(field))


def opened(child: Child, field: str, value: Any, word: Word) -> Conflict:
    """What `word` says about a field on which another value stands. Who set that, and when, is for the caller to look up."""
    return Conflict(
        id=conflict_id(word.event_id, field),
        child_id=child.id,
        field=field,
        offered=wire_value(value),
        offered_by=word.by,
        offered_at=word.made_at,
        kept=wire_value(getattr(child, field)),
        kept_event=_event(child.field_events.get(field)),
    )


def followed(conflicts: Iterable[Conflict], child: Child, fields: Iterable[str], word: Word) -> tuple[Conflict, ...]:
    """The open conflicts of a card after `word` gave these fields new values. What waits is laid beside what stands now; where that is the
    very value that waited, or where whoever had offered it gave another one now, nothing is left to decide."""
    changed = frozenset(fields)
    after = []
    for conflict in conflicts:
        if conflict.field not in changed:
            continue
        standing = wire_value(getattr(child, conflict.field))
        if conflict.offered == standing or conflict.offered_by == word.by:
            after.append(conflict.decided(word, standing))
        else:
            after.append(conflict.beside(word, standing))
    return tuple(after)


def wire_value(value: Any) -> WireValue:
    """A card's value as it travels."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    plain: WireValue = value
    return plain


def _event(event_id: str | None) -> EventId | None:
    return EventId(event_id) if event_id else None
