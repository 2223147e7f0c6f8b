"""Data protection: the sheet for a lost laptop, and how long what is kept."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.devices import listing, lost
from fieldapp.server.district_data.editing import put_setting
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.district_data.reading import setting
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of
from fieldapp.server.problems import Refused
from fieldapp.server.retention import ahead, past, removal
from fieldapp.texts import _, mark, ngettext

router = APIRouter(prefix="/safety")

PATH = "/office/safety"
# A breach is told to the office of the commission within 72 hours (PDPA s. 37(4)).
_TELL_WITHIN = dt.timedelta(hours=72)
_LONGEST_YEARS, _LONGEST_DAYS = 100, 3_650
GROUP_WORDS = {
    "name": mark("Name"),
    "number": mark("ID number"),
    "birth": mark("Birth date"),
    "address": mark("Address"),
    "guardian": mark("Guardian and parents, telephone"),
    "school": mark("Last school"),
    "disability": mark("Disability"),
    "disadvantage": mark("Disadvantage"),
    "visits": mark("Visits with outcome, causes and notes"),
    "photos": mark("Photos"),
}


@router.get("")
@page()
def safety(desk: Desk) -> Response:
    kept = past.years(desk.connection, desk.district_id)
    found = ahead.look_ahead(desk.connection, _past(desk))
    if found.shown:
        desk.note(Action.VIEWED, "retention", {"cases": [one.case_id for one in found.shown]})
    return desk.show(
        "people/safety.html",
        devices=listing.devices(desk.connection, desk.district_id, desk.now),
        now=desk.now,
        kept=kept,
        ahead=found,
        seen=setting(desk.connection, desk.district_id, past.SETTING).version,
        may_change=desk.caller.role in ADMIN_ONLY,
    )


@router.post("/retention")
@page(ADMIN_ONLY)
def keep_for(desk: Desk) -> Response:
    values = {}
    for name in past.YEARS:
        count = desk.form.number(name)
        if count is None or not 0 <= count <= _LONGEST_YEARS:
            raise Refused("wrong_value", name)
        values[name] = str(count)
    put_setting(desk.connection, desk.district_id, past.SETTING, values, desk.form.number("version"))
    desk.note(Action.REFERENCE_CHANGED, f"setting:{past.SETTING}", values)
    return desk.go(f"{PATH}#retention", _("Saved."))


@router.get("/removal")
@page(ADMIN_ONLY)
def ask(desk: Desk) -> Response:
    return desk.show(
        "people/removal.html",
        ahead=ahead.look_ahead(desk.connection, _past(desk)),
        past=_past(desk),
        seen=setting(desk.connection, desk.district_id, past.SETTING).version,
    )


@router.post("/removal")
@page(ADMIN_ONLY)
def remove(desk: Desk) -> Response:
    """What the page before has shown: refused where another day has come since, or other years were set."""
    lock_district(desk.connection, desk.district_id)
    version = setting(desk.connection, desk.district_id, past.SETTING).version
    if desk.form.number("version") != version or desk.form.text("on") != desk.today.isoformat():
        raise Refused("mismatch", "version")
    removed = removal.remove(desk.connection, _past(desk))
    if not removed:
        return desk.go(f"{PATH}#ahead", _("Nothing is past its years; nothing was removed."))
    detail = {"audit": removed.audit, "list_rows": removed.list_rows, "sessions": removed.sessions}
    days = {name: day.isoformat() for name in ("audit", "list_rows", "signed_in") if (day := _past(desk).day(name))}
    desk.note(Action.REMOVED, "past_years", {**detail, "before": days})
    total = sum(detail.values())
    return desk.go(
        f"{PATH}#ahead", ngettext("{count} entry was removed.", "{count} entries were removed.", total).format(count=f"{total:,}")
    )


@router.get("/{device_id}")
@page()
def lost_laptop(desk: Desk, device_id: str, known: str = "") -> Response:
    """`known`: the day on which the loss became known."""
    known_on = day_of(known, "known", desk.today) or desk.today
    found = lost.sheet(desk.connection, desk.district_id, device_id)
    desk.note(Action.VIEWED, "lost_device", {"device": device_id, "children": [one.child.id for one in found.children]})
    return desk.show(
        "people/lost.html",
        sheet=found,
        device=found.device,
        known_on=known_on,
        tell_by=known_on + _TELL_WITHIN,
        groups={name: _(words) for name, words in GROUP_WORDS.items()},
        sensitive=lost.SENSITIVE,
    )


def _past(desk: Desk) -> past.Past:
    return past.Past(desk.district_id, past.years(desk.connection, desk.district_id), desk.today)
