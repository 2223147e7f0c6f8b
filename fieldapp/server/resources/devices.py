"""Devices, for district staff: which laptops there are, and taking one out of use."""

import datetime as dt
from dataclasses import dataclass

from fastapi import APIRouter, Response
from sqlalchemy import select

from fieldapp.domain.reference import DISTRICT_ROLES
from fieldapp.server import tables
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.devices import revoking
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import Work, handler, reply

router = APIRouter(prefix="/devices", tags=["office"])


@dataclass(frozen=True, slots=True)
class DeviceRow:
    id: str
    name: str
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    revoked_at: dt.datetime | None
    person_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Devices:
    devices: tuple[DeviceRow, ...]


@router.get("", response_model=Devices)
@handler(DISTRICT_ROLES)
def devices(work: Work) -> Response:
    device, session = tables.device, tables.session
    people: dict[str, list[str]] = {}
    used = select(session.c.device_id, session.c.person_id).where(session.c.district_id == work.district_id).distinct()
    for row in work.connection.execute(used.order_by(session.c.person_id)):
        people.setdefault(row.device_id, []).append(row.person_id)
    query = select(device).where(device.c.district_id == work.district_id).order_by(device.c.last_seen_at.desc(), device.c.id)
    found = tuple(
        DeviceRow(row.id, row.name, row.first_seen_at, row.last_seen_at, row.revoked_at, tuple(people.get(row.id, ())))
        for row in work.connection.execute(query)
    )
    return reply(Devices(found))


@router.post("/{device_id}/revoke", status_code=204, responses=refusals("unknown_record"))
@handler(ADMIN_ONLY)
def revoke(work: Work, device_id: str) -> Response:
    """A lost or sold laptop: nobody signs in on it again, and its sessions end now."""
    revoking.revoke(work.connection, work.district_id, device_id, work.now)
    work.note(Action.DEVICE_REVOKED, device_id)
    return Response(status_code=204)
