"""One-time codes: a person sets their own password with one, so that nobody else ever knows it.

A code has 60 random bits and is good once, for two weeks. It stands on the slip and nowhere else: here lies only its SHA-256. From the
moment a code is made the old password is good for nothing, and browsers that were signed in with it are signed out; laptops go on, since
what is unsent on them must come in.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.server import audit, bulk, tables
from fieldapp.server.access import accounts
from fieldapp.server.access.sign_in import count_try, forget_tries
from fieldapp.server.people.tables import sign_in_code

LASTS = dt.timedelta(days=14)
# Without letters and digits that look like others.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4
_account, _code, _office = tables.account, sign_in_code, tables.office_session


class CodeRefused(Exception):
    """`why`: wrong, used, run_out, closed or short_password."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def make(connection: Connection, district_id: str, person_ids: Sequence[str], by: str, now: dt.datetime) -> dict[str, str]:
    """A new code for each of these people whose account is open, by person."""
    mine = (_account.c.district_id == district_id) & _account.c.person_id.in_(list(person_ids)) & _account.c.closed_at.is_(None)
    changed = list(connection.scalars(update(_account).where(mine).values(password_hash="").returning(_account.c.person_id)))
    codes = {person_id: _new() for person_id in changed}
    rows = [
        {
            "district_id": district_id,
            "person_id": person_id,
            "code_sha256": sha256_hex(normal(code).encode()),
            "made_at": now,
            "made_by": by,
            "expires_at": now + LASTS,
            "used_at": None,
        }
        for person_id, code in codes.items()
    ]
    bulk.upsert(connection, _code, rows)
    open_pages = (_office.c.district_id == district_id) & _office.c.person_id.in_(changed) & _office.c.ended_at.is_(None)
    connection.execute(update(_office).where(open_pages).values(ended_at=now))
    noted = [(person_id, dict[str, str]()) for person_id in changed]
    audit.note(connection, district_id, audit.Action.CODE_MADE, noted, person_id=by, device_id=None, at=now)
    return codes


def check(engine: Engine, district_id: str, account: str, code: str, address: str, now: dt.datetime) -> None:
    """Whether this code could set the person's password now; it stays as it is. Raises CodeRefused, or Refused rate_limited."""
    account = accounts.normal_account(account)
    count_try(engine, district_id, account, address, now)
    with engine.begin() as connection:
        found = _matching(connection, district_id, account, code)
        _refuse_closed(found)
        if found.used_at:
            raise CodeRefused("used")
        _refuse_run_out(found, now)
    forget_tries(engine, district_id, account)


def redeem(engine: Engine, district_id: str, account: str, code: str, password: str, address: str, now: dt.datetime) -> None:
    """Set the person's password. The same again is well where the answer to the first was lost. Raises CodeRefused, or Refused
    rate_limited."""
    account = accounts.normal_account(account)
    if accounts.bad_password(password):
        raise CodeRefused("short_password")
    count_try(engine, district_id, account, address, now)
    # No transaction is open while the password is hashed.
    password_hash = accounts.hash_password(password)
    with engine.begin() as connection:
        found = _matching(connection, district_id, account, code)
        _refuse_closed(found)
        if not found.used_at:
            _refuse_run_out(found, now)
            _set_password(connection, district_id, found.person_id, password_hash, now)
    if found.used_at and not accounts.password_fits(password, found.password_hash):
        raise CodeRefused("used")
    forget_tries(engine, district_id, account)


def _matching(connection: Connection, district_id: str, account: str, code: str) -> Any:
    """The code of this account, if it is the one that was typed."""
    query = (
        select(_code, _account.c.closed_at, _account.c.password_hash)
        .join(_account, (_account.c.district_id == _code.c.district_id) & (_account.c.person_id == _code.c.person_id))
        .where(_code.c.district_id == district_id, _account.c.account == account)
        .with_for_update(of=_code)
    )
    row = connection.execute(query).one_or_none()
    if row is None or not secrets.compare_digest(row.code_sha256, sha256_hex(normal(code).encode())):
        raise CodeRefused("wrong")
    return row


def _refuse_closed(found: Any) -> None:
    if found.closed_at:
        raise CodeRefused("closed")


def _refuse_run_out(found: Any, now: dt.datetime) -> None:
    if found.expires_at < now:
        raise CodeRefused("run_out")


def _set_password(connection: Connection, district_id: str, person_id: str, password_hash: str, now: dt.datetime) -> None:
    mine = (_account.c.district_id == district_id) & (_account.c.person_id == person_id)
    connection.execute(update(_account).where(mine).values(password_hash=password_hash))
    used = (_code.c.district_id == district_id) & (_code.c.person_id == person_id)
    connection.execute(update(_code).where(used).values(used_at=now))
    noted = [(person_id, dict[str, str]())]
    audit.note(connection, district_id, audit.Action.PASSWORD_SET, noted, person_id=person_id, device_id=None, at=now)


def normal(typed: str) -> str:
    """How a code is compared: without case, spaces and hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _new() -> str:
    letters = [secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP))
