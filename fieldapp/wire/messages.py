"""The messages of the protocol as frozen dataclasses. Field names are the JSON names; times are ISO 8601 with an offset."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldapp.domain.identifiers import CaseId, EventId, PersonId
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.reference import Role

MAX_EVENTS = 500
MAX_BATCH_BYTES = 1_000_000
MAX_CHANGES = 2_000
MAX_PHOTO_BYTES = 20_000_000
MAX_MARK = 400
MAX_PROOFS = 16
# Refusals of a pull after which a client reads everything again from the beginning.
PULL_ANEW = frozenset({"pull.forgotten", "pull.new_scope"})


@dataclass(frozen=True, slots=True)
class Hello:
    """Who answers at this address. `signing_key` (Ed25519) verifies receipts, `sealing_key` (X25519) seals unsent work to the district;
    both hex. `newest_app` is the version of the app that the district recommends, `app_address` the page where it is, if it says so."""

    service: str
    district_id: str
    district_name: str
    oldest_protocol: int
    newest_protocol: int
    newest_app: str
    now: dt.datetime
    signing_key: str
    sealing_key: str
    app_address: str = ""


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The public keys of a profile: `signing_key` (Ed25519) for the bundles it will write, `sealing_key` (X25519) for the answers; hex."""

    signing_key: str
    sealing_key: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """`signing_key` and `sealing_key` as in `DeviceKeys`, or both empty."""

    account: str
    password: str
    device_id: str
    device_name: str
    signing_key: str = ""
    sealing_key: str = ""


@dataclass(frozen=True, slots=True)
class RedeemCode:
    """The one-time code of a slip becomes a password of one's own. With `password` '' it is only asked whether the code is good."""

    account: str
    code: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """`access_token` goes into `Authorization: Bearer`; `refresh_token` is good once, on this device only."""

    access_token: str
    access_expires_at: dt.datetime
    refresh_token: str
    person_id: str
    account: str
    name: str
    role: Role
    school_code: str
    district_id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    refresh_token: str
    device_id: str


@dataclass(frozen=True, slots=True)
class Push:
    """Events as they were made, oldest first. They stay plain objects here: each is read on its own, so one that cannot be read is
    answered and the rest go on. `former`: receipts that the district once gave for some of these events and has forgotten since it was
    put back from a backup."""

    events: tuple[Mapping[str, Any], ...]
    former: tuple[Receipt, ...] = ()


class Status(StrEnum):
    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one event. Every status but `rejected` comes with a receipt. For `photo.added`, `photo_receipt` is there when the
    district already holds the bytes. `code` and `field` tell why an event was rejected or held; `fields` which fields are in conflict."""

    event_id: str
    status: Status
    receipt: Receipt | None = None
    photo_receipt: Receipt | None = None
    code: str = ""
    field: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PushAnswer:
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One record as it now stands, whole; or, with `left`, a case that has left this device's scope and takes what belongs to it along.
    `to_person` and `to_school` tell whose it is now; `merged_into` that it was a duplicate of that case, and then whose that one is."""

    sequence: int
    type: str
    id: str
    body: Mapping[str, Any] | None = None
    left: bool = False
    to_person: str | None = None
    to_school: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """What became of a held event, for the person who made it: the body of a change of the type `held_decision`, which has the held event's
    id. `taken`: it took effect, for `case_id` where that is not the case it named; otherwise it stays as it is."""

    event_id: EventId
    taken: bool
    note: str
    by: PersonId
    at: dt.datetime
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class PullPage:
    """Changes after the cursor that was asked with, in sequence order. `cursor` is where to go on; `more` whether there is more now.
    `sequence` is the district's newest. `mark` goes back with the cursor: it tells whether the district was put back from a backup since,
    or the scope is another one."""

    changes: tuple[Change, ...]
    cursor: int
    more: bool
    sequence: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """RFC 9457. `code` is one of `fieldapp.errors`' codes, `detail` plain English for logs; clients make their own words from the code."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    field: str = ""
    data: Mapping[str, str] = dataclasses.field(default_factory=dict)
