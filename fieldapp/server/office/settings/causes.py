"""The causes that visits name: words, order, whether they are asked, and where the two official lists count them."""

from fastapi import APIRouter, Response

from fieldapp.domain.reference import Cause
from fieldapp.server.audit import Action
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.cause_lists import DMC, EDUDEV, numbered
from fieldapp.server.district_data.editing import put_cause
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/settings/causes")

PATH = "/office/settings/causes"


@router.get("")
@page()
def all_causes(desk: Desk) -> Response:
    return desk.show(
        "settings/causes.html", causes=reading.causes(desk.connection, desk.district_id), dmc=("–", *DMC), edudev=("–", *EDUDEV)
    )


@router.get("/new")
@page()
def new_cause(desk: Desk) -> Response:
    last = max((cause.position for cause in reading.causes(desk.connection, desk.district_id)), default=0)
    return _form(desk, Cause("", "", position=last + 1), 0)


@router.get("/{code}")
@page()
def one_cause(desk: Desk, code: str) -> Response:
    found = {cause.code: cause for cause in reading.causes(desk.connection, desk.district_id)}.get(code)
    if found is None:
        raise Refused("unknown_record", "code")
    return _form(desk, found, found.version)


@router.post("")
@page()
def keep_cause(desk: Desk) -> Response:
    form = desk.form
    cause = Cause(
        form.text("code", longest=50),
        form.text("name", longest=200),
        form.number("dmc") or 0,
        form.number("edudev") or 0,
        form.number("position") or 0,
        form.ticked("active"),
    )
    put_cause(desk.connection, desk.district_id, cause, form.number("seen") or 0)
    desk.note(Action.REFERENCE_CHANGED, f"cause:{cause.code}")
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))


def _form(desk: Desk, cause: Cause, seen: int) -> Response:
    return desk.show("settings/cause.html", cause=cause, seen=seen, dmc=numbered(DMC), edudev=numbered(EDUDEV))
