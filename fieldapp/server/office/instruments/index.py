"""The district's forms with their versions, the upload of a new one, and the instruments that come with the program."""

from fastapi import APIRouter, Response

from fieldapp.server.audit import Action
from fieldapp.server.forms import arriving, publishing, shipped
from fieldapp.server.forms.arriving import Came
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/forms")

PATH = "/office/forms"
_MOST_LISTS = 20
_LARGEST_LIST = 5_000_000


@router.get("")
@page()
def forms(desk: Desk) -> Response:
    found = publishing.versions(desk.connection, desk.district_id)
    here = {version.form.form_id for version in found}
    offered = [(name, shipped.title(name)) for name in shipped.names() if name not in here]
    return desk.show("instruments/index.html", versions=found, shipped=offered)


@router.post("")
@page()
def upload(desk: Desk) -> Response:
    file = desk.form.file("file")
    if file is None:
        raise Refused("wrong_value", "file")
    lists = {one.filename or "": one.file.read() for one in desk.form.files("lists")}
    if len(lists) > _MOST_LISTS or any(len(data) > _LARGEST_LIST for data in lists.values()):
        raise Refused("too_large", "lists")
    return _looked_at(desk, Came(file.filename or "", file.file.read(), lists))


@router.post("/shipped/{name}")
@page()
def look_at_shipped(desk: Desk, name: str) -> Response:
    found = shipped.instrument(name)
    if found is None:
        raise Refused("unknown_record", "name")
    lists = {list_name: text.encode() for list_name, text in found.attachments.items()}
    return _looked_at(desk, Came(f"{name}.xlsx", found.data, lists))


@router.post("/use")
@page()
def use(desk: Desk) -> Response:
    form_id, form_version = desk.form.text("form_id"), desk.form.text("form_version")
    active = desk.form.ticked("active")
    publishing.use(desk.connection, desk.district_id, form_id, form_version, active=active)
    desk.note(Action.REFERENCE_CHANGED, f"form:{form_id}@{form_version}", {"active": active})
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))


@router.get("/{upload_id}/source")
@page()
def source(desk: Desk, upload_id: str) -> Response:
    """The spreadsheet as it was uploaded: where the next version begins."""
    _name, data = publishing.source_of(desk.connection, desk.district_id, upload_id)
    found = publishing.find_upload(desk.connection, desk.district_id, upload_id)
    name = "-".join(part for part in (found.form_id, found.form_version) if part.isascii() and part) or "form"
    return spreadsheet(data, name)


def _looked_at(desk: Desk, came: Came) -> Response:
    upload_id = arriving.take_in(desk.connection, desk.district_id, came, by=desk.caller.person_id, now=desk.now)
    return desk.go(f"{PATH}/{upload_id}")
