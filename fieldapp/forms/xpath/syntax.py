"""The tree of a parsed expression: what was written, not what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Negate:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one rank, from the left: `a + b - c` is first a, then (+, b), (-, c).

    Flat, so that a sum of a thousand answers is not a tree a thousand deep.
    """

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """`test`: a name, "*", "node()", "text()"."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """`start`: root (absolute), context (relative), or the expression whose nodes the steps begin from; `at`: offset where it is
    written."""

    start: Literal["root", "context"] | Expression
    steps: tuple[Step, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Filter:
    subject: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Expression, ...]


Expression = Number | Text | Negate | Chain | Call | Path | Filter | Union


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expressions directly inside `expression`, predicates among them."""
    match expression:
        case Negate(operand):
            yield operand
        case Chain(first, rest):
            yield first
            yield from (operand for _, operand in rest)
        case Call(_, arguments, _):
            yield from arguments
        case Path(start, steps, _):
            if not isinstance(start, str):
                yield start
            yield from (predicate for step in steps for predicate in step.predicates)
        case Filter(subject, predicates):
            yield subject
            yield from predicates
        case Union(parts):
            yield from parts
        case _:
            return


def every_part(expression: Expression) -> Iterator[Expression]:
    """`expression` and everything inside it."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(parts_of(part))
