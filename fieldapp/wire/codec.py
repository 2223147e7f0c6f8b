"""Messages, events and records to and from JSON. The only file that knows pydantic on the laptop."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import AwareDatetime, NonNegativeInt, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from fieldapp.domain.canonical import canonical_bytes, sha256_hex
from fieldapp.domain.care.consent import Consent
from fieldapp.domain.care.facts import CareStep
from fieldapp.domain.care.goal import Goal
from fieldapp.domain.care.paper import Paper
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.risk import Risk
from fieldapp.domain.care.support import Support
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict, is_conflict_id
from fieldapp.domain.event import Event, Record
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.form import Form
from fieldapp.domain.identifiers import DeviceId, EventId, PersonId, is_id
from fieldapp.domain.payloads import PAYLOADS, ConflictDecided, Payload
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, School, Setting
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.wire.messages import HeldDecision, PullPage
from fieldapp.wire.page import UnreadBody, read_page, read_whole

# The order is the order in which a page must be stored: what others point to comes first.
RECORD_TYPES: dict[str, type[Record]] = {
    "setting": Setting,
    "cause": Cause,
    "agency": Agency,
    "form": Form,
    "school": School,
    "person": Person,
    "received_list": ReceivedList,
    "child": Child,
    "case": Case,
    "visit": Visit,
    "submission": Submission,
    "paper": Paper,
    "photo": Photo,
    "follow_up": FollowUp,
    "risk": Risk,
    "support": Support,
    "goal": Goal,
    "referral": Referral,
    "consent": Consent,
    "transfer": Transfer,
    "care_step": CareStep,
    "conflict": Conflict,
}
# Beside the records on a page: a word to one person, which no table of records holds.
HELD_DECISION = "held_decision"
M = TypeVar("M")
_TYPE_NAMES = {cls: name for name, cls in RECORD_TYPES.items()}
_PAYLOAD_TYPES: dict[str, type[Payload]] = {cls.KIND: cls for cls in PAYLOADS}


class _Envelope(TypedDict):
    id: str
    record: str
    base_version: NonNegativeInt
    made_at: AwareDatetime
    by: str
    device_id: str | None
    payload: dict[str, Any]


class Unreadable(Exception):
    """Bytes or an object that are not the message they should be. `code` and `field` go back to the sender."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} {field}".strip())
        self.code = code
        self.field = field


# Building an adapter is slow, so one is kept for each class.
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def encode(message: Any) -> bytes:
    """A message of `wire.messages` as JSON bytes."""
    if isinstance(message, PullPage):
        message = read_whole(message)
    return _adapter(type(message)).dump_json(message)


def decode(cls: type[M], data: bytes) -> M:
    """Read a message; raises Unreadable. Unknown fields are ignored, so that newer peers may say more."""
    if cls is PullPage and (page := read_page(data)) is not None:
        return page  # type: ignore[return-value]
    try:
        message: M = _adapter(cls).validate_json(data)
    except ValidationError as error:
        raise _unreadable(error) from error
    return message


def json_schema(cls: type[Any]) -> dict[str, Any]:
    """What JSON Schema calls a message of this class."""
    return _adapter(cls).json_schema()


def event_to_wire(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "kind": event.kind,
        "record": event.record,
        "base_version": event.base_version,
        "made_at": event.made_at.isoformat(),
        "by": event.by,
        "device_id": event.device_id,
        "payload": _adapter(type(event.payload)).dump_python(event.payload, mode="json"),
    }


def event_from_wire(raw: Mapping[str, Any]) -> Event:
    """Read one event; raises Unreadable('unknown_kind') for kinds of a newer program and Unreadable('wrong_value', field) otherwise."""
    payload_type = _PAYLOAD_TYPES.get(str(raw.get("kind")))
    if payload_type is None:
        raise Unreadable("unknown_kind", "kind")
    if not is_id(raw.get("id", "")):
        raise Unreadable("wrong_value", "id")
    names_record = is_conflict_id if payload_type is ConflictDecided else is_id
    if not names_record(raw.get("record", "")):
        raise Unreadable("wrong_value", "record")
    try:
        envelope = _adapter(_Envelope).validate_python(raw)
        payload = _adapter(payload_type).validate_python(envelope["payload"])
    except ValidationError as error:
        raise _unreadable(error) from error
    return Event(
        id=EventId(envelope["id"]),
        payload=payload,
        record=envelope["record"],
        base_version=envelope["base_version"],
        made_at=envelope["made_at"],
        by=PersonId(envelope["by"]),
        device_id=DeviceId(envelope["device_id"]) if envelope.get("device_id") else None,
    )


def event_bytes(raw: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an event as it travels: what both sides store and what a receipt's hash is of."""
    return canonical_bytes(raw)


def event_sha256(raw: Mapping[str, Any]) -> str:
    return sha256_hex(event_bytes(raw))


def type_name(record: Record) -> str:
    return _TYPE_NAMES[type(record)]


def record_to_wire(record: Record) -> dict[str, Any]:
    wire: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    return wire


def record_json(record: Record) -> str:
    """The record as JSON text, as it stands in a pull page."""
    return _adapter(type(record)).dump_json(record).decode()


def record_from_wire(type_name: str, body: Mapping[str, Any]) -> Record:
    """Read a record of a pull page; raises Unreadable('unknown_type') for types of a newer server."""
    cls = RECORD_TYPES.get(type_name)
    if cls is None:
        raise Unreadable("unknown_type", "type")
    if isinstance(body, UnreadBody):
        if (read := body.record(cls)) is not None:
            return read
        body = body.plain()
    try:
        record: Record = _adapter(cls).validate_python(body)
    except ValidationError as error:
        raise _unreadable(error) from error
    return record


def held_decision_from_wire(body: Mapping[str, Any]) -> HeldDecision:
    """Read the body of a change that is about a held event; raises Unreadable."""
    try:
        read: HeldDecision = _adapter(HeldDecision).validate_python(dict(body))
    except ValidationError as error:
        raise _unreadable(error) from error
    return read


def parse_json(data: bytes) -> Any:
    """JSON from the wire; raises Unreadable('not_json') for half a JSON, HTML of a captive portal, or wrong bytes."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error


def _unreadable(error: ValidationError) -> Unreadable:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    code = "not_json" if first["type"] == "json_invalid" else "wrong_value"
    return Unreadable(code, ".".join(str(part) for part in first["loc"]))
