"""How a function is entered: how many arguments, and either what it does with their values or how its closure is built."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.syntax import Call, Expression
from fieldapp.forms.xpath.values import Nodes, Value

ANY = 1000


class Compiling(Protocol):
    """What a function that builds its own closure may ask of the compiler."""

    def compiled(self, expression: Expression) -> Closure: ...


@dataclass(frozen=True, slots=True)
class Function:
    """`run` takes the context and the arguments' values; `build` takes the unevaluated call instead (for what evaluates only some of
    them)."""

    least: int
    most: int
    run: Callable[..., Value] | None = None
    build: Callable[[Compiling, Call], Closure] | None = None


def closure_of(function: Function, call: Call, compiling: Compiling) -> Closure:
    """Raises FormError xpath.arguments where their number is wrong."""
    count = len(call.arguments)
    if not function.least <= count <= function.most:
        raise FormError("xpath.arguments", at=call.at, function=call.name, given=count, least=function.least, most=function.most)
    if function.build is not None:
        return function.build(compiling, call)
    run = function.run
    assert run is not None
    arguments = [compiling.compiled(argument) for argument in call.arguments]
    if count == 0:
        return lambda context: run(context)
    if count == 1:
        first = arguments[0]
        return lambda context: run(context, first(context))
    if count == 2:
        one, two = arguments
        return lambda context: run(context, one(context), two(context))
    return lambda context: run(context, *[argument(context) for argument in arguments])


def nodes_of(value: Value, function: str) -> Nodes:
    """Raises FormError xpath.not_a_node_set."""
    if not isinstance(value, list):
        raise FormError("xpath.not_a_node_set", function=function)
    return value


def calls(run: Callable[..., Value], least: int, most: int | None = None) -> Function:
    return Function(least, least if most is None else most, run=run)


def of_context(run: Callable[[Context], Value]) -> Function:
    return Function(0, 0, run=run)
