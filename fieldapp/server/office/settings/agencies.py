"""The agencies that a child may be referred to."""

from fastapi import APIRouter, Response

from fieldapp import words
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Agency, AgencyKind
from fieldapp.server.audit import Action
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.editing import put_agency
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/settings/agencies")

PATH = "/office/settings/agencies"


@router.get("")
@page()
def all_agencies(desk: Desk) -> Response:
    return desk.show("settings/agencies.html", agencies=reading.agencies(desk.connection, desk.district_id), kinds=dict(_kinds()))


@router.get("/new")
@page()
def new_agency(desk: Desk) -> Response:
    return _form(desk, Agency("", ""), 0)


@router.get("/{agency_id}")
@page()
def one_agency(desk: Desk, agency_id: str) -> Response:
    found = {agency.id: agency for agency in reading.agencies(desk.connection, desk.district_id)}.get(agency_id)
    if found is None:
        raise Refused("unknown_record", "agency_id")
    return _form(desk, found, found.version)


@router.post("")
@page()
def keep_agency(desk: Desk) -> Response:
    form = desk.form
    seen = form.number("seen") or 0
    agency = Agency(
        form.text("id", longest=50) if seen else new_id(),
        form.text("name", longest=200),
        form.text("kind"),
        form.text("contact", longest=200),
        form.text("area", longest=200),
        form.ticked("active"),
    )
    put_agency(desk.connection, desk.district_id, agency, seen)
    desk.note(Action.REFERENCE_CHANGED, f"agency:{agency.id}")
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))


def _form(desk: Desk, agency: Agency, seen: int) -> Response:
    return desk.show("settings/agency.html", agency=agency, seen=seen, kinds=_kinds())


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, words.of(kind)) for kind in AgencyKind]
