"""Functions of nodes: counting, positions, other tables, repeats."""

import math

from fieldapp.forms.functions.table import Compiling, Function, calls, nodes_of, of_context
from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.paths import Closure, keyed
from fieldapp.forms.xpath.syntax import Call, Path
from fieldapp.forms.xpath.values import Value, scalar_of, to_index, to_number, to_text

_DEEPEST_INDEXES = 11


def _position(context: Context, value: Value | None = None) -> Value:
    if value is None:
        return float(context.position or context.node.position() + 1)
    nodes = nodes_of(value, "position")
    return float(nodes[0].position() + 1) if nodes else 0.0


def _filled(node: Node) -> bool:
    return bool(node.children) or scalar_of(node) != ""


def _instance(context: Context, name: Value) -> Value:
    wanted = to_text(name)
    found = context.surroundings.instance(wanted)
    if found is None:
        raise FormError("xpath.no_instance", instance=wanted[:80])
    return [found]


def _pulldata(context: Context, name: Value, column: Value, key: Value, wanted: Value) -> Value:
    table = context.surroundings.instance(to_text(name))
    if table is None:
        raise FormError("xpath.no_instance", instance=to_text(name)[:80])
    text = to_text(wanted)

    def slowly(nodes: list[Node], _: Context) -> list[Node]:
        rows = nodes[0].named.get("item", ())
        return [row for row in rows if (cells := row.named.get(to_text(key))) and cells[0].text == text]

    root = table.children[:1]
    found = keyed("item", to_text(key), lambda _: text, slowly)(root, context) if root else []
    cells = found[0].named.get(to_text(column)) if found else None
    return cells[0].text if cells else ""


def _indexed_repeat(compiling: Compiling, call: Call) -> Closure:
    """The node at `arguments[0]` in the instances that the pairs (repeat, number) name; a number below 1 is taken as 1."""
    if len(call.arguments) % 2 == 0 or not all(isinstance(argument, Path) for argument in (call.arguments[0], *call.arguments[1::2])):
        raise FormError("xpath.arguments", at=call.at, function=call.name, given=len(call.arguments), least=3, most=_DEEPEST_INDEXES)
    target = _names_of(call.arguments[0], call)
    groups = [_names_of(argument, call) for argument in call.arguments[1::2]]
    numbers = [compiling.compiled(argument) for argument in call.arguments[2::2]]

    def run(context: Context) -> Value:
        chain = context.node.chain()
        wanted = _absolute(target, chain)
        positions = {len(_absolute(group, chain)): max(1, to_index(number(context))) for group, number in zip(groups, numbers, strict=True)}
        node: Node | None = chain[0]
        same = True
        for depth, name in enumerate(wanted, 1):
            assert node is not None
            among = node.named.get(name, ())
            if depth in positions:
                node, same = (among[positions[depth] - 1] if positions[depth] <= len(among) else None), False
            elif same and depth < len(chain) and chain[depth].name == name:
                node = chain[depth]
            else:
                node, same = (among[0] if among else None), False
            if node is None:
                return []
        return [node] if node is not None and node.relevant else []

    return run


def _names_of(path: object, call: Call) -> tuple[int, list[str]]:
    """(parent steps, -1 for absolute; names)."""
    assert isinstance(path, Path)
    ups, names = -1 if path.start == "root" else 0, list[str]()
    for one in path.steps:
        if one.axis == "parent" and not names and ups >= 0:
            ups += 1
        elif one.axis == "child" and one.test not in ("*", "node()"):
            names.append(one.test)
        elif one.axis != "self":
            raise FormError("xpath.arguments", at=call.at, function=call.name)
    if not isinstance(path.start, str) and not (isinstance(path.start, Call) and path.start.name == "current"):
        raise FormError("xpath.arguments", at=call.at, function=call.name)
    return ups, names


def _absolute(path: tuple[int, list[str]], chain: list[Node]) -> list[str]:
    ups, names = path
    return names if ups < 0 else [node.name for node in chain[1 : max(1, len(chain) - ups)]] + names


def _randomize(context: Context, value: Value, seed: Value | None = None) -> Value:
    """Fisher and Yates from the end; with a seed by the generator of Park and Miller (MINSTD), as the ODK specification says."""
    nodes = list(nodes_of(value, "randomize"))
    source = context.surroundings.random
    state = _seed_of(seed) if seed is not None else 0
    for last in range(len(nodes) - 1, 0, -1):
        if seed is None:
            drawn = source.random()
        else:
            state = state * 16807 % 2147483647
            drawn = (state - 1) / 2147483646
        other = math.floor(drawn * (last + 1))
        nodes[last], nodes[other] = nodes[other], nodes[last]
    return nodes


def _seed_of(value: Value) -> int:
    number = to_number(value)
    state = int(math.fmod(int(number) if math.isfinite(number) else 0, 2147483647))
    return state + 2147483646 if state <= 0 else state


def _current(compiling: Compiling, call: Call) -> Closure:
    return lambda context: [context.current]


def _last(context: Context) -> Value:
    if context.size:
        return float(context.size)
    parent = context.node.parent
    return float(len(parent.named[context.node.name])) if parent is not None else 1.0


def _name(context: Context, value: Value | None = None) -> Value:
    nodes = [context.node] if value is None else nodes_of(value, "name")
    return nodes[0].name if nodes else ""


TABLE = {
    "count": calls(lambda _, value: float(len(nodes_of(value, "count"))), 1),
    "count-non-empty": calls(lambda _, value: float(sum(map(_filled, nodes_of(value, "count-non-empty")))), 1),
    "position": calls(_position, 0, 1),
    "last": of_context(_last),
    "instance": calls(_instance, 1),
    "current": Function(0, 0, build=_current),
    "pulldata": calls(_pulldata, 4),
    "indexed-repeat": Function(3, _DEEPEST_INDEXES, build=_indexed_repeat),
    "randomize": calls(_randomize, 1, 2),
    "name": calls(_name, 0, 1),
    "local-name": calls(lambda context, *value: to_text(_name(context, *value)).rpartition(":")[2], 0, 1),
}
