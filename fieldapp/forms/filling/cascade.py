"""From one change to all that follow: dirty rules in the graph's order, each on the nodes concerned, once."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from fieldapp.forms.answers import written
from fieldapp.forms.filling.changes import ChangeSet
from fieldapp.forms.nodes import Node, Scalar
from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.xform.graph import Graph
from fieldapp.forms.xform.model import Kind, Place, Rule
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import to_boolean, to_number, unpack

if TYPE_CHECKING:
    from fieldapp.forms.filling.surroundings import SessionSurroundings

# Rules worked out for one answer: a form that needs more is refused in use, since a laptop would stand still.
MOST_EVALUATIONS = 200_000


class Standing:
    """What the rules say of one node at the moment."""

    __slots__ = ("readonly", "required", "valid")

    def __init__(self) -> None:
        self.required = self.readonly = False
        self.valid = True


class Cascade:
    """Works through what one act of the person entails. `resize` is called where a repeat's count changed."""

    def __init__(
        self, graph: Graph, surroundings: SessionSurroundings, top: Node, resize: Callable[[Node, Place, int, Cascade], None]
    ) -> None:
        self._graph, self._surroundings, self._top, self._resize = graph, surroundings, top, resize
        self.changes = ChangeSet()
        # Instances of repeats that came into being meanwhile.
        self.made: list[Node] = []
        self._noted: dict[tuple[str, int], Node] = {}
        self._dirty: dict[int, dict[int, Node]] = {}
        self._waiting: list[int] = []

    # What has changed

    def value_changed(self, node: Node) -> None:
        self._note("values", node)
        place: Place = node.place
        for dependent in self._graph.dependents.get(place.path, ()):
            self._mark(dependent.rule, _ancestor(node, dependent.anchor))
        for number in self._graph.of_place.get(place.path, ()):
            if self._graph.rules[number].kind is Kind.CONSTRAINT:
                self._mark(number, node)

    def subtree_changed(self, node: Node, instances: bool = False) -> None:
        """Everything at and under `node` appeared, went, or became (not) relevant; with `instances` its siblings moved as well."""
        place: Place = node.place
        highest = place.depth - 1 if instances else place.depth
        for dependent in self._graph.concerned_below(place):
            self._mark(dependent.rule, _ancestor(node, min(dependent.anchor, highest)))

    def appeared(self, node: Node) -> None:
        """Every rule of the nodes in a new instance, and the counts of repeats that have no instance in it yet."""
        for one in node.walk():
            for number in self._graph.of_place.get(one.place.path, ()):
                self._mark(number, one)
            for below in one.place.children.values():
                if below.count is not None and below.name not in one.named:
                    self._count_again(below, one)

    def _count_again(self, repeat: Place, parent: Node) -> None:
        for number in self._graph.of_place.get(repeat.path, ()):
            if self._graph.rules[number].kind is Kind.COUNT:
                self._mark(number, parent)

    def _mark(self, rule: int, above: Node | None) -> None:
        if above is None:
            above = self._top
        nodes = self._dirty.get(rule)
        if nodes is None:
            nodes = self._dirty[rule] = {}
            heapq.heappush(self._waiting, rule)
        nodes[id(above)] = above

    # Working it out

    def run(self) -> ChangeSet:
        """Raises FormError xpath.too_much_work."""
        while self._waiting:
            number = heapq.heappop(self._waiting)
            roots = self._dirty.pop(number)
            rule = self._graph.rules[number]
            for node in self._concerned(rule, roots.values()):
                self._surroundings.evaluations += 1
                if self._surroundings.evaluations > MOST_EVALUATIONS:
                    raise FormError("xpath.too_much_work", rule.path, limit=MOST_EVALUATIONS)
                self._work_out(rule, node)
        return self._told()

    def _concerned(self, rule: Rule, roots: Iterable[Node]) -> list[Node]:
        """The nodes that the rule is about, at or under `roots`. A count is about the parent of its repeat."""
        names = rule.path.strip("/").split("/")
        if rule.kind is Kind.COUNT:
            names.pop()
        found: dict[int, Node] = {}
        for root in roots:
            depth = root.place.depth if root.place is not None else 0
            nodes = [root]
            if depth > len(names):
                nodes = [ancestor] if (ancestor := _ancestor(root, len(names))) is not None else []
            for name in names[depth:]:
                nodes = [child for node in nodes for child in node.named.get(name, ())] if nodes else nodes
            for node in nodes:
                found[id(node)] = node
        return [node for node in found.values() if node.parent is not None]

    def _work_out(self, rule: Rule, node: Node) -> None:
        kind = rule.kind
        if kind is Kind.OPTIONS:
            self._note("options", node)
            return
        if kind is Kind.LABEL:
            self._note("labels", node)
            return
        if kind is Kind.CONSTRAINT and (not node.text or not node.relevant):
            self._stands(node, "valid", True)
            return
        try:
            stands_at = node
            if kind is Kind.COUNT:
                # The repeat itself is where the expression stands, whether or not it has an instance.
                stands_at = Node(rule.path.rpartition("/")[2])
                stands_at.parent = node
            value = unpack(rule.run(Context(stands_at, self._surroundings)))
        except FormError as wrong:
            if wrong.code == "xpath.too_much_work":
                raise
            self.changes.problems.append(Problem(wrong.code, rule.path, {**wrong.data, "rule": kind.name.lower()}))
            if kind is Kind.CALCULATE:
                self._calculated(node, "")
            return
        if kind is Kind.CALCULATE:
            self._calculated(node, value)
        elif kind is Kind.RELEVANT:
            self.set_relevant(node, to_boolean(value))
        elif kind is Kind.COUNT:
            self._counted(rule, node, value)
        else:
            self._stands(node, _STANDING[kind], to_boolean(value))

    def _calculated(self, node: Node, value: Scalar) -> None:
        text, read = written(node.place.bind.type, value, self._surroundings.zone)
        if text != node.text or read != node.typed:
            node.text, node.typed = text, read
            self.value_changed(node)

    def _counted(self, rule: Rule, parent: Node, value: Scalar) -> None:
        number, place = to_number(value), _child(parent.place, rule.path)
        among = parent.named.get(place.name, ())
        # What is not shown is left as it is, and looked at again when it is shown.
        if number == number and (not among or any(node.relevant for node in among)):
            self._resize(parent, place, int(max(0.0, min(number, 1e6))), self)

    def set_relevant(self, node: Node, relevant: bool) -> None:
        if node.own_relevant == relevant:
            return
        node.own_relevant = relevant
        if node.parent is not None and not node.parent.relevant:
            return
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one is not node and not one.own_relevant:
                continue
            one.relevant = relevant
            self._note("relevance", one)
            if relevant:
                for number in self._graph.of_place.get(one.place.path, ()):
                    if self._graph.rules[number].kind is Kind.CONSTRAINT:
                        self._mark(number, one)
            waiting.extend(one.children)
        self.subtree_changed(node)

    def _stands(self, node: Node, aspect: str, holds: bool) -> None:
        standing = node.state
        if standing is None:
            standing = node.state = Standing()
        if getattr(standing, aspect) != holds:
            setattr(standing, aspect, holds)
            self._note("validity" if aspect == "valid" else aspect, node)

    def _note(self, aspect: str, node: Node) -> None:
        self._noted[aspect, id(node)] = node

    def _told(self) -> ChangeSet:
        """What was noted, by exact path; what went away meanwhile is left out."""
        changes = self.changes
        for (aspect, _), node in self._noted.items():
            if node.parent is None:
                continue
            path = exact_path(node)
            if aspect == "values":
                changes.values[path] = node.text
            elif aspect == "relevance":
                changes.relevance[path] = node.relevant
            elif aspect in ("options", "labels"):
                getattr(changes, aspect).add(path)
            else:
                standing: Standing = node.state
                getattr(changes, aspect)[path] = standing.valid if aspect == "validity" else getattr(standing, aspect)
        return changes


_STANDING = {Kind.READONLY: "readonly", Kind.REQUIRED: "required", Kind.CONSTRAINT: "valid"}


def exact_path(node: Node) -> str:
    """With a position at every repeat."""
    place: Place = node.place
    if not place.repeats:
        return place.path
    steps = []
    above: Node | None = node
    while above is not None and above.name:
        steps.append(f"{above.name}[{above.position() + 1}]" if above.place.repeat else above.name)
        above = above.parent
    return "/" + "/".join(reversed(steps))


def _ancestor(node: Node, depth: int) -> Node | None:
    """The node above `node` (or itself) at `depth`; None above the outermost element."""
    if depth <= 0:
        return None
    place: Place = node.place
    above: Node | None = node
    for _ in range(place.depth - depth):
        above = above.parent if above is not None else None
    return above


def _child(parent: Place, path: str) -> Place:
    return parent.children[path.rpartition("/")[2]]
