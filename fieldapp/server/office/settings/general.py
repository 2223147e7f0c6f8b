"""How the district counts, how soon it decides what waits in its inbox, and how long a laptop may be without contact."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Response

from fieldapp.domain.after_return import SETTING as AFTER_RETURN
from fieldapp.domain.after_return import days_after_return, days_in
from fieldapp.domain.compulsory_age import Rule
from fieldapp.domain.ladder import PRESETS, Rounding
from fieldapp.records.reference import OFFERED_APP
from fieldapp.reports.ladder import DEFAULT_PRESET
from fieldapp.reports.ladder import SETTING as LADDER
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.deciding import due, wording
from fieldapp.server.district_data.editing import put_setting
from fieldapp.server.district_data.reading import setting
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.problems import Refused
from fieldapp.texts import _
from fieldapp.wire.version import is_newer

router = APIRouter(prefix="/settings")

PATH = "/office/settings"
AGE, LAPTOP = "compulsory_age", "laptop"
_MOST_DAYS = 3_650
# Units in which the time for an entry of the inbox is typed, in hours.
_UNITS = {"hours": 1, "days": 24}
_MOST_HOURS = 365 * 24


@router.get("")
@page()
def settings(desk: Desk) -> Response:
    names = (LADDER, AGE, LAPTOP, OFFERED_APP, AFTER_RETURN)
    ladder, age, laptop, app, after_return = (setting(desk.connection, desk.district_id, name) for name in names)
    return desk.show(
        "settings/general.html",
        ladder=ladder,
        age=age,
        laptop=laptop,
        app=app,
        after_return=after_return,
        days_after_return=", ".join(str(day) for day in days_after_return(after_return.value)),
        inbox=setting(desk.connection, desk.district_id, due.SETTING),
        inbox_times=_inbox_times(desk),
        units=[("hours", _("hours")), ("days", _("days"))],
        default_preset=DEFAULT_PRESET,
        roundings=list(Rounding),
        rules=[
            (Rule.CALENDAR_YEAR.value, _("By calendar year: the year of birth counts, not the day")),
            (Rule.FULL_YEARS.value, _("By full years: from birthday to birthday")),
        ],
        presets=[
            ("district", _("The district's way: who wants to return and who was not found is in progress")),
            ("ministry", _("The ministry's way: who wants to return is traced, not found stands apart")),
        ],
        may_change_laptops=desk.caller.role in ADMIN_ONLY,
    )


@router.post("/ladder")
@page()
def keep_ladder(desk: Desk) -> Response:
    form = desk.form
    preset = form.text("preset")
    if preset not in PRESETS:
        raise Refused("wrong_value", "preset")
    rounding = member_of(Rounding, form.text("rounding"), "rounding").value
    return _kept(desk, LADDER, {"preset": preset, "rounding": rounding, "legacy_caption": "yes" if form.ticked("legacy_caption") else "no"})


@router.post("/age")
@page()
def keep_age(desk: Desk) -> Response:
    return _kept(desk, AGE, {"rule": member_of(Rule, desk.form.text("rule"), "rule").value})


@router.post("/inbox")
@page()
def keep_inbox_times(desk: Desk) -> Response:
    hours = {}
    for kind in due.DEFAULT_HOURS:
        count, unit = desk.form.number(kind), desk.form.text(f"{kind}_unit")
        if count is None or unit not in _UNITS or not 1 <= count * _UNITS[unit] <= _MOST_HOURS:
            raise Refused("wrong_value", "inbox_hours")
        hours[str(kind)] = str(count * _UNITS[unit])
    return _kept(desk, due.SETTING, hours, _("Saved. It holds at once, also for what waits already."))


@router.post("/after-return")
@page()
def keep_after_return(desk: Desk) -> Response:
    days = days_in(desk.form.text("after_return", longest=100))
    if days is None:
        raise Refused("wrong_value", "after_return")
    return _kept(desk, AFTER_RETURN, {"after_return": ",".join(str(day) for day in days)})


@router.post("/laptop")
@page(ADMIN_ONLY)
def keep_laptop(desk: Desk) -> Response:
    days = desk.form.number("days_without_contact")
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise Refused("wrong_value", "days_without_contact")
    return _kept(desk, LAPTOP, {"days_without_contact": "" if days is None else str(days)})


@router.post("/app")
@page(ADMIN_ONLY)
def keep_app(desk: Desk) -> Response:
    newest, address = desk.form.text("newest", longest=20), desk.form.text("address", longest=200)
    if newest and not is_newer(newest, "0"):
        raise Refused("wrong_value", "newest")
    # Laptops open it in a browser.
    if address and urlsplit(address).scheme != "https":
        raise Refused("wrong_value", "address")
    return _kept(desk, OFFERED_APP, {"newest": newest, "address": address})


def _inbox_times(desk: Desk) -> list[tuple[str, str, int, str]]:
    """(kind, its name, number, unit): whole days as days, from two on."""
    found = []
    hours = due.hours_by_kind(desk.connection, desk.district_id)
    for kind, name in wording.kinds():
        unit = "days" if hours[kind] >= 48 and hours[kind] % _UNITS["days"] == 0 else "hours"
        found.append((kind, name, hours[kind] // _UNITS[unit], unit))
    return found


def _kept(desk: Desk, name: str, values: dict[str, str], said: str = "") -> Response:
    put_setting(desk.connection, desk.district_id, name, values, desk.form.number("seen"))
    desk.note(Action.REFERENCE_CHANGED, f"setting:{name}", values)
    return desk.go(PATH, said or _("Saved. Laptops get it at their next sync."))
