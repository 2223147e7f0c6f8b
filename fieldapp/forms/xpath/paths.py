"""Walking along a path. Must not know operators or functions beyond the closures it is given.

An absolute path inside a repeat means this instance: as far as the names of path and context agree, and until a step with a predicate, the
context's own ancestors are taken (JavaRosa binds references so). Nodes that are not relevant are left out of what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldapp.forms.nodes import Node
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.syntax import Step
from fieldapp.forms.xpath.values import Nodes, Value, to_text

Closure = Callable[[Context], Value]
# Selects nodes of one step: (nodes so far, context) -> nodes.
Stepper = Callable[[Nodes, Context], Nodes]
# A secondary instance from this many rows on is looked up by key and not walked.
MANY = 12


def _children(node: Node, test: str) -> Sequence[Node]:
    if test in ("*", "node()"):
        return node.children
    found = node.named.get(test)
    if found is None and ":" in test:
        found = node.named.get(test.rpartition(":")[2])
    return found or ()


def _siblings(node: Node, forward: bool) -> list[Node]:
    if node.parent is None:
        return []
    among = node.parent.children
    at = among.index(node)
    return among[at + 1 :] if forward else among[:at][::-1]


def _below(nodes: Sequence[Node]) -> list[Node]:
    return [below for node in nodes for below in node.walk()]


def _attribute(node: Node, test: str) -> list[Node]:
    found = []
    for name, text in (node.attributes or {}).items():
        if test in ("*", "node()") or name == test or name.rpartition(":")[2] == test:
            leaf = Node(name, text)
            leaf.parent = node
            found.append(leaf)
    return found


def along(axis: str, test: str, node: Node) -> Sequence[Node]:
    """The nodes on `axis` of `node` that pass `test`, nearest first."""
    if axis == "child":
        return _children(node, test)
    if axis == "attribute":
        return _attribute(node, test)
    found: list[Node]
    if axis == "self":
        found = [node]
    elif axis == "parent":
        found = [node.parent] if node.parent is not None else []
    elif axis == "descendant":
        found = list(node.walk())[1:]
    elif axis == "descendant-or-self":
        found = list(node.walk())
    elif axis in ("ancestor", "ancestor-or-self"):
        found = node.chain()[::-1][0 if axis == "ancestor-or-self" else 1 :]
    elif axis in ("following-sibling", "preceding-sibling"):
        found = _siblings(node, axis == "following-sibling")
    else:
        forward = axis == "following"
        found = _below([sibling for above in node.chain()[::-1] for sibling in _siblings(above, forward)])
    if test in ("*", "node()"):
        return found
    local = test.rpartition(":")[2]
    return [one for one in found if one.name == local]


def step(axis: str, test: str, filters: Sequence[Closure]) -> Stepper:
    """One step for every node found so far; nodes that two ways lead to count once."""
    if axis == "child" and not filters and test not in ("*", "node()"):
        return _plain_child(test)

    def walk(nodes: Nodes, context: Context) -> Nodes:
        found: dict[int, Node] = {}
        for node in nodes:
            reached = along(axis, test, node)
            context.spend(len(reached) + 1)
            for one in filtered(reached, filters, context) if filters else reached:
                found[id(one)] = one
        return list(found.values())

    return walk


def _plain_child(test: str) -> Stepper:
    def walk(nodes: Nodes, context: Context) -> Nodes:
        found = [child for node in nodes for child in _children(node, test)]
        if len(found) > 3:
            context.spend(len(found))
        return found

    return walk


def filtered(nodes: Sequence[Node], filters: Sequence[Closure], context: Context) -> Nodes:
    """Those for which every predicate holds; a number holds at that position."""
    left = list(nodes)
    for holds in filters:
        size = len(left)
        context.spend(size * 2)
        kept = []
        inner = Context(context.node, context.surroundings, context.current, size=size)
        for position, node in enumerate(left, 1):
            inner.node, inner.position = node, position
            verdict = holds(inner)
            if verdict.__class__ is float:
                verdict = verdict == position
            elif not isinstance(verdict, bool):
                verdict = bool(verdict) if isinstance(verdict, list) else bool(to_text(verdict))
            if verdict:
                kept.append(node)
        left = kept
    return left


def keyed(test: str, key: str, wanted: Closure, slowly: Stepper) -> Stepper:
    """A step `test[key = wanted]` over a table that never changes: rows by the text of `key`, indexed once per table."""

    def walk(nodes: Nodes, context: Context) -> Nodes:
        if len(nodes) != 1 or nodes[0].place is not None or len(rows := nodes[0].named.get(test, [])) < MANY:
            return slowly(nodes, context)
        value = wanted(Context(rows[0], context.surroundings, context.current))
        if isinstance(value, list):
            value = value[0].typed if value and value[0].relevant else ""
        if not isinstance(value, str):
            return slowly(nodes, context)
        table = nodes[0]
        indexes: dict[tuple[str, str], dict[str, Nodes]] = table.state if table.state is not None else {}
        table.state = indexes
        index = indexes.get((test, key))
        if index is None:
            index = indexes[test, key] = {}
            for row in rows:
                cells = row.named.get(key)
                index.setdefault(cells[0].text if cells else "", []).append(row)
        return list(index.get(value, ()))

    return walk


def relevant(nodes: Nodes) -> Nodes:
    for node in nodes:
        if not node.relevant:
            return [one for one in nodes if one.relevant]
    return nodes


def from_context(steppers: Sequence[Stepper], ups: int) -> Closure:
    """A relative path; the first `ups` parent steps are climbed without making lists."""

    def walk(context: Context) -> Value:
        node: Node | None = context.node
        for _ in range(ups):
            node = node.parent if node is not None else None
            if node is None:
                return []
        found: Nodes = [node] if node is not None else []
        for stepper in steppers:
            found = stepper(found, context)
        return relevant(found)

    return walk


def from_root(steps: Sequence[Step], steppers: Sequence[Stepper]) -> Closure:
    """An absolute path, bound to the context's own ancestors as far as names agree."""
    names = [step.test if step.axis == "child" and not step.predicates else "" for step in steps]

    def walk(context: Context) -> Value:
        chain = context.node.chain()
        if chain[0] is not context.current.root():
            # In a predicate over another table: the question that asks is what the path is bound to.
            chain = context.current.chain()
        top = chain[0]
        bound = 0
        # chain[0] is the document; its element is chain[1].
        for name, node in zip(names, chain[1:], strict=False):
            if name.rpartition(":")[2] != node.name:
                break
            top, bound = node, bound + 1
        found: Nodes = [top]
        for stepper in steppers[bound:]:
            found = stepper(found, context)
        return relevant(found)

    return walk


def from_nodes(start: Closure, steppers: Sequence[Stepper]) -> Closure:
    def walk(context: Context) -> Value:
        found = start(context)
        if not isinstance(found, list):
            return []
        for stepper in steppers:
            found = stepper(found, context)
        return relevant(found)

    return walk
