"""Dates and times as text and as numbers. Must not know nodes. A day is a `date`; a moment is an aware `datetime` in the form's time zone.

Days are counted from 1970-01-01 in the form's own zone, as ODK Collect does, so that today() is a whole number wherever it is.
"""

import datetime as dt
import math
import re

from fieldapp.forms.problems import FormError

EPOCH = dt.date(1970, 1, 1)
DAY = 86_400.0
_DATE = re.compile(r"(\d{1,6})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{0,9}))?)?(Z|[+-]\d{1,2}(?::?\d{2})?)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class TimeOfDay(dt.datetime):
    """A time without a date, on the day it was read; `written` keeps the text."""

    written: str


def parse_date(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def parse_time(text: str, day: dt.date, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment on `day` at which a clock shows `text`; the text's own offset counts, else `zone`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    micro = int((fraction or "0").ljust(6, "0")[:6])
    try:
        moment = dt.datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micro, tzinfo=_offset(offset) or zone)
        return moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3].rstrip(":")), int(text[-2:]) if len(text) > 3 else 0
    span = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-span if text[0] == "-" else span)


def parse_moment(text: str, zone: dt.tzinfo) -> dt.date | None:
    """A date, or a date and time, of ISO 8601; None where `text` is neither."""
    day_text, has_time, time_text = text.strip().partition("T")
    day = parse_date(day_text)
    if day is None or not has_time:
        return day
    return parse_time(time_text, day, zone)


def days(value: dt.date) -> float:
    """Whole days since 1970 in the zone of `value`."""
    return float(value.toordinal() - EPOCH.toordinal())


def exact_days(value: dt.date, zone: dt.tzinfo) -> float:
    """Days and fractions since 1970-01-01T00:00Z."""
    return start_of(value, zone).timestamp() / DAY


def local_days(value: dt.date) -> float:
    """Days and fractions since the midnight in which 1970 began in the zone of `value`."""
    return days(value) + (day_fraction(value) if isinstance(value, dt.datetime) else 0.0)


def day_fraction(value: dt.datetime) -> float:
    """Reckoned from 1970 and not from the day's own midnight, so that the last digits are Collect's."""
    since = (value.toordinal() - EPOCH.toordinal()) + (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / DAY
    return since - math.floor(since)


def start_of(value: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """`value` as a moment; a day begins at its midnight."""
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime(value.year, value.month, value.day, tzinfo=zone)


def from_days(number: float, zone: dt.tzinfo, keep_time: bool) -> dt.date:
    """The day `number` days after 1970-01-01, or the moment. Raises FormError xpath.number_out_of_range."""
    try:
        if keep_time:
            return dt.datetime.fromtimestamp(0, dt.UTC).astimezone(zone) + dt.timedelta(days=number)
        return EPOCH + dt.timedelta(days=int(number))
    except (OverflowError, ValueError) as wrong:
        raise FormError("xpath.number_out_of_range") from wrong


def iso_moment(value: dt.datetime) -> str:
    """2026-11-22T09:30:00.000+07:00"""
    return f"{value.date().isoformat()}T{iso_time(value)}"


def iso_time(value: dt.datetime) -> str:
    """09:30:00.000+07:00"""
    shift = value.utcoffset() or dt.timedelta()
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    zone = "Z" if minutes == 0 else f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return f"{value:%H:%M:%S}.{value.microsecond // 1000:03}{zone}"


def formatted(value: dt.datetime, pattern: str) -> str:
    """By the signs of format-date and format-date-time. Raises FormError xpath.arguments at an unknown one."""
    signs = {
        "Y": f"{value.year:04}", "y": f"{value.year % 100:02}", "m": f"{value.month:02}", "n": str(value.month),
        "b": _MONTHS[value.month - 1], "d": f"{value.day:02}", "e": str(value.day), "H": f"{value.hour:02}", "h": str(value.hour),
        "M": f"{value.minute:02}", "S": f"{value.second:02}", "3": f"{value.microsecond // 1000:03}", "a": _WEEKDAYS[value.weekday()],
        "W": str(value.isocalendar().week), "%": "%",
    }  # fmt: skip
    written, at = [], 0
    while at < len(pattern):
        if pattern[at] != "%":
            written.append(pattern[at])
        elif at + 1 < len(pattern) and pattern[at + 1] in signs:
            at += 1
            written.append(signs[pattern[at]])
        else:
            raise FormError("xpath.arguments", sign=pattern[at : at + 2])
        at += 1
    return "".join(written)
