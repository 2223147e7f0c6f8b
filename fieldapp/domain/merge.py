"""Field-by-field merge of a card against what the person saw."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import ChildId, EventId, PersonId


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two people gave one field different values. `kept` stands, `offered` waits until a person decides; nothing is dropped."""

    child_id: ChildId
    field: str
    kept: Any
    offered: Any
    event_id: EventId
    by: PersonId | None
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """The card after the merge, the fields that could not be merged, and the names of those that changed."""

    child: Child
    conflicting: tuple[str, ...]
    changed: tuple[str, ...]


def merge(child: Child, event_id: EventId, seen: Mapping[str, str], values: Mapping[str, Any]) -> Merged:
    """Take `values` of an event into the card.

    Each field is compared on its own: where the person saw the value that stands (`seen` names the event that set it, nothing where no
    event did), the new value takes its place. Where another value came meanwhile, that stays, and the field is named as conflicting;
    where it is the same value, there is nothing to decide. Versions would not do: a second edit made before the first was sent would
    count its own first edit as having seen what came between.
    """
    conflicting, changes = [], {}
    for name, value in values.items():
        if getattr(child, name) == value:
            continue
        if child.field_events.get(name) == seen.get(name):
            changes[name] = value
        else:
            conflicting.append(name)
    if not changes:
        return Merged(child, tuple(conflicting), ())
    events = {**child.field_events, **dict.fromkeys(changes, event_id)}
    merged = replace(child, **changes, version=child.version + 1, field_events=events)
    return Merged(merged, tuple(conflicting), tuple(changes))
