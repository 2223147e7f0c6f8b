"""Functions of truth and choice."""

from fieldapp.forms.functions.table import ANY, Compiling, Function, calls, of_context
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.syntax import Call
from fieldapp.forms.xpath.values import Value, is_empty, scalar_of, scalars, to_boolean, to_index, to_number, to_text


def _if(compiling: Compiling, call: Call) -> Closure:
    holds, then, otherwise = (compiling.compiled(argument) for argument in call.arguments)
    return lambda context: then(context) if to_boolean(holds(context)) else otherwise(context)


def _coalesce(compiling: Compiling, call: Call) -> Closure:
    first, second = (compiling.compiled(argument) for argument in call.arguments)

    def run(context: Context) -> Value:
        value = first(context)
        return second(context) if is_empty(value) else value

    return run


def _once(compiling: Compiling, call: Call) -> Closure:
    made = compiling.compiled(call.arguments[0])

    def run(context: Context) -> Value:
        stands = scalar_of(context.current)
        return made(context) if is_empty(stands) else stands

    return run


def _checklist(_: Context, least: Value, most: Value, *answers: Value) -> Value:
    low, high = to_index(least), to_index(most)
    count = sum(to_boolean(scalar) for answer in answers for scalar in scalars(answer))
    return (low < 0 or count >= low) and (high < 0 or count <= high)


def _weighted(_: Context, least: Value, most: Value, *pairs: Value) -> Value:
    flags = [scalar for value in pairs[::2] for scalar in scalars(value)]
    weights = [scalar for value in pairs[1::2] for scalar in scalars(value)]
    total = sum(to_number(weight) for flag, weight in zip(flags, weights, strict=False) if to_boolean(flag))
    return to_number(least) <= total <= to_number(most)


TABLE = {
    "true": of_context(lambda _: True),
    "false": of_context(lambda _: False),
    "not": calls(lambda _, value: not to_boolean(value), 1),
    "boolean": calls(lambda _, value: to_boolean(value), 1),
    "boolean-from-string": calls(lambda _, value: to_text(value).lower() == "true" or to_text(value) == "1", 1),
    "if": Function(3, 3, build=_if),
    "coalesce": Function(2, 2, build=_coalesce),
    "once": Function(1, 1, build=_once),
    "checklist": calls(_checklist, 2, ANY),
    "weighted-checklist": calls(_weighted, 2, ANY),
}
