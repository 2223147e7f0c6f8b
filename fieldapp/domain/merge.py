"""Field-by-field merge of a card against what the person saw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.domain.child import Child


@dataclass(frozen=True, slots=True)
class Merged:
    """The card after the merge, the fields that could not be merged, and the names of those that changed."""

    child: Child
    conflicting: tuple[str, ...]
    changed: tuple[str, ...]


def merge(child: Child, event_id: str, seen: Mapping[str, str], values: Mapping[str, Any]) -> Merged:
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
    return Merged(_with(child, event_id, changes), tuple(conflicting), tuple(changes))


def decide(child: Child, event_id: str, field: str, seen: str | None, value: Any) -> Merged:
    """Take a decision about one field into the card.

    Where the person saw what stands, the decision stands from now on, and its event is named even where the value stays: whoever decides
    otherwise at the same time has not seen it, so the two meet as a conflict instead of one passing over the other. Where something else
    came meanwhile that says the same, nothing changes.
    """
    standing = child.field_events.get(field)
    if standing == event_id:
        return Merged(child, (), ())
    if standing == seen:
        return Merged(_with(child, event_id, {field: value}), (), (field,))
    return Merged(child, () if getattr(child, field) == value else (field,), ())


def _with(child: Child, event_id: str, changes: Mapping[str, Any]) -> Child:
    if not changes:
        return child
    events = {**child.field_events, **dict.fromkeys(changes, event_id)}
    return replace(child, **changes, version=child.version + 1, field_events=events)
