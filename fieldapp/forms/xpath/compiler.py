"""Tree -> closure. Must not know what a function does, only how many arguments it wants."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from fieldapp.forms import functions
from fieldapp.forms.functions.table import Function, closure_of
from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.paths import Closure, Stepper, filtered, from_context, from_nodes, from_root, keyed, step
from fieldapp.forms.xpath.syntax import Call, Chain, Expression, Filter, Negate, Number, Path, Step, Text, Union, every_part
from fieldapp.forms.xpath.values import NAN, Nodes, Value, equal, to_boolean, to_number


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) and not math.isnan(right) else NAN


def _quotient(left: float, right: float) -> float:
    if right:
        return left / right
    return NAN if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _quotient,
    "mod": _remainder,
}
_COMPARISON: dict[str, Callable[[Value, Value], bool]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
}


@lru_cache(maxsize=8192)
def compile_expression(expression: str) -> Closure:
    """The closure of `expression`, cached by its text. Raises FormError with the offset."""
    return Compiler(functions.ALL).compiled(parse(expression))


class Compiler:
    def __init__(self, table: Mapping[str, Function]) -> None:
        self._table = table

    def compiled(self, expression: Expression) -> Closure:
        match expression:
            case Number(value) | Text(value):
                return lambda context, value=value: value  # type: ignore[misc]
            case Negate(operand):
                inner = self.compiled(operand)
                return lambda context: -to_number(inner(context))
            case Chain():
                return self._chain(expression)
            case Call():
                return self._call(expression)
            case Path():
                return self._path(expression)
            case Filter(subject, predicates):
                inner, filters = self.compiled(subject), [self.compiled(predicate) for predicate in predicates]
                return lambda context: filtered(_as_nodes(inner(context)), filters, context)
            case Union(parts):
                return self._union(parts)

    def _chain(self, chain: Chain) -> Closure:
        first = self.compiled(chain.first)
        rest = [(operator, self.compiled(operand)) for operator, operand in chain.rest]
        word = rest[0][0]
        if word in ("and", "or"):
            return _logical(word == "or", [first, *(operand for _, operand in rest)])
        if word in _ARITHMETIC:
            return _arithmetic(first, [(_ARITHMETIC[operator], operand) for operator, operand in rest])
        if len(rest) == 1:
            compare, second = _COMPARISON[word], rest[0][1]
            return lambda context: compare(first(context), second(context))
        compares = [(_COMPARISON[operator], operand) for operator, operand in rest]

        def run(context: Context) -> Value:
            value = first(context)
            for compare, operand in compares:
                value = compare(value, operand(context))
            return value

        return run

    def _call(self, call: Call) -> Closure:
        function = self._table.get(call.name)
        if function is None:
            raise FormError("xpath.unknown_function", at=call.at, function=call.name[:60])
        return closure_of(function, call, self)

    def _union(self, parts: tuple[Expression, ...]) -> Closure:
        closures = [self.compiled(part) for part in parts]

        def run(context: Context) -> Value:
            found = {id(node): node for closure in closures for node in _as_nodes(closure(context))}
            if len(found) < 2:
                return list(found.values())
            order = {id(node): at for at, node in enumerate(context.node.root().walk())}
            context.spend(len(order))
            return sorted(found.values(), key=lambda node: order.get(id(node), 0))

        return run

    def _path(self, path: Path) -> Closure:
        steps = path.steps
        if path.start == "context":
            ups = 0
            while ups < len(steps) and steps[ups] == _UP:
                ups += 1
            left = [one for one in steps[ups:] if one != _HERE]
            return from_context([self._step(one) for one in left], ups)
        steps = tuple(one for one in steps if one != _HERE)
        steppers = [self._step(one) for one in steps]
        if path.start == "root":
            return from_root(steps, steppers)
        assert not isinstance(path.start, str)
        return from_nodes(self.compiled(path.start), steppers)

    def _step(self, one: Step) -> Stepper:
        stepper = step(one.axis, one.test, [self.compiled(predicate) for predicate in one.predicates])
        if one.axis == "child" and len(one.predicates) == 1 and (key := _key_of(one.predicates[0])) is not None:
            return keyed(one.test, key[0], self.compiled(key[1]), stepper)
        return stepper


_UP = Step("parent", "node()")
_HERE = Step("self", "node()")


def _key_of(predicate: Expression) -> tuple[str, Expression] | None:
    """(column, what it must equal) of a predicate that a table can be indexed for: `name = …`, the other side not about the row."""
    if not (isinstance(predicate, Chain) and len(predicate.rest) == 1 and predicate.rest[0][0] == "="):
        return None
    for one, other in ((predicate.first, predicate.rest[0][1]), (predicate.rest[0][1], predicate.first)):
        if _is_column(one) and not any(_is_about_row(part) for part in every_part(other)):
            assert isinstance(one, Path)
            return one.steps[0].test, other
    return None


def _is_column(expression: Expression) -> bool:
    if not (isinstance(expression, Path) and expression.start == "context" and len(expression.steps) == 1):
        return False
    only = expression.steps[0]
    return only.axis == "child" and not only.predicates and only.test not in ("*", "node()", "text()")


def _is_about_row(part: Expression) -> bool:
    return isinstance(part, Path) and part.start == "context" or isinstance(part, Call) and part.name not in ("current", "concat", "string")


def _as_nodes(value: Value) -> Nodes:
    if not isinstance(value, list):
        raise FormError("xpath.not_a_node_set")
    return value


def _logical(wanted: bool, operands: list[Closure]) -> Closure:
    if len(operands) == 2:
        one, two = operands
        if wanted:
            return lambda context: to_boolean(one(context)) or to_boolean(two(context))
        return lambda context: to_boolean(one(context)) and to_boolean(two(context))

    def run(context: Context) -> Value:
        for operand in operands:
            if to_boolean(operand(context)) is wanted:
                return wanted
        return not wanted

    return run


def _arithmetic(first: Closure, rest: list[tuple[Callable[[float, float], float], Closure]]) -> Closure:
    if len(rest) == 1:
        reckon, second = rest[0]
        return lambda context: reckon(to_number(first(context)), to_number(second(context)))

    def run(context: Context) -> Value:
        total = to_number(first(context))
        for reckon, operand in rest:
            total = reckon(total, to_number(operand(context)))
        return total

    return run
