"""Checking a password, slowly for who guesses. A try counts as failed until it has succeeded, so parallel guesses are counted too."""

import datetime as dt

from sqlalchemy import Engine, delete, func, or_, select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import new_id
from fieldapp.server import audit, tables
from fieldapp.server.access import auth, device_keys
from fieldapp.server.access.accounts import normal_account, password_fits
from fieldapp.server.problems import Refused
from fieldapp.wire.messages import DeviceKeys, Session, SignIn

WINDOW = dt.timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
# A whole school may sit behind one address.
TRIES_PER_ADDRESS = 100
_MAX_TEXT = 200


def sign_in(engine: Engine, district_id: str, message: SignIn, address: str, now: dt.datetime) -> Session:
    """A session for account and password. Raises Refused. No transaction is open while the password is hashed."""
    _refuse_unfit(message)
    keys = DeviceKeys(message.signing_key, message.sealing_key) if message.signing_key or message.sealing_key else None
    if keys:
        device_keys.require_fit(keys)
    person_id = prove(engine, district_id, message.account, message.password, address, now)
    with engine.begin() as connection:
        session = auth.open_session(connection, district_id, person_id, message.device_id, message.device_name, now)
        if keys:
            device_keys.register(connection, district_id, person_id, message.device_id, keys, now)
        audit.note(
            connection,
            district_id,
            audit.Action.SIGNED_IN,
            [(person_id, {})],
            person_id=person_id,
            device_id=message.device_id,
            at=now,
        )
    return session


def prove(engine: Engine, district_id: str, account: str, password: str, address: str, now: dt.datetime) -> str:
    """The person who has this account and password. Raises Refused sign_in.wrong_password or rate_limited; whether the account is closed is
    for the session to say."""
    account = normal_account(account)
    count_try(engine, district_id, account, address, now)
    table = tables.account
    with engine.begin() as connection:
        query = select(table.c.person_id, table.c.password_hash).where(table.c.district_id == district_id, table.c.account == account)
        found = connection.execute(query).one_or_none()
    if not password_fits(password, found.password_hash if found else None) or found is None:
        raise Refused("sign_in.wrong_password")
    forget_tries(engine, district_id, account)
    person_id: str = found.person_id
    return person_id


def count_try(engine: Engine, district_id: str, account: str, address: str, now: dt.datetime) -> None:
    """One more try at this account from this address. Raises Refused rate_limited where there were too many."""
    account_sha256 = sha256_hex(account.encode())
    table = tables.sign_in_failure
    with engine.begin() as connection:
        connection.execute(delete(table).where(table.c.district_id == district_id, table.c.at <= now - WINDOW))
        counted = connection.execute(
            select(
                func.count().filter(table.c.account_sha256 == account_sha256).label("of_account"),
                func.count().filter(table.c.address == address).label("of_address"),
                func.min(table.c.at).label("first_at"),
            ).where(table.c.district_id == district_id, or_(table.c.account_sha256 == account_sha256, table.c.address == address))
        ).one()
        if counted.of_account >= TRIES_PER_ACCOUNT or counted.of_address >= TRIES_PER_ADDRESS:
            wait = (counted.first_at + WINDOW - now).total_seconds()
            raise Refused("rate_limited", seconds=max(1, round(wait)))
        connection.execute(
            table.insert(),
            {"district_id": district_id, "id": new_id(), "account_sha256": account_sha256, "address": address, "at": now},
        )


def forget_tries(engine: Engine, district_id: str, account: str) -> None:
    """It was them after all."""
    failures, account_sha256 = tables.sign_in_failure, sha256_hex(account.encode())
    with engine.begin() as connection:
        connection.execute(delete(failures).where(failures.c.district_id == district_id, failures.c.account_sha256 == account_sha256))


def _refuse_unfit(message: SignIn) -> None:
    for field in ("account", "password", "device_id", "device_name"):
        value = getattr(message, field)
        if not value.strip() or len(value) > _MAX_TEXT or "\x00" in value:
            raise Refused("wrong_value", field)
