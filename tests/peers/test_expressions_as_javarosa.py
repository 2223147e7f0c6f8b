"""Expressions mean what they mean in ODK Collect: functions, arguments and operators by combination, our answer beside JavaRosa's."""

import datetime as dt
import math
import re
from typing import Any

from fieldapp.forms import FormError, evaluate
from tests.support.drawn_expressions import CONTEXT, INSTANCE, XFORM, expressions
from tests.support.on_javarosa import TODAY, ZONE, JavaRosa

# Where we go another way on purpose: which expressions, and why.
DIFFERENT = (
    (
        r"'2020-02-29|'2020-01-01|/data/day|/data/moment",
        "a date written as text is its number of days, as the ODK specification says; JavaRosa: only in a typed node",
    ),
    (r"^(max|min)\(", "JavaRosa's max() of what is below zero is the smallest number above it, and its min() knows no infinity"),
    (r"unknown\(\)", "an unknown function is found when the form is read, wherever it stands"),
    (r"/\*|^/data$|/data/group\)?$", "a group's value is the text below it, and a star stands for every child, as in XPath"),
    (r"string\(\d+[\d.* ]+\)", "3.0E9 is Java's writing; Collect's users write and read 3000000000"),
    (r"%W", "weeks are those of ISO 8601; JavaRosa's depend on the phone's language"),
    (r"1 div 0 !?= 1 div 0", "infinity is infinity"),
    (r"-today\(\)", "JavaRosa takes a day too many from a negated date"),
    (r"now\(\)|property\(|extract-signed", "of the phone; Entities are left out"),
)


def ours(expression: str) -> Any:
    try:
        value = evaluate(expression, INSTANCE, CONTEXT, timezone=ZONE, today=dt.date.fromisoformat(TODAY))
    except FormError as problem:
        return problem
    if isinstance(value, dt.datetime):
        # JavaRosa's day is the moment of its midnight.
        return value.isoformat(timespec="milliseconds").replace("T00:00:00.000+07:00", "")
    return str(value) if isinstance(value, dt.date) else value


def theirs(result: Any) -> Any:
    """None where JavaRosa cannot answer: that says nothing, some of it is XPath 1.0 that it lacks."""
    if "error" in result:
        return None
    kind, value = result["type"], result["value"]
    if kind == "Boolean":
        return value == "true"
    if kind == "Date":
        return value.replace("T00:00:00.000+07:00", "")
    return value if kind == "String" else float(value)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return type(one) is type(other) and bool(one == other)


def test_expressions_give_what_javarosa_gives_but_where_we_mean_to_differ(javarosa: JavaRosa) -> None:
    asked = [*dict.fromkeys(expressions())]
    told = javarosa.evaluate(XFORM, [(CONTEXT, expression) for expression in asked])["results"]
    judged = {expression: judge for expression, result in zip(asked, told, strict=True) if (judge := theirs(result)) is not None}
    different = {expression: judge for expression, judge in judged.items() if not same(judge, ours(expression))}
    unexplained = {one: judge for one, judge in different.items() if not any(re.search(pattern, one) for pattern, _ in DIFFERENT)}
    assert len(judged) > 10_000
    assert unexplained == {}, "\n".join(f"{one}: JavaRosa {judge!r}, ours {ours(one)!r}" for one, judge in unexplained.items())
    assert [why for pattern, why in DIFFERENT if not any(re.search(pattern, one) for one in different)] == [], "no differences any more"
