"""Dates, ages, places and sizes as a person says them: Buddhist years in Thai, Gregorian in English. Takes plain values only."""

import datetime as dt
from typing import Protocol

from fieldapp.domain import names, thai_dates
from fieldapp.domain.compulsory_age import AgeStatus, Eligibility, Reason, age_at
from fieldapp.domain.thai_dates import PartialDate, Precision
from fieldapp.reports.places import place_name
from fieldapp.texts import _, language, ngettext

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Papers write a village with or without the word for it.
_BAN = "บ้าน"
# Where the place of a list was not understood, the line as it was written stands in the village's place.
_NO_VILLAGE = ("ต.", "อ.", "จ.", "ตำบล", "อำเภอ", "จังหวัด")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Named(Protocol):
    """A child's card or a line of the list."""

    @property
    def title(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...


def in_thai() -> bool:
    return language() == "th"


def full_name(who: Named) -> str:
    """'ด.ช. ธนกร พิมพ์สวัสดิ์', 'นายพีรพัฒน์ วงศ์ละคร'."""
    return names.full_name(who.title, who.given_name, who.family_name)


def short_name(who: Named) -> str:
    """'ด.ช. ธนกร พ.': for papers that leave the house."""
    letter = names.initial(who.family_name)
    return names.full_name(who.title, who.given_name, f"{letter}." if letter else "")


def initial(who: Named) -> str:
    return names.initial(who.given_name)


def day(on: dt.date) -> str:
    """22 พ.ย. 2569"""
    return thai_dates.short(on) if in_thai() else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def day_month(on: dt.date) -> str:
    """22 พ.ย."""
    return thai_dates.day_month(on) if in_thai() else f"{on.day} {_MONTHS[on.month - 1]}"


def long_day(on: dt.date, *, weekday: bool = True) -> str:
    """เสาร์ 22 พฤศจิกายน 2569"""
    if in_thai():
        return thai_dates.long(on, weekday=weekday)
    words = f"{on.day} {_MONTHS_LONG[on.month - 1]} {on.year}"
    return f"{_WEEKDAYS[on.weekday()]} {words}" if weekday else words


def month(on: dt.date) -> str:
    """พฤศจิกายน 2569"""
    if in_thai():
        return f"{thai_dates.MONTHS_LONG[on.month - 1]} {thai_dates.buddhist_year(on)}"
    return f"{_MONTHS_LONG[on.month - 1]} {on.year}"


def typed_day(on: dt.date) -> str:
    """22/11/2569, as it is typed."""
    return thai_dates.slashed(on) if in_thai() else f"{on.day}/{on.month}/{on.year}"


def partial(birth: PartialDate) -> str:
    """The known part of a birth date."""
    if in_thai():
        return thai_dates.partial(birth)
    if birth.precision is Precision.YEAR:
        return str(birth.on.year)
    if birth.precision is Precision.MONTH:
        return f"{_MONTHS[birth.on.month - 1]} {birth.on.year}"
    return day(birth.on)


def time(at: dt.datetime) -> str:
    """06:40, in this computer's time zone."""
    return at.astimezone().strftime("%H:%M")


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """วันนี้ 06:40 · เมื่อวาน 19:12 · 20 พ.ย. 06:40 · 20 พ.ย. 2568"""
    here, today = at.astimezone(), now.astimezone().date()
    if here.date() == today:
        return _("today {time}").format(time=time(at))
    if here.date() == today - dt.timedelta(days=1):
        return _("yesterday {time}").format(time=time(at))
    if here.year == today.year:
        return f"{day_month(here.date())} {time(at)}"
    return day(here.date())


def due(on: dt.date | None, today: dt.date) -> str:
    """ครบกำหนดวันนี้ · อีก 2 วัน · เกินกำหนด 5 วัน; nothing where there is no due date."""
    if on is None:
        return ""
    days = (on - today).days
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    return ngettext("{days} day overdue", "{days} days overdue", -days).format(days=-days)


def age(birth: PartialDate | None, today: dt.date) -> str:
    """12 ปี; with an unknown day or month ราว 12 ปี."""
    if birth is None:
        return _("age not known")
    years = age_at(birth, today)[0]
    if birth.precision is Precision.DAY:
        return ngettext("{years} year", "{years} years", years).format(years=years)
    return _("about {years} years").format(years=years)


def age_long(birth: PartialDate | None, today: dt.date) -> str:
    """12 ปี 4 เดือน"""
    if birth is None or birth.precision is not Precision.DAY:
        return age(birth, today)
    months = age_at(birth, today)[1]
    if months == 0:
        return age(birth, today)
    return _("{years} {months} mo.").format(years=age(birth, today), months=months)


def size(count: int) -> str:
    """1.4 MB"""
    if count < 1_000:
        return _("{count} bytes").format(count=count)
    if count < 1_000_000:
        return f"{count / 1_000:,.0f} KB"
    return f"{count / 1_000_000:,.1f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:,.1f} GB"


def place(house_no: str, moo: str, tambon_code: str, village: str = "") -> str:
    """112 ม.4 ต.นาคู อ.นาคู, with the village's own name where it is known."""
    house = house_no or _("house no. unknown")
    named = village if village.startswith(_NO_VILLAGE) else _("Ban {name}").format(name=village.removeprefix(_BAN)) if village else ""
    parts = [house, _moo(moo), named, place_in_district(tambon_code)]
    return " ".join(part for part in parts if part)


def place_in_district(tambon_code: str) -> str:
    """ต.นาคู อ.นาคู"""
    tambon, amphoe = place_name(tambon_code), place_name(tambon_code[:4])
    parts = [_("T. {name}").format(name=tambon) if tambon else "", _("A. {name}").format(name=amphoe) if amphoe else ""]
    return " ".join(part for part in parts if part)


def place_short(moo: str, tambon_code: str, village: str = "") -> str:
    """นาคู ม.4: enough inside a district."""
    return " ".join(part for part in (village.removeprefix(_BAN) or place_name(tambon_code), _moo(moo)) if part)


def eligibility(standing: Eligibility) -> str:
    """Whether the child must go to school, until when or why not."""
    if standing.reason is Reason.FINISHED_GRADE_9:
        return _("Past compulsory education: finished grade 9")
    if standing.status is AgeStatus.INSIDE and standing.through_on:
        return _("Of compulsory age until {day}").format(day=day(standing.through_on))
    if standing.status is AgeStatus.PAST and standing.through_on:
        return _("Past compulsory age since {day}").format(day=day(standing.through_on + dt.timedelta(days=1)))
    if standing.status is AgeStatus.BEFORE and standing.from_on:
        return _("Compulsory age begins {day}").format(day=day(standing.from_on))
    return _("Compulsory age not known: no birth date")


def _moo(moo: str) -> str:
    return _("M.{number}").format(number=moo) if moo else ""


def read_anew(code: str, sent_again: int) -> str:
    """'' where nothing was read again. Without a full stop: it stands among other parts of a line."""
    if code == "pull.new_scope":
        return _("Your role or school changed, so the children were read anew")
    if not code:
        return ""
    if not sent_again:
        return _("The district was restored from a backup; nothing of yours was missing")
    return ngettext(
        "The district was restored from a backup; {count} record is sent again",
        "The district was restored from a backup; {count} records are sent again",
        sent_again,
    ).format(count=f"{sent_again:,}")
