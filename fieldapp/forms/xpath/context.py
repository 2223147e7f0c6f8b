"""What an expression is evaluated in: the node it stands at, and the surroundings that a session or a plain document provides."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError

# Node visits and predicate evaluations one answer may cost: some seconds on a slow laptop, far beyond any real form.
MOST_WORK = 2_000_000


class Surroundings(Protocol):
    """What functions may ask for beside the nodes."""

    zone: dt.tzinfo
    version: str
    random: random.Random
    work: int

    def today(self) -> dt.date: ...
    def now(self) -> dt.datetime: ...
    def instance(self, name: str) -> Node | None:
        """The node above the outermost element of a secondary instance; None if there is none of that name."""

    def translated(self, text_id: str) -> str: ...
    def choice_label(self, value: str, question: str, context: Node) -> str: ...
    def property(self, name: str) -> str: ...


@dataclass(slots=True)
class Plain:
    """Surroundings of an expression that stands alone."""

    zone: dt.tzinfo = dt.UTC
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    day: dt.date | None = None
    instances: dict[str, Node] = field(default_factory=dict)
    version: str = ""
    random: random.Random = field(default_factory=random.Random)
    work: int = 0

    def today(self) -> dt.date:
        return self.day or self.now().date()

    def now(self) -> dt.datetime:
        moment = self.clock().astimezone(self.zone)
        return moment if self.day is None else moment.replace(year=self.day.year, month=self.day.month, day=self.day.day)

    def instance(self, name: str) -> Node | None:
        return self.instances.get(name)

    def translated(self, text_id: str) -> str:
        return text_id

    def choice_label(self, value: str, question: str, context: Node) -> str:
        return value

    def property(self, name: str) -> str:
        return ""


class Context:
    """`node`: where the expression stands; `current`: where the whole expression stands (current()); `position`, `size`: in a
    predicate, 1-based, else 0."""

    __slots__ = ("current", "node", "position", "size", "surroundings")

    def __init__(self, node: Node, surroundings: Surroundings, current: Node | None = None, position: int = 0, size: int = 0) -> None:
        self.node = node
        self.surroundings = surroundings
        self.current = current or node
        self.position = position
        self.size = size

    def spend(self, work: int) -> None:
        """Counts work. Raises FormError xpath.too_much_work beyond what one answer may cost."""
        self.surroundings.work += work
        if self.surroundings.work > MOST_WORK:
            raise FormError("xpath.too_much_work", limit=MOST_WORK)
