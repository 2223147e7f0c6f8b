"""What depends on what, the order to work it out in, and the refusal of circles. Must not know how anything is worked out."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.forms.problems import FormRefused, Problem
from fieldapp.forms.xform.model import Kind, Place, Rule


@dataclass(frozen=True, slots=True)
class Dependent:
    """Rule number `rule` looks at a node; see Reference.anchor."""

    rule: int
    anchor: int


@dataclass(slots=True)
class Graph:
    """`rules` in the order in which they are worked out; `dependents`: generic path -> whom a change there concerns."""

    rules: Sequence[Rule]
    dependents: Mapping[str, Sequence[Dependent]]
    of_place: Mapping[str, Sequence[int]]
    _below: dict[str, tuple[Dependent, ...]] = field(default_factory=dict)

    def concerned_below(self, place: Place) -> tuple[Dependent, ...]:
        """Whom a change of everything at and under `place` concerns."""
        found = self._below.get(place.path)
        if found is None:
            all_of_them = (dependent for below in place.below() for dependent in self.dependents.get(below.path, ()))
            found = self._below[place.path] = tuple(dict.fromkeys(all_of_them))
        return found


def build_graph(places: Mapping[str, Place], rules: Sequence[Rule]) -> Graph:
    """Raises FormRefused form.cycle, one problem for each node of the circle."""
    feeds = _edges(places, rules, with_soft=True)
    order, left = _sorted(rules, feeds)
    if left:
        # Running totals look at the instance before: no circle, though the generic paths form one.
        order, left = _sorted(rules, _edges(places, rules, with_soft=False))
        if left:
            raise FormRefused([Problem("form.cycle", path) for path in dict.fromkeys(rules[at].path for at in _in_circles(left))])
    ordered = [rules[at] for at in order]
    dependents: defaultdict[str, list[Dependent]] = defaultdict(list)
    of_place: defaultdict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(ordered):
        of_place[rule.path].append(number)
        for reference in rule.references:
            for path in _paths(places, reference.path, reference.below):
                dependents[path].append(Dependent(number, reference.anchor))
    return Graph(ordered, dict(dependents), dict(of_place))


def _paths(places: Mapping[str, Place], path: str, below: bool) -> Iterable[str]:
    place = places.get(path)
    return [one.path for one in place.below()] if below and place is not None else [path]


def _edges(places: Mapping[str, Place], rules: Sequence[Rule], with_soft: bool) -> list[set[int]]:
    """For each rule those that must come after it."""
    changes: defaultdict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        if rule.kind is Kind.CALCULATE:
            changes[rule.path].append(number)
        elif rule.kind in (Kind.RELEVANT, Kind.COUNT):
            for below in places[rule.path].below():
                changes[below.path].append(number)
    after: list[set[int]] = [set() for _ in rules]
    for number, rule in enumerate(rules):
        for reference in rule.references:
            if reference.soft and not with_soft:
                continue
            for path in _paths(places, reference.path, reference.below):
                for earlier in changes.get(path, ()):
                    if earlier != number or not reference.soft:
                        after[earlier].add(number)
    return after


def _sorted(rules: Sequence[Rule], after: list[set[int]]) -> tuple[list[int], dict[int, set[int]]]:
    """(rule numbers in order, what is left in circles or behind them with its edges)."""
    waiting_for = [0] * len(rules)
    for followers in after:
        for follower in followers:
            waiting_for[follower] += 1
    ready = [(rules[at].kind, at) for at, count in enumerate(waiting_for) if count == 0]
    heapq.heapify(ready)
    order = []
    while ready:
        _, at = heapq.heappop(ready)
        order.append(at)
        for follower in after[at]:
            waiting_for[follower] -= 1
            if waiting_for[follower] == 0:
                heapq.heappush(ready, (rules[follower].kind, follower))
    done = set(order)
    return order, {at: after[at] - done for at in range(len(rules)) if at not in done}


def _in_circles(left: dict[int, set[int]]) -> list[int]:
    """Of what could not be ordered, those that lead somewhere: what only waits behind a circle is taken away."""
    while True:
        ends = [at for at, followers in left.items() if not any(follower in left for follower in followers)]
        if not ends or len(ends) == len(left):
            return sorted(left)
        for at in ends:
            del left[at]
