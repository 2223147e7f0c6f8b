"""Answers as text and as values: what an expression reads in a typed node, and what is written when one sets it. As ODK Collect writes
them."""

import datetime as dt
import math
import re
from decimal import Decimal

from fieldapp.forms.nodes import Scalar
from fieldapp.forms.xpath import dates
from fieldapp.forms.xpath.values import NAN, text_of_number, to_boolean

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LARGEST_INT = 2**31 - 1


def typed(kind: str, text: str, day: dt.date, zone: dt.tzinfo) -> Scalar:
    """`text` as the bind type `kind` reads it; as it is where it does not fit. `day` is the day of a time without a date."""
    if not text or kind == "string":
        return text
    if kind in ("int", "decimal"):
        number = _number(text)
        return text if math.isnan(number) else number
    if kind == "boolean":
        return text not in ("0", "false")
    found: dt.date | None = None
    if kind == "date":
        found = dates.parse_moment(text, zone)
        return text if found is None else found.date() if isinstance(found, dt.datetime) else found
    if kind == "dateTime":
        found = dates.parse_moment(text, zone)
        return text if found is None else dates.start_of(found, zone)
    if kind == "time":
        clock = dates.parse_time(text.rpartition("T")[2], day, zone)
        return text if clock is None else time_of_day(clock, text)
    return text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return NAN


def time_of_day(moment: dt.datetime, written: str) -> dates.TimeOfDay:
    made = dates.TimeOfDay.combine(moment.date(), moment.timetz())
    made.written = written
    return made


def fits(kind: str, text: str, zone: dt.tzinfo) -> bool:
    """Whether `text` is an answer of this type at all; "" always is."""
    if not text:
        return True
    if kind == "int":
        number = _number(text)
        return math.isfinite(number) and number == math.trunc(number)
    if kind == "decimal":
        return math.isfinite(_number(text))
    if kind in ("date", "dateTime", "time", "boolean"):
        return not isinstance(typed(kind, text, dates.EPOCH, zone), str)
    return True


def normal(kind: str, text: str, day: dt.date, zone: dt.tzinfo) -> str:
    """`text` as Collect would write it: 6 in a decimal as 6.0, times with their zone, places with decimals; "" where it does not fit."""
    if not fits(kind, text, zone):
        return ""
    if kind == "int" and text:
        return str(int(_number(text)))
    if kind == "decimal" and text:
        written_so = repr(_number(text))
        return format(Decimal(written_so), "f") if "e" in written_so else written_so
    if kind in ("date", "dateTime", "time"):
        value = typed(kind, text, day, zone)
        return written(kind, value, zone)[0]
    if kind == "geopoint":
        numbers = [_number(word) for word in text.split()]
        return " ".join(map(repr, numbers)) if 2 <= len(numbers) <= 4 and all(map(math.isfinite, numbers)) else ""
    return text


def written(kind: str, value: Scalar, zone: dt.tzinfo) -> tuple[str, Scalar]:
    """(text, what expressions read from now on) of a calculated `value` in a node of this type. Nothing and NaN become ""."""
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return "", ""
    if isinstance(value, bool) or kind == "boolean":
        truth = to_boolean(value)
        return "1" if truth else "0", truth
    if isinstance(value, float):
        if kind == "int" and math.isfinite(value):
            value = float(math.trunc(max(-_LARGEST_INT - 1, min(_LARGEST_INT, value)))) if abs(value) > 2**53 else float(math.trunc(value))
        return text_of_number(value), value
    if isinstance(value, dt.date):
        return _written_date(kind, value, zone)
    return value, typed(kind, value, dates.EPOCH, zone)


def _written_date(kind: str, value: dt.date, zone: dt.tzinfo) -> tuple[str, Scalar]:
    moment = dates.start_of(value, zone)
    if kind == "date":
        return moment.date().isoformat(), moment.date()
    if kind == "time":
        text = dates.iso_time(moment)
        return text, time_of_day(moment, text)
    # A date in a node without a type becomes the midnight it begins with: Collect does so, and the text must be the same there and here.
    return dates.iso_moment(moment), moment


def clean(text: str) -> str:
    """Without what XML cannot hold (control characters, halves of characters), lines ended as XML ends them."""
    if text.isprintable():
        return text
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(answer: object, kind: str, zone: dt.tzinfo) -> str:
    """An answer that a program gives (text, number, date, yes or no, list of choices, None) as the text that is kept."""
    if answer is None:
        return ""
    if isinstance(answer, str):
        return clean(answer)
    if isinstance(answer, (list, tuple)):
        return clean(" ".join(str(part) for part in answer))
    if isinstance(answer, bool | float | dt.date):
        return written(kind, answer, zone)[0]
    if isinstance(answer, dt.time):
        return answer.isoformat(timespec="milliseconds")
    return str(answer)
