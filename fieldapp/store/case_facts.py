"""Everything that lies beside one case: visits, photos, follow-ups, where each stands with the district, and the names it mentions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.visit import Visit
from fieldapp.errors import StoreError
from fieldapp.records import rows, tables
from fieldapp.records.of_case import follow_ups_of_case, photos_of_case, visits_of_case
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.wire.codec import event_from_wire

# SQLite's answer status of an event that still waits is NULL.
WAITING = ""
HELD = "held"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`outbox`: event id -> status of its answer, WAITING for none yet; events that were not made here are not in it. `held`: visits
    that the district keeps for a decision, by their event, and `held_because` event -> code why. `transfers`: photo id -> state."""

    visits: tuple[Visit, ...]
    photos: tuple[Photo, ...]
    follow_ups: tuple[FollowUp, ...]
    outbox: Mapping[str, str]
    held: Mapping[str, Visit]
    held_because: Mapping[str, str]
    transfers: Mapping[str, str]
    received_list: ReceivedList | None


def case_and_child(connection: Connection, district_id: str, case_id: str) -> tuple[Case, Child]:
    """Raises store.not_here: the case was given to someone else while its page was open."""
    records = SqlRecords(connection, district_id)
    case = records.case(CaseId(case_id))
    child = records.child(case.child_id) if case else None
    if case is None or child is None:
        raise StoreError("store.not_here")
    return case, child


def is_here(connection: Connection, district_id: str, case_id: str) -> bool:
    table = tables.case
    query = select(table.c.id).where(table.c.district_id == district_id, table.c.id == case_id)
    return connection.execute(query).first() is not None


def case_facts(connection: Connection, district_id: str, case_id: str, list_id: str) -> CaseFacts:
    """Visits and photos oldest first; follow-ups open first, the next one first."""
    lists = tables.received_list
    columns = (outbox.c.event_id, outbox.c.kind, outbox.c.status, outbox.c.code, outbox.c.body)
    sent = connection.execute(select(*columns).where(outbox.c.case_id == case_id)).all()
    held = [row for row in sent if row.status == HELD]
    moved = connection.execute(select(photo_transfer.c.photo_id, photo_transfer.c.state).where(photo_transfer.c.case_id == case_id))
    found = connection.execute(select(lists).where(lists.c.district_id == district_id, lists.c.id == list_id)).mappings().first()
    return CaseFacts(
        visits=visits_of_case(connection, district_id, case_id),
        photos=photos_of_case(connection, district_id, case_id),
        follow_ups=follow_ups_of_case(connection, district_id, case_id),
        outbox={row.event_id: row.status or WAITING for row in sent},
        held={row.event_id: _visit_of(row.body) for row in held if row.kind == VisitRecorded.KIND},
        held_because={row.event_id: row.code for row in held},
        transfers=dict(tuple(row) for row in moved),
        received_list=rows.received_list_from(found) if found else None,
    )


def _visit_of(body: str) -> Visit:
    """As it was sent: among the records of the case it does not stay."""
    payload = event_from_wire(json.loads(body)).payload
    assert isinstance(payload, VisitRecorded)
    return payload.visit
