"""Reading dates as Thai papers write them (Buddhist era, Thai digits, month names) and writing them back. Inside the program every date
is Gregorian."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.national_id import arabic_digits

BUDDHIST_OFFSET = 543
# Thailand has one zone and no summer time.
THAI_TIME = dt.timezone(dt.timedelta(hours=7))
MONTHS_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
MONTHS_LONG = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


class Precision(StrEnum):
    """How much of a birth date the civil register knows."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which perhaps only the month or the year is known; the unknown parts of `on` are 1."""

    on: dt.date
    precision: Precision = Precision.DAY


class DateUnreadable(ValueError):
    """The text is not a date that a Thai paper would write, or its year is impossible."""


def buddhist_year(date: dt.date) -> int:
    return date.year + BUDDHIST_OFFSET


def school_year(date: dt.date) -> int:
    """The BE school year a date falls into: 16 May to 31 March, April and early May count to the year that ended."""
    year = buddhist_year(date)
    return year if (date.month, date.day) >= (5, 16) else year - 1


def school_year_days(year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day that count to a BE school year."""
    begins = dt.date(year - BUDDHIST_OFFSET, 5, 16)
    return begins, begins.replace(year=begins.year + 1) - dt.timedelta(days=1)


def parse(text: str, *, today: dt.date) -> PartialDate:
    """Read d/m/BBBB, d/m/BB, d-m-BBBB, '9 ก.ค. 2557', ISO, or a bare BE year, in Arabic or Thai digits.

    A day or month written 0, 00 or '-' is unknown. Two-digit years are BE 25xx. A Gregorian year is accepted where it
    cannot be a BE one. Raises DateUnreadable; never guesses between day and month (Thai papers write the day first).
    """
    cleaned = re.sub(r"\s+", " ", arabic_digits(text).replace("พ.ศ.", " ").replace("วันที่", " ")).strip()
    day, month, year = _split(cleaned)
    gregorian = _gregorian_year(year, today)
    precision = Precision.DAY if month and day else Precision.MONTH if month else Precision.YEAR
    try:
        return PartialDate(dt.date(gregorian, month or 1, day if month and day else 1), precision)
    except ValueError as error:
        raise DateUnreadable(text) from error


def mend_buddhist(date: dt.date, *, today: dt.date) -> dt.date:
    """A real date cell whose year is BE (2557-07-09 meant as Gregorian by Excel) moved to Gregorian; others unchanged."""
    if date.year <= today.year + 100:
        return date
    try:
        return date.replace(year=date.year - BUDDHIST_OFFSET)
    except ValueError:  # 29 February of a year that is a leap year only as a CE number
        return dt.date(date.year - BUDDHIST_OFFSET, 3, 1)


def short(date: dt.date) -> str:
    """22 พ.ย. 2569"""
    return f"{date.day} {MONTHS_SHORT[date.month - 1]} {buddhist_year(date)}"


def day_month(date: dt.date) -> str:
    """22 พ.ย."""
    return f"{date.day} {MONTHS_SHORT[date.month - 1]}"


def long(date: dt.date, *, weekday: bool = False) -> str:
    """22 พฤศจิกายน 2569, or เสาร์ 22 พฤศจิกายน 2569"""
    words = f"{date.day} {MONTHS_LONG[date.month - 1]} {buddhist_year(date)}"
    return f"{WEEKDAYS[date.weekday()]} {words}" if weekday else words


def partial(birth: PartialDate) -> str:
    """The known part: 9 ก.ค. 2557 · ก.ค. 2557 · 2557"""
    if birth.precision is Precision.YEAR:
        return str(buddhist_year(birth.on))
    if birth.precision is Precision.MONTH:
        return f"{MONTHS_SHORT[birth.on.month - 1]} {buddhist_year(birth.on)}"
    return short(birth.on)


def slashed(date: dt.date) -> str:
    """9/7/2557, the form in which teachers type dates."""
    return f"{date.day}/{date.month}/{buddhist_year(date)}"


def _split(cleaned: str) -> tuple[int, int, int]:
    if re.fullmatch(r"\d{4}", cleaned):
        return 0, 0, int(cleaned)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", cleaned):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(\d{1,2}|-)\s*[/.\-]\s*(\d{1,2}|-)\s*[/.\-]\s*(\d{4}|\d{2})", cleaned):
        return _number(match[1]), _number(match[2]), int(match[3])
    if match := re.fullmatch(r"(?:(\d{1,2}) ?)?([ก-๙.]+?) ?(\d{4}|\d{2})", cleaned):
        return _number(match[1] or "-"), _month_named(match[2]), int(match[3])
    raise DateUnreadable(cleaned)


def _number(text: str) -> int:
    return 0 if text == "-" else int(text)


def _month_named(word: str) -> int:
    bare = word.replace(".", "")
    for number, (short_name, long_name) in enumerate(zip(MONTHS_SHORT, MONTHS_LONG, strict=True), start=1):
        if bare in (short_name.replace(".", ""), long_name):
            return number
    raise DateUnreadable(word)


def _gregorian_year(year: int, today: dt.date) -> int:
    if year < 100:
        year += 2500
    this_buddhist = buddhist_year(today)
    if this_buddhist - 120 <= year <= this_buddhist + 20:
        return year - BUDDHIST_OFFSET
    if today.year - 120 <= year <= today.year + 20:
        return year
    raise DateUnreadable(str(year))
