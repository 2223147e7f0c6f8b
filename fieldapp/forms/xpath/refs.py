"""Which nodes an expression depends on: generic paths, and how near to the expression's own node a change matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldapp.forms.xpath.syntax import Call, Expression, Path, Step, parts_of


@dataclass(frozen=True, slots=True)
class Reference:
    """`path`: generic. `anchor`: so many of its outermost steps are the very nodes above the expression's own; of a change at a node
    with that path, only what lies under the changed node's ancestor at this depth is concerned. `below`: everything under the path counts
    too (//, *). `soft`: through a predicate or indexed-repeat(), so perhaps about another instance of the same repeat,
    or about everything under a path, so perhaps not about the node itself."""

    path: str
    anchor: int
    below: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A context: names from the outermost element; `bound` as a reference's anchor; None for names in another table."""

    names: tuple[str, ...] | None
    bound: int
    soft: bool = False


def references(expression: Expression, context: str) -> tuple[Reference, ...]:
    """Of `expression` on the node with the generic path `context`; each once."""
    names = tuple(context.strip("/").split("/"))
    here = _Place(names, len(names))
    return tuple(dict.fromkeys(_of(expression, here, here)))


def _of(expression: Expression, here: _Place, original: _Place) -> Iterator[Reference]:
    if isinstance(expression, Path):
        yield from _of_path(expression, here, original)
    elif isinstance(expression, Call) and expression.name == "indexed-repeat":
        for at, argument in enumerate(expression.arguments):
            for reference in _of(argument, here, original):
                yield replace(reference, anchor=0, soft=True) if at % 2 or at == 0 else reference
    elif (
        isinstance(expression, Call)
        and not expression.arguments
        and expression.name in ("string-length", "normalize-space", "string", "number")
    ):
        yield from _reference(here)
    else:
        for part in parts_of(expression):
            yield from _of(part, here, original)


def _reference(place: _Place, below: bool = False) -> Iterator[Reference]:
    if place.names:
        yield Reference("/" + "/".join(place.names), min(place.bound, len(place.names)), below, place.soft)


def _of_path(path: Path, here: _Place, original: _Place) -> Iterator[Reference]:
    if path.start == "context":
        place = here
    elif path.start == "root":
        names = original.names or ()
        steps = [step for step in path.steps if step.axis != "self"]
        same = 0
        for step, name in zip(steps, names, strict=False):
            if step.axis != "child" or step.test != name or step.predicates:
                break
            same += 1
        place = _Place((), same)
    elif isinstance(path.start, Call) and path.start.name == "current":
        place = original
    else:
        yield from _of(path.start, here, original)
        place = _Place(None, 0)
    below = False
    for step in path.steps:
        place, opens = _after(place, step)
        below = below or opens
        for predicate in step.predicates:
            yield from _of(predicate, place, original)
    if below and place.names == ():
        place = replace(place, names=(original.names or ())[:1])
    yield from _reference(replace(place, soft=place.soft or below), below)


def _after(place: _Place, step: Step) -> tuple[_Place, bool]:
    soft = place.soft or bool(step.predicates)
    if place.names is None or step.axis in ("self", "attribute"):
        return replace(place, soft=soft), False
    if step.axis == "parent":
        names = place.names[:-1]
        return _Place(names, min(place.bound, len(names)), soft), False
    if step.axis == "child" and step.test not in ("*", "node()", "text()"):
        # Below the bound nodes one of several is meant, unless an absolute path was found to be bound further down.
        bound = min(place.bound, len(place.names)) if step.predicates else place.bound
        return _Place((*place.names, step.test.rpartition(":")[2]), bound, soft), False
    if step.axis == "child" or step.axis.startswith("descendant"):
        return replace(place, soft=soft), True
    return _Place(place.names[:1], 0, True), True
