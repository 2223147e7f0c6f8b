"""Functions of numbers."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from fieldapp.forms.functions.table import ANY, Function, calls, nodes_of, of_context
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import NAN, Value, scalar_of, scalars, to_index, to_number, to_real, to_whole

_FARTHEST_PLACE = 30


def _number(context: Context, value: Value | None = None) -> Value:
    return to_number(scalar_of(context.node) if value is None else value)


def _sum(_: Context, value: Value) -> Value:
    total = 0.0
    for scalar in scalars(nodes_of(value, "sum")):
        number = to_number(scalar)
        if number == number:
            total += number
    return total


def _extreme(choose: Callable[[list[float]], float]) -> Function:
    def run(_: Context, *values: Value) -> Value:
        numbers = [to_number(scalar) for value in values for scalar in scalars(value)]
        real = [number for number in numbers if not math.isnan(number)]
        return choose(real) if real else NAN

    return calls(run, 1, ANY)


def _round(_: Context, value: Value, decimals: Value = 0.0) -> Value:
    """Halves away from zero, but of a negative number towards it: round(-1.5) is -1."""
    number, places = to_number(value), to_index(decimals)
    if not math.isfinite(number):
        return number
    if abs(places) > _FARTHEST_PLACE:
        return NAN
    if places < 0:
        scale = 10.0**-places
        return float(math.trunc(number / scale + 0.5)) * scale
    mode = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    exact = Decimal(repr(number))
    if -exact.as_tuple().exponent <= places:  # type: ignore[operator]
        return number
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=mode)) if abs(number) < 1e25 else number


def _real(function: Callable[[float], float]) -> Function:
    def run(_: Context, value: Value) -> Value:
        try:
            return float(function(to_real(value)))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return calls(run, 1)


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else function(number)


def _pow(_: Context, value: Value, power: Value) -> Value:
    base, exponent = to_real(value), to_real(power)
    if abs(base) == 1 and not math.isfinite(exponent):
        return NAN  # IEEE 754 says 1, Java does not.
    try:
        return math.pow(base, exponent)
    except ValueError:
        return math.inf if base == 0 else NAN
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _whole(function: Callable[[float], int]) -> Function:
    return calls(lambda _, value: float(function(number)) if math.isfinite(number := to_number(value)) else number, 1)


TABLE = {
    "number": calls(_number, 0, 1),
    "int": calls(lambda _, value: to_whole(value), 1),
    "sum": calls(_sum, 1),
    "max": _extreme(max),
    "min": _extreme(min),
    "round": calls(_round, 1, 2),
    "floor": _whole(math.floor),
    "ceiling": _whole(math.ceil),
    "pow": calls(_pow, 2),
    "log": _real(_logarithm(math.log)),
    "log10": _real(_logarithm(math.log10)),
    "abs": _real(abs),
    "sin": _real(math.sin),
    "cos": _real(math.cos),
    "tan": _real(math.tan),
    "asin": _real(math.asin),
    "acos": _real(math.acos),
    "atan": _real(math.atan),
    "atan2": calls(lambda _, y, x: math.atan2(to_real(y), to_real(x)), 2),
    "sqrt": _real(math.sqrt),
    "exp": _real(math.exp),
    "exp10": calls(lambda context, value: _pow(context, 10.0, value), 1),
    "pi": of_context(lambda _: math.pi),
    "random": of_context(lambda context: context.surroundings.random.random()),
}
