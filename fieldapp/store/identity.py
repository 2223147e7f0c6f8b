"""Who this profile belongs to and which district it speaks with. Kept inside the encrypted file: the district's keys must not be
exchangeable by someone who only holds the disk."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.event import Record
from fieldapp.domain.identifiers import DeviceId, PersonId
from fieldapp.domain.reference import DISTRICT_ROLES, Person, Role
from fieldapp.store.tables import sync_state

NAME = "identity"
# No district has this code.
PRACTICE_DISTRICT = "-practice-"


@dataclass(frozen=True, slots=True)
class Identity:
    """`signing_key` (Ed25519) and `sealing_key` (X25519) are the district's public keys in hex."""

    district_id: str
    person_id: PersonId
    device_id: DeviceId
    account: str
    person_name: str
    role: Role
    school_code: str
    server_address: str
    signing_key: str
    sealing_key: str

    @property
    def is_practice(self) -> bool:
        """Invented: nothing of it may leave the computer."""
        return self.district_id == PRACTICE_DISTRICT

    @property
    def of_district(self) -> bool:
        return self.role in DISTRICT_ROLES


def read_identity(connection: Connection) -> Identity | None:
    text = connection.execute(select(sync_state.c.value).where(sync_state.c.name == NAME)).scalar()
    return None if text is None else identity_from(text)


def identity_from(text: str) -> Identity:
    values = json.loads(text)
    return Identity(**{**values, "role": Role(values["role"])})


def write_identity(connection: Connection, identity: Identity) -> None:
    value = json.dumps(asdict(identity), ensure_ascii=False)
    statement = insert(sync_state).values(name=NAME, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def own_person(connection: Connection, identity: Identity, records: Iterable[Record]) -> Identity:
    """The identity, changed where the district says that this person has another name, role or school."""
    for record in records:
        if isinstance(record, Person) and record.id == identity.person_id:
            now = replace(identity, person_name=record.name, role=record.role, school_code=record.school_code)
            if now != identity:
                write_identity(connection, now)
            return now
    return identity
