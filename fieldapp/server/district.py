"""The district itself: its name and keys, made once."""

import datetime as dt
from dataclasses import dataclass

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.server import tables

# The product's first user: Kalasin Primary Educational Service Area Office 3.
DEFAULT_ID = "4603"
DEFAULT_NAME = "สพป.กาฬสินธุ์ เขต 3"


@dataclass(frozen=True, slots=True)
class District:
    """What everyone may know of a district; keys are public ones, hex."""

    id: str
    name: str
    signing_key: str
    sealing_key: str


def ensure_district(connection: Connection, district_id: str, name: str, now: dt.datetime) -> District:
    """The district, made with new keys where it is not there yet. Processes that start at once agree on the first one's keys."""
    connection.execute(
        insert(tables.district)
        .values(
            district_id=district_id,
            name=name,
            last_sequence=0,
            signing_seed=bytes(SigningKey.generate()).hex(),
            sealing_seed=bytes(PrivateKey.generate()).hex(),
            created_at=now,
        )
        .on_conflict_do_nothing()
    )
    row = connection.execute(select(tables.district).where(tables.district.c.district_id == district_id)).one()
    return District(
        id=row.district_id,
        name=row.name,
        signing_key=bytes(SigningKey(bytes.fromhex(row.signing_seed)).verify_key).hex(),
        sealing_key=bytes(PrivateKey(bytes.fromhex(row.sealing_seed)).public_key).hex(),
    )
