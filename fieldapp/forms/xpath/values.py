"""What an expression may come to, and how one kind becomes another: boolean, number, text, date, nodes.

The rules are JavaRosa's (ODK Collect): a node counts by its value and not by being there, a number within 1e-12 of another equals it,
a date is a number of days. Where JavaRosa would write 3.0E9, the XPath standard's 3000000000 is kept; a date written as text counts as a
date in arithmetic, as the ODK specification says and JavaRosa does only where the node is typed.
"""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal

from fieldapp.forms.nodes import Node, Scalar
from fieldapp.forms.xpath import dates

Nodes = list[Node]
Value = bool | float | str | dt.date | Nodes
NAN = math.nan
TINY = 1e-12
_OF_NUMBERS = frozenset("0123456789.-")


def unpack(value: Value) -> Scalar:
    """A scalar: of nodes the first one's value, "" where there is none."""
    if isinstance(value, list):
        return scalar_of(value[0]) if value else ""
    return value


def scalar_of(node: Node) -> Scalar:
    if not node.relevant:
        return ""
    return node.string_value() if node.children else node.typed


def scalars(value: Value) -> Sequence[Scalar]:
    """Every node's value, or the one scalar."""
    return [scalar_of(node) for node in value] if isinstance(value, list) else [value]


def to_boolean(value: Value) -> bool:
    scalar = unpack(value)
    if isinstance(scalar, bool):
        return scalar
    if isinstance(scalar, float):
        return abs(scalar) > TINY
    return bool(scalar) if isinstance(scalar, str) else True


def to_number(value: Value) -> float:
    scalar = unpack(value)
    if scalar.__class__ is float:
        return scalar
    if isinstance(scalar, str):
        return number_of_text(scalar)
    if isinstance(scalar, dt.date):
        return dates.days(scalar)
    return float(scalar)


def number_of_text(text: str) -> float:
    """NaN where it is none. Takes a decimal comma, no exponent, and an ISO date or moment as its days since 1970."""
    text = text.replace(",", ".").strip()
    if _OF_NUMBERS.issuperset(text):
        try:
            return float(text)
        except ValueError:
            day = dates.parse_date(text) if text else None
            return dates.days(day) if day is not None else NAN
    moment = dates.parse_moment(text, dt.UTC) if "T" in text else None
    return dates.exact_days(moment, dt.UTC) if moment is not None else NAN


def to_real(value: Value) -> float:
    """As to_number, but a moment keeps the fraction of its day."""
    scalar = unpack(value)
    return dates.local_days(scalar) if isinstance(scalar, dt.date) else to_number(scalar)


def to_whole(value: Value) -> float:
    """Without the fraction; NaN and infinity stay."""
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def to_index(value: Value, limit: int = 2**31 - 1) -> int:
    """A whole number that Java's int would hold: NaN is 0, beyond the ends is the end."""
    number = to_number(value)
    if math.isnan(number):
        return 0
    return int(max(-limit, min(limit, number)))


def to_text(value: Value) -> str:
    scalar = unpack(value)
    if scalar.__class__ is str:
        return scalar
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float):
        return text_of_number(scalar)
    if isinstance(scalar, dates.TimeOfDay):
        return scalar.written
    return f"{scalar:%Y-%m-%d}" if isinstance(scalar, dt.date) and scalar.year > 999 else str(scalar)[:10]


def text_of_number(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < TINY:
        return "0"
    whole = math.trunc(number)
    if abs(number - whole) < TINY:
        return str(whole)
    written = repr(number)
    return format(Decimal(written), "f") if "e" in written else written


def is_empty(value: Value) -> bool:
    """Nothing, an empty text, or not a number: what coalesce() passes over."""
    scalar = unpack(value)
    return scalar == "" or (isinstance(scalar, float) and math.isnan(scalar))


def equal(left: Value, right: Value) -> bool:
    """Booleans outrank numbers, numbers outrank text; a date and a text are compared as written."""
    one, other = unpack(left), unpack(right)
    if one.__class__ is str and other.__class__ is str:
        return one == other
    if isinstance(one, bool) or isinstance(other, bool):
        return to_boolean(one) == to_boolean(other)
    if isinstance(one, float) or isinstance(other, float):
        a, b = to_number(one), to_number(other)
        return a == b or abs(a - b) < TINY
    return to_text(one) == to_text(other)
