"""The pictures of an entry: those that came with something set aside, and those of a held visit whose bytes are here."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.server import tables
from fieldapp.server.deciding.entries import InboxEntry
from fieldapp.server.inbox import InboxKind
from fieldapp.server.photos import receipts as photo_receipts

_inbox, _event = tables.inbox, tables.event


@dataclass(frozen=True, slots=True)
class Picture:
    """`kind` is a PhotoKind or ''; `aside`: kept beside the photos of the district, since it was never taken. `here`: its bytes came."""

    sha256: str
    kind: str
    aside: bool
    here: bool


def pictures(connection: Connection, district_id: str, entry: InboxEntry) -> tuple[Picture, ...]:
    if entry.kind == InboxKind.SET_ASIDE:
        return tuple(Picture(one["sha256"], str(one.get("kind", "")), True, True) for one in entry.body.get("pictures", ()))
    if entry.kind != InboxKind.HELD:
        return ()
    photos = [entry.event["payload"]["photo"]] if entry.event and entry.event_kind == PhotoAdded.KIND else []
    its_event = and_(_event.c.district_id == _inbox.c.district_id, _event.c.id == _inbox.c.event_id, _event.c.kind == PhotoAdded.KIND)
    query = (
        select(_event.c.body)
        .join(_inbox, its_event)
        .where(_inbox.c.district_id == district_id, _inbox.c.belongs_to == entry.record_id)
        .order_by(_event.c.sequence)
    )
    photos += [json.loads(body)["payload"]["photo"] for body in connection.execute(query).scalars()]
    here = photo_receipts.held_hashes(connection, district_id, {photo["sha256"] for photo in photos})
    return tuple(Picture(photo["sha256"], photo["kind"], False, photo["sha256"] in here) for photo in photos)
