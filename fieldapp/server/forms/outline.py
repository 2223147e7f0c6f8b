"""A form as a list of its pages and questions, for whoever looks at it before it is published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldapp.forms import FormDefinition, FormError, Session
from fieldapp.forms.xform.model import Control, Kind

_CONTAINERS = frozenset({"group", "repeat"})
_MOST_OPTIONS = 12
# The question that pyxform puts before a table of questions, to carry the captions of its columns.
_CAPTIONS = "reserved_name_for_field_list_labels_"


@dataclass(frozen=True, slots=True)
class Shown:
    """One question, group or repeat as it reads in the form's first language. `options`: at most the first dozen of `choices` many."""

    depth: int
    kind: str
    name: str
    label: str
    hint: str
    options: tuple[str, ...]
    choices: int
    required: bool
    conditional: bool
    feeds: str
    sensitive: bool

    @property
    def is_container(self) -> bool:
        return self.kind in _CONTAINERS


def outline(definition: FormDefinition) -> tuple[Shown, ...]:
    session = Session(definition)
    return tuple(_shown(definition, session, definition.controls, 0))


def _shown(definition: FormDefinition, session: Session, controls: tuple[Control, ...], depth: int) -> Iterator[Shown]:
    for control in controls:
        path = control.path
        if path and [(one.kind, one.path) for one in control.controls] == [("repeat", path)]:
            # The group that pyxform puts around a repeat: one thing to who reads it.
            yield from _shown(definition, session, control.controls, depth)
            continue
        if path.rpartition("/")[2].startswith(_CAPTIONS):
            continue
        if control.kind == "repeat" and not session.repeats(path):
            session.add_repeat(path)
        one = _one(definition, session, control, depth)
        if control.kind == "group" and not one.label:
            # Without a caption nobody sees it: what is in it stands beside what is around it, and what holds for it holds for that.
            for inner in _shown(definition, session, control.controls, depth):
                yield _as_within(one, inner) if inner.depth == depth else inner
            continue
        yield one
        yield from _shown(definition, session, control.controls, depth + 1)


def _as_within(group: Shown, one: Shown) -> Shown:
    return replace(one, conditional=one.conditional or group.conditional, sensitive=one.sensitive or group.sensitive)


def _one(definition: FormDefinition, session: Session, control: Control, depth: int) -> Shown:
    path = control.path
    bind = definition.places[path].bind if path in definition.places else None
    rules = bind.rules if bind else {}
    extra = bind.extra if bind else {}
    options = _options(session, control)
    return Shown(
        depth=depth,
        kind=control.kind,
        name=path.rpartition("/")[2],
        label=session.label(path) if path else "",
        hint=session.hint(path) if path else "",
        options=tuple(options[:_MOST_OPTIONS]),
        choices=len(options),
        required=Kind.REQUIRED in rules,
        conditional=Kind.RELEVANT in rules,
        feeds=extra.get("app:field", ""),
        sensitive=extra.get("app:sensitive", "") == "yes",
    )


def _options(session: Session, control: Control) -> list[str]:
    if control.kind not in ("select", "select1", "rank") or not control.path:
        return []
    try:
        return [option.label or option.value for option in session.options(control.path)]
    except FormError:
        return []
