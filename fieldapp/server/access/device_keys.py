"""The keys of laptops: registered by a signed-in person, asked for when a bundle comes. Public parts only."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import audit, tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day
from fieldapp.wire.bundle_parts import BundleHead
from fieldapp.wire.messages import DeviceKeys

_KEY = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a bundle. `barred` is '' or why this person would be refused over the network."""

    caller: Caller
    sealing_key: str
    barred: str


def require_fit(keys: DeviceKeys) -> None:
    """Raises Refused for what is no key."""
    for field in ("signing_key", "sealing_key"):
        if not _KEY.match(getattr(keys, field)):
            raise Refused("wrong_value", field)


def register(connection: Connection, district_id: str, person_id: str, device_id: str, keys: DeviceKeys, now: dt.datetime) -> None:
    """From now on bundles that this key signed are taken as this person's, from this device. Once said it stands: a key that is known
    already for someone else is refused."""
    table = tables.device_key
    row = {"district_id": district_id, "signing_key": keys.signing_key, "sealing_key": keys.sealing_key}
    row |= {"person_id": person_id, "device_id": device_id}
    adding = insert(table).values(**row, registered_at=now).on_conflict_do_nothing().returning(table.c.signing_key)
    if connection.execute(adding).first():
        known = [(device_id, {"signing_key": keys.signing_key})]
        audit.note(connection, district_id, audit.Action.KEY_REGISTERED, known, person_id=person_id, device_id=device_id, at=now)
        return
    query = select(table).where(table.c.district_id == district_id, table.c.signing_key == keys.signing_key)
    held = connection.execute(query).mappings().one()
    if any(held[name] != value for name, value in row.items()):
        raise Refused("mismatch", "signing_key")


def sender(connection: Connection, district_id: str, head: BundleHead, now: dt.datetime) -> Sender | None:
    """The person and device that registered the bundle's key, if they are those that it names."""
    key, account, person, device = tables.device_key, tables.account, record_tables.person, tables.device
    query = (
        select(key.c.sealing_key, account.c.account, account.c.expires_on, account.c.closed_at, device.c.revoked_at)
        .add_columns(person.c.name, person.c.role, person.c.school_code)
        .join(account, (account.c.district_id == key.c.district_id) & (account.c.person_id == key.c.person_id))
        .join(person, (person.c.district_id == key.c.district_id) & (person.c.id == key.c.person_id))
        .join(device, (device.c.district_id == key.c.district_id) & (device.c.id == key.c.device_id))
        .where(key.c.district_id == district_id, key.c.signing_key == head.signing_key)
        .where(key.c.person_id == head.person_id, key.c.device_id == head.device_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    barred = ""
    if row.revoked_at:
        barred = "device_revoked"
    elif row.closed_at:
        barred = "account_closed"
    elif row.expires_on and thai_day(now) > row.expires_on:
        barred = "account_expired"
    caller = Caller(PersonId(head.person_id), row.account, row.name, Role(row.role), row.school_code, head.device_id, family="")
    return Sender(caller, row.sealing_key, barred)
