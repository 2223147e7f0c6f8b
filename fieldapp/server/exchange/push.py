"""Push: events from a laptop. Each is read on its own, so that one that cannot be read is answered and the rest go on."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import is_id
from fieldapp.server.access.scope import Caller, with_past
from fieldapp.server.write_path import batch
from fieldapp.server.write_path.admission import Admission, admit, hold, hold_forgotten
from fieldapp.server.write_path.event_log import Arrived
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.server.write_path.receipts import once_given
from fieldapp.wire import codec
from fieldapp.wire.codec import Unreadable
from fieldapp.wire.messages import Answer, Push, PushAnswer, Status


def push(connection: Connection, district_id: str, caller: Caller, message: Push, now: dt.datetime, *, held_as: str = "") -> PushAnswer:
    """Answers in the order of the events. `held_as`: the caller may do nothing any more; what would have been taken is held under this
    code, for the office to decide."""
    caller = with_past(connection, district_id, caller)
    former = once_given(connection, district_id, message.former)
    arrived: list[Arrived] = []
    answers: list[Answer | None] = []
    for raw in message.events:
        try:
            arrived.append(_read(raw, caller, now, former))
            answers.append(None)
        except Unreadable as error:
            answers.append(Answer(_id_of(raw), Status.REJECTED, code=error.code, field=error.field))

    def admit_here(each: Arrived, known: KnownRecords) -> Admission:
        admission = admit(caller, each.event, known)
        admission = hold(admission, each.event, known, held_as) if held_as else admission
        return hold_forgotten(admission) if each.once_held else admission

    recorded = iter(batch.record(connection, district_id, arrived, admit_here, person_id=caller.person_id))
    return PushAnswer(tuple(answer or next(recorded) for answer in answers))


def _read(raw: Mapping[str, Any], caller: Caller, now: dt.datetime, former: Collection[tuple[str, str]]) -> Arrived:
    event = codec.event_from_wire(raw)
    try:
        body = codec.event_bytes(raw)
    except (TypeError, ValueError, RecursionError) as error:
        # A float, half a surrogate pair or bottomless nesting: no canonical form, so nothing that a receipt could be signed for.
        raise Unreadable("wrong_value", "payload") from error
    if b"\\u0000" in body and _holds_nul(raw):
        raise Unreadable("wrong_value", "payload")
    sha256 = sha256_hex(body)
    return Arrived(event, body.decode(), sha256, now, caller.device_id, once_held=(event.id, sha256) in former)


def _holds_nul(value: Any) -> bool:
    """PostgreSQL's text cannot hold the character 0."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_holds_nul(name) or _holds_nul(item) for name, item in value.items())
    return isinstance(value, list | tuple) and any(_holds_nul(item) for item in value)


def _id_of(raw: Mapping[str, Any]) -> str:
    """To be told whose answer this is. What is no id is not repeated: half a surrogate pair in it could not even be written."""
    event_id = raw.get("id", "")
    return event_id if is_id(event_id) else ""
