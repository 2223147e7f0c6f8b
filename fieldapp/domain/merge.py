"""Field-by-field merge of a card against the version that the person saw."""

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


def merge(child: Child, base_version: int, values: Mapping[str, Any]) -> Merged:
    """Take `values`, written by someone who saw `base_version`, into the card.

    A field that nobody changed since takes the new value. A field that already holds the value stays. A field that another
    person changed meanwhile to something else keeps that, and is named as conflicting.
    """
    conflicting, changes = [], {}
    for name, value in values.items():
        if getattr(child, name) == value:
            continue
        if child.field_versions.get(name, 1) > base_version:
            conflicting.append(name)
        else:
            changes[name] = value
    if not changes:
        return Merged(child, tuple(conflicting), ())
    version = child.version + 1
    versions = {**child.field_versions, **dict.fromkeys(changes, version)}
    merged = replace(child, **changes, version=version, field_versions=versions)
    return Merged(merged, tuple(conflicting), tuple(changes))
