"""Functions of dates and times."""

import datetime as dt
import math

from fieldapp.forms.functions.table import calls, of_context
from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath import dates
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import Value, to_text, unpack

_FARTHEST_DAY = 2**31


def _moment(context: Context, value: Value, keep_time: bool) -> dt.date | float | str:
    """A date, or what stands for none: "" and NaN as they are. Raises FormError xpath.not_a_date, xpath.number_out_of_range."""
    scalar = unpack(value)
    zone = context.surroundings.zone
    if isinstance(scalar, dt.date):
        return scalar if keep_time or not isinstance(scalar, dt.datetime) else scalar.date()
    if isinstance(scalar, bool):
        scalar = float(scalar)
    if isinstance(scalar, float):
        if math.isnan(scalar):
            return scalar
        if abs(scalar) > _FARTHEST_DAY:
            raise FormError("xpath.number_out_of_range")
        return dates.from_days(scalar, zone, keep_time)
    if scalar == "":
        return ""
    parsed = dates.parse_moment(scalar, zone)
    if parsed is None:
        try:
            return _moment(context, float(scalar), keep_time)
        except ValueError:
            raise FormError("xpath.not_a_date", text=scalar[:40]) from None
    return parsed


def _date(context: Context, value: Value) -> Value:
    found = _moment(context, value, keep_time=False)
    return found.date() if isinstance(found, dt.datetime) else found


def _date_time(context: Context, value: Value) -> Value:
    found = _moment(context, value, keep_time=True)
    return dates.start_of(found, context.surroundings.zone) if isinstance(found, dt.date) else found


def _decimal_date_time(context: Context, value: Value) -> Value:
    found = _moment(context, value, keep_time=True)
    return (
        dates.exact_days(found, context.surroundings.zone)
        if isinstance(found, dt.date) and not _is_number(value)
        else _number_of(found, value)
    )


def _is_number(value: Value) -> bool:
    return isinstance(unpack(value), float)


def _number_of(found: dt.date | float | str, value: Value) -> Value:
    scalar = unpack(value)
    return scalar if isinstance(scalar, float) else found


def _decimal_time(context: Context, value: Value) -> Value:
    scalar = unpack(value)
    if isinstance(scalar, float):
        return scalar - math.floor(scalar) if math.isfinite(scalar) else scalar
    zone = context.surroundings.zone
    if isinstance(scalar, str) and scalar and "T" not in scalar and ":" in scalar:
        clock = dates.parse_time(scalar, context.surroundings.today(), zone)
        if clock is None:
            raise FormError("xpath.not_a_date", text=scalar[:40])
        return dates.day_fraction(clock)
    found = _moment(context, scalar, keep_time=True)
    return dates.day_fraction(dates.start_of(found, zone)) if isinstance(found, dt.date) else found


def _format(context: Context, value: Value, pattern: Value) -> Value:
    scalar = unpack(value)
    if isinstance(scalar, str) and "T" not in scalar and ":" in scalar:
        clock = dates.parse_time(scalar, context.surroundings.today(), context.surroundings.zone)
        scalar = clock if clock is not None else scalar
    found = _moment(context, scalar, keep_time=True)
    return dates.formatted(dates.start_of(found, context.surroundings.zone), to_text(pattern)) if isinstance(found, dt.date) else ""


TABLE = {
    "today": of_context(lambda context: context.surroundings.today()),
    "now": of_context(lambda context: context.surroundings.now()),
    "date": calls(_date, 1),
    "date-time": calls(_date_time, 1),
    "decimal-date-time": calls(_decimal_date_time, 1),
    "decimal-time": calls(_decimal_time, 1),
    "format-date": calls(_format, 2),
    "format-date-time": calls(_format, 2),
}
