"""One upload: what was found in it, how it reads page by page, and its publication."""

from fastapi import APIRouter, Response

from fieldapp.forms import FormDefinition
from fieldapp.server.audit import Action
from fieldapp.server.forms import publishing
from fieldapp.server.forms.outline import outline
from fieldapp.server.forms.publishing import DAYS_KEPT, Upload
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.instruments.index import PATH
from fieldapp.texts import _

router = APIRouter(prefix="/forms")


@router.get("/{upload_id}")
@page()
def preview(desk: Desk, upload_id: str) -> Response:
    upload = publishing.find_upload(desk.connection, desk.district_id, upload_id)
    return desk.show("instruments/preview.html", upload=upload, outline=outline(_read(upload)) if upload.xform else (), days_kept=DAYS_KEPT)


@router.post("/{upload_id}/publish")
@page()
def publish(desk: Desk, upload_id: str) -> Response:
    form = publishing.publish(desk.connection, desk.district_id, upload_id, by=desk.caller.person_id, now=desk.now)
    desk.note(Action.REFERENCE_CHANGED, f"form:{form.id}", {"sha256": form.sha256})
    return desk.go(PATH, _("Published. Laptops get it at their next sync; what was begun on an older version is finished on it."))


def _read(upload: Upload) -> FormDefinition:
    return FormDefinition.from_xml(upload.xform, {name: text.encode() for name, text in upload.attachments.items()})
