"""How the district counts, and how long a laptop may be without contact."""

from fastapi import APIRouter, Response

from fieldapp.domain.compulsory_age import Rule
from fieldapp.domain.ladder import PRESETS, Rounding
from fieldapp.reports.ladder import DEFAULT_PRESET
from fieldapp.reports.ladder import SETTING as LADDER
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.district_data.editing import put_setting
from fieldapp.server.district_data.reading import setting
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/settings")

PATH = "/office/settings"
AGE, LAPTOP = "compulsory_age", "laptop"
_MOST_DAYS = 3_650


@router.get("")
@page()
def settings(desk: Desk) -> Response:
    ladder, age, laptop = (setting(desk.connection, desk.district_id, name) for name in (LADDER, AGE, LAPTOP))
    return desk.show(
        "settings/general.html",
        ladder=ladder,
        age=age,
        laptop=laptop,
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


@router.post("/laptop")
@page(ADMIN_ONLY)
def keep_laptop(desk: Desk) -> Response:
    days = desk.form.number("days_without_contact")
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise Refused("wrong_value", "days_without_contact")
    return _kept(desk, LAPTOP, {"days_without_contact": "" if days is None else str(days)})


def _kept(desk: Desk, name: str, values: dict[str, str]) -> Response:
    put_setting(desk.connection, desk.district_id, name, values, desk.form.number("seen"))
    desk.note(Action.REFERENCE_CHANGED, f"setting:{name}", values)
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))
