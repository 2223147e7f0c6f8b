"""The laptops: silent ones on top, and taking one out of use."""

from fastapi import APIRouter, Response

from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.devices import listing, revoking
from fieldapp.server.devices.silent import LONG
from fieldapp.server.office.desk import Desk, page
from fieldapp.texts import _

router = APIRouter(prefix="/devices")

PATH = "/office/devices"


@router.get("")
@page()
def devices(desk: Desk) -> Response:
    found = listing.devices(desk.connection, desk.district_id, desk.now)
    return desk.show("people/devices.html", devices=found, now=desk.now, long=LONG.days, may_change=desk.caller.role in ADMIN_ONLY)


@router.get("/{device_id}/revoke")
@page(ADMIN_ONLY)
def ask(desk: Desk, device_id: str) -> Response:
    return desk.show("people/revoke.html", device=listing.find(desk.connection, desk.district_id, device_id))


@router.post("/{device_id}/revoke")
@page(ADMIN_ONLY)
def revoke(desk: Desk, device_id: str) -> Response:
    revoking.revoke(desk.connection, desk.district_id, device_id, desk.now)
    desk.note(Action.DEVICE_REVOKED, device_id)
    return desk.go(PATH, _("The laptop is taken out of use."))
