"""The outbox as sync sees it: what waits, in which order it goes, and what became of it. `store.recording` fills it."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, case, cast, exists, func, or_, select, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.payloads import CareStepped, FollowUpClosed, FollowUpPlanned, PhotoAdded
from fieldapp.records.chunks import chunks
from fieldapp.store.tables import former_receipt, outbox, photo_transfer

# Set aside: the district refused it, and it waits for a person. The other values are those of wire.messages.Status.
SET_ASIDE = "rejected"
# Refusals for what the district did not know: perhaps only since it was put back and forgot it, and others bring it there again.
FOR_WANT_OF_OTHERS = ("unknown_record", "not_yours")
# A receipt that the district gave before it was put back goes along with its event; it has less than so many bytes.
_FORMER_BYTES = 600

_parent = outbox.alias("parent")
# A photo whose visit, form or paper was set aside, the end of a follow-up that was, a step of care on what was: they would only be refused
# too, so they wait with it.
_WAITS_FOR_PARENT = or_(
    (outbox.c.kind == PhotoAdded.KIND)
    & exists().where(
        photo_transfer.c.photo_id == outbox.c.record_id,
        _parent.c.record_id == func.coalesce(photo_transfer.c.visit_id, photo_transfer.c.submission_id, photo_transfer.c.paper_id),
        _parent.c.status == SET_ASIDE,
    ),
    (outbox.c.kind == FollowUpClosed.KIND)
    & exists().where(_parent.c.record_id == outbox.c.record_id, _parent.c.kind == FollowUpPlanned.KIND, _parent.c.status == SET_ASIDE),
    (outbox.c.kind == CareStepped.KIND)
    & exists().where(_parent.c.record_id == func.json_extract(outbox.c.body, "$.payload.fact.of"), _parent.c.status == SET_ASIDE),
)

_URGENT = select(outbox.c.case_id).where(outbox.c.status.is_(None), outbox.c.urgent, outbox.c.case_id != "")
_REMEMBERED = exists().where(former_receipt.c.subject == outbox.c.event_id)
# Made once: every sync asks it, and putting it together takes longer than finding nothing.
_QUEUE = (
    select(outbox.c.event_id, func.length(cast(outbox.c.body, LargeBinary)) + case((_REMEMBERED, _FORMER_BYTES), else_=0))
    .where(outbox.c.status.is_(None), ~_WAITS_FOR_PARENT)
    .order_by(case((outbox.c.case_id.in_(_URGENT), 0), else_=1), outbox.c.position)
)


@dataclass(frozen=True, slots=True)
class Queued:
    """One event to send and how many bytes it has."""

    event_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One event as it is sent: `raw` is the very JSON value that `sha256` is of."""

    event_id: str
    kind: str
    record_id: str
    case_id: str
    child_id: str
    raw: dict[str, Any]
    sha256: str


def queue(connection: Connection) -> tuple[Queued, ...]:
    """What waits, in the order to send it: cases with something urgent first, then as it was made. Within a case the order of making
    always stays, since a photo needs its visit."""
    return tuple(Queued(event_id, length) for event_id, length in connection.execute(_QUEUE))


def load(connection: Connection, event_ids: Sequence[str]) -> tuple[Outgoing, ...]:
    """The events in the order of the ids."""
    columns = (outbox.c.event_id, outbox.c.kind, outbox.c.record_id, outbox.c.case_id, outbox.c.child_id, outbox.c.body)
    found: dict[str, Outgoing] = {}
    for chunk in chunks(event_ids):
        for row in connection.execute(select(*columns).where(outbox.c.event_id.in_(chunk))):
            raw, digest = json.loads(row.body), sha256_hex(row.body.encode())
            found[row.event_id] = Outgoing(row.event_id, row.kind, row.record_id, row.case_id, row.child_id, raw, digest)
    return tuple(found[event_id] for event_id in event_ids)


def received(connection: Connection, answers: Iterable[tuple[str, str, str, str]], now: dt.datetime) -> None:
    """(event id, status, code, field) of events whose receipts were verified and are stored in the same transaction."""
    values = [{"of": event_id, "new_status": status, "new_code": code, "new_field": field} for event_id, status, code, field in answers]
    if not values:
        return
    changes = {
        "status": bindparam("new_status"),
        "code": bindparam("new_code"),
        "field": bindparam("new_field"),
        "attempts": outbox.c.attempts + 1,
        "answered_at": now,
    }
    connection.execute(update(outbox).where(outbox.c.event_id == bindparam("of")).values(changes), values)


def set_aside(connection: Connection, event_id: str, code: str, field: str, now: dt.datetime) -> bool:
    """The district refused it. False where it waits for another that was set aside: then it goes on waiting."""
    changes = {"status": SET_ASIDE, "code": code, "field": field, "attempts": outbox.c.attempts + 1, "answered_at": now}
    done = connection.execute(update(outbox).where(outbox.c.event_id == event_id, ~_WAITS_FOR_PARENT).values(changes))
    return bool(done.rowcount)


def known_now(connection: Connection, record_ids: Collection[str], but_for: Callable[[Connection], Collection[str]]) -> bool:
    """These came from the district. What it refused since it did not know them waits again, but for the cases `but_for`."""
    wanted = case(
        (outbox.c.field == "record", outbox.c.record_id), (outbox.c.field == "child_id", outbox.c.child_id), else_=outbox.c.case_id
    )
    refused = select(outbox.c.event_id, outbox.c.case_id, wanted.label("wanted")).where(
        outbox.c.status == SET_ASIDE, outbox.c.code.in_(FOR_WANT_OF_OTHERS)
    )
    found = [row for row in connection.execute(refused) if row.wanted in record_ids]
    if not found:
        return False
    left_alone = but_for(connection)
    fresh = {"status": None, "code": "", "field": "", "answered_at": None}
    for chunk in chunks([row.event_id for row in found if row.case_id not in left_alone]):
        connection.execute(update(outbox).where(outbox.c.event_id.in_(chunk)).values(fresh))
    return True


def tried(connection: Connection, event_ids: Iterable[str], code: str) -> None:
    """Sent without a believable answer: it still waits, and `code` tells why."""
    values = [{"of": event_id} for event_id in event_ids]
    if values:
        changes = {"code": code, "attempts": outbox.c.attempts + 1}
        connection.execute(update(outbox).where(outbox.c.event_id == bindparam("of")).values(changes), values)
