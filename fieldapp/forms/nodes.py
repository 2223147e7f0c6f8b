"""The tree that answers live in and that expressions walk: elements with text, in document order. Must not know types or rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

Scalar = bool | float | str | dt.date


class Node:
    """One element. `typed` is what an expression reads (text unless a form gave the node a type); `relevant` includes the ancestors.

    `name` has no prefix; `prefix` is the one it is written with.
    `place` is the form's word about this node (types, rules), None in plain documents; `state` belongs to whoever fills the form.
    """

    __slots__ = (
        "attributes",
        "children",
        "name",
        "named",
        "own_relevant",
        "parent",
        "place",
        "prefix",
        "relevant",
        "state",
        "text",
        "typed",
    )

    def __init__(self, name: str, text: str = "", attributes: dict[str, str] | None = None, prefix: str = "") -> None:
        self.name = name
        self.prefix = prefix
        self.text = text
        self.typed: Scalar = text
        self.attributes = attributes
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.named: dict[str, list[Node]] = {}
        self.own_relevant = self.relevant = True
        self.place: Any = None
        self.state: Any = None

    def append(self, child: Node) -> None:
        child.parent = self
        self.children.append(child)
        self.named.setdefault(child.name, []).append(child)

    def insert(self, child: Node, names: Sequence[str]) -> None:
        """Puts `child` behind the others of its name; the first of them where `names`, the order of all names here, has it."""
        same = self.named.get(child.name)
        if same:
            self.children.insert(self.children.index(same[-1]) + 1, child)
        else:
            following = names[names.index(child.name) + 1 :]
            before = next((at for at, one in enumerate(self.children) if one.name in following), len(self.children))
            self.children.insert(before, child)
        child.parent = self
        self.named.setdefault(child.name, []).append(child)

    def remove(self, child: Node) -> None:
        self.children.remove(child)
        self.named[child.name].remove(child)
        child.parent = None

    def position(self) -> int:
        """0-based among the siblings of the same name."""
        return self.parent.named[self.name].index(self) if self.parent is not None else 0

    def walk(self) -> Iterator[Node]:
        """This node and everything below, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def root(self) -> Node:
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def string_value(self) -> str:
        """XPath's: the text of the node, or of everything below it."""
        return "".join(node.text for node in self.walk()) if self.children else self.text

    def chain(self) -> list[Node]:
        """From the outermost element down to this node."""
        found = [self]
        while (parent := found[-1].parent) is not None:
            found.append(parent)
        found.reverse()
        return found

    def path(self) -> str:
        """Absolute, without positions: /data/member/age."""
        return "".join("/" + node.name for node in self.chain() if node.name)
