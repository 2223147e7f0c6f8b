"""What a form is made of. Everything here is fixed once the form is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from fieldapp.forms.nodes import Node
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.refs import Reference


class Kind(IntEnum):
    """What a rule decides. The first three change answers or the tree and are ordered among each other."""

    RELEVANT = 0
    CALCULATE = 1
    COUNT = 2
    READONLY = 3
    REQUIRED = 4
    CONSTRAINT = 5
    OPTIONS = 6
    LABEL = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression of the form for one node: `path` is the node's generic path, `order` its turn when several must be worked out."""

    kind: Kind
    path: str
    source: str
    run: Closure
    references: tuple[Reference, ...]


# A label with values in it: fixed text and expressions in turn.
Piece = str | Rule


@dataclass(frozen=True, slots=True)
class Words:
    """A label, hint or message: the id of a translated text, or the pieces themselves, the same in every language."""

    text_id: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A translated text's forms: "" the plain one, "image", "audio", "video", "big-image", "short", "long", "guidance"."""

    forms: Mapping[str, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` as stored; `words` its label."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Choices from a table: `nodes` finds the rows, `value` and `label` are read in each; `translated`: the label is the id of a text."""

    nodes: Rule
    value: Closure
    label: Closure
    translated: bool


@dataclass(frozen=True, slots=True)
class Action:
    """A value set when something happens: odk-instance-first-load, odk-instance-load, odk-new-repeat, xforms-value-changed,
    xforms-revalidate."""

    events: frozenset[str]
    target: str
    rule: Rule | None
    text: str = ""
    # Generic path of the question whose change is meant, or of the group it stands in; and of the repeat around it.
    source: str = ""
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """What is shown: input, select, select1, rank, range, upload, trigger, secret, group, repeat. `path`: the node's generic path, "" for a
    group without one. `attributes`: everything else written on it (mediatype, start, end, step, rows, …)."""

    kind: str
    path: str
    label: Words | None = None
    hint: Words | None = None
    appearance: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    itemset: ItemSet | None = None
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Bind:
    """`type` without prefix, "string" where none was given. `extra`: attributes of other namespaces, by the names they were written with
    (app:field)."""

    path: str
    type: str = "string"
    rules: Mapping[Kind, Rule] = field(default_factory=dict)
    constraint_message: Words | None = None
    required_message: Words | None = None
    preload: str = ""
    preload_parameters: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Place:
    """One node of the form's tree, by its generic path. `depth`: 1 for the outermost element. `repeats`: the generic paths of the
    repeats it lies in, itself among them."""

    path: str
    name: str
    depth: int
    parent: Place | None
    bind: Bind
    children: dict[str, Place] = field(default_factory=dict)
    repeat: bool = False
    repeats: tuple[str, ...] = ()
    control: Control | None = None
    # For a repeat: what a new instance is copied from.
    template: Node | None = None
    count: Rule | None = None

    def below(self) -> list[Place]:
        """This place and everything under it, in document order."""
        found, waiting = [], [self]
        while waiting:
            place = waiting.pop()
            found.append(place)
            waiting.extend(reversed(place.children.values()))
        return found
