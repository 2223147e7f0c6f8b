"""Accounts: who may sign in. The person as others see them is a record of its own (`domain.reference.Person`), shared with everyone."""

import datetime as dt
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select, update

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.reference import Person, Role
from fieldapp.errors import SetupError
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.write_path.recording import put_reference

MIN_PASSWORD = 8
_MAX_TEXT = 200

_HASHER = PasswordHasher()
# Each hash takes 64 MiB for a moment; a flood of sign-ins must wait, not fill the memory.
_HASHING = threading.BoundedSemaphore(2)


def normal_account(typed: str) -> str:
    """How an account name is kept and compared: without case and outer spaces."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def hash_password(password: str) -> str:
    with _HASHING:
        return _HASHER.hash(unicodedata.normalize("NFC", password))


# Nobody's password. Checked for accounts that do not exist, so that an answer takes as long as for one that does.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$rTkV+UQ8cVucX7j3p4BI0A$tAF+Cr2GendcJcMScksejdlA77/YI8tzupySiIRoEvY"


def password_fits(password: str, password_hash: str | None) -> bool:
    """Whether the password is the account's; takes as long where there is no account (None), or none that has a password ('')."""
    with _HASHING:
        try:
            fits = _HASHER.verify(password_hash or _NOBODY, unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
    return fits and bool(password_hash)


def add_account(
    connection: Connection,
    district_id: str,
    account: str,
    password: str | None,
    name: str,
    role: Role,
    school_code: str = "",
    expires_on: dt.date | None = None,
) -> Person:
    """Add a person who may sign in, in the caller's transaction; without a password not before they set one with a one-time code
    (`people.codes`). Raises SetupError('setup.bad_value', field=…) for an account that is
    taken, a password under 8 characters, a missing name, or a teacher or school head without a school."""
    account = normal_account(account)
    _refuse_unfit(account, password, name, role, school_code)
    taken = select(tables.account.c.person_id).where(tables.account.c.district_id == district_id, tables.account.c.account == account)
    if connection.execute(taken).first():
        raise SetupError("setup.bad_value", field="account", reason="taken")
    person = Person(PersonId(new_id()), name.strip(), role, school_code)
    connection.execute(
        tables.account.insert(),
        {
            "district_id": district_id,
            "person_id": person.id,
            "account": account,
            "password_hash": "" if password is None else hash_password(password),
            "expires_on": expires_on,
            "created_at": dt.datetime.now(dt.UTC),
        },
    )
    put_reference(connection, district_id, [person])
    return person


def close_account(connection: Connection, district_id: str, person_id: str, now: dt.datetime) -> bool:
    """From now on the person cannot sign in, and signed-in devices are refused at their next contact. False where there is no such
    account."""
    table = tables.account
    query = update(table).where(table.c.district_id == district_id, table.c.person_id == person_id, table.c.closed_at.is_(None))
    closed = connection.execute(query.values(closed_at=now)).rowcount
    sessions = tables.session
    connection.execute(
        update(sessions)
        .where(sessions.c.district_id == district_id, sessions.c.person_id == person_id, sessions.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    person = person_of(connection, district_id, person_id)
    if closed and person:
        put_reference(connection, district_id, [replace(person, active=False, version=person.version + 1)])
    return bool(closed)


def change_person(
    connection: Connection,
    district_id: str,
    person_id: str,
    now: dt.datetime,
    *,
    name: str | None = None,
    role: Role | None = None,
    school_code: str | None = None,
) -> Person | None:
    """Another name, role or school; what is None stays. Their laptops read their new scope at the next sync, and what they recorded in the
    old one is held. None where there is no such person; raises SetupError('setup.bad_value', field=…) as `add_account`."""
    person = person_of(connection, district_id, person_id)
    if person is None:
        return None
    new = replace(
        person,
        name=person.name if name is None else name.strip(),
        role=person.role if role is None else role,
        school_code=person.school_code if school_code is None else school_code,
        version=person.version + 1,
    )
    _refuse_bad({"name": bad_name(new.name), "school_code": bad_school(new.role, new.school_code)})
    if (new.role, new.school_code) != (person.role, person.school_code):
        row = {"district_id": district_id, "person_id": person_id, "until": now, "role": person.role, "school_code": person.school_code}
        connection.execute(tables.past_scope.insert(), row)
    put_reference(connection, district_id, [new])
    return new


def extend_account(connection: Connection, district_id: str, person_id: str, expires_on: dt.date | None) -> bool:
    """Until when the person may sign in, None for without end. False where there is no such account."""
    table = tables.account
    query = update(table).where(table.c.district_id == district_id, table.c.person_id == person_id)
    return bool(connection.execute(query.values(expires_on=expires_on)).rowcount)


def person_of(connection: Connection, district_id: str, person_id: str) -> Person | None:
    table = record_tables.person
    row = connection.execute(select(table).where(table.c.district_id == district_id, table.c.id == person_id)).mappings().one_or_none()
    return rows.person_from(row) if row else None


def _refuse_unfit(account: str, password: str | None, name: str, role: Role, school_code: str) -> None:
    _refuse_bad(
        {
            "account": bad_account(account),
            "password": password is not None and bad_password(password),
            "name": bad_name(name),
            "school_code": bad_school(role, school_code),
        }
    )


def bad_account(account: str) -> bool:
    return not account or len(account) > _MAX_TEXT or "\x00" in account


def bad_password(password: str) -> bool:
    return not MIN_PASSWORD <= len(password) <= _MAX_TEXT


def bad_name(name: str) -> bool:
    return not name.strip() or len(name) > _MAX_TEXT or "\x00" in name


def bad_school(role: Role, school_code: str) -> bool:
    missing = not school_code and role in (Role.TEACHER, Role.SCHOOL_HEAD)
    return missing or len(school_code) > _MAX_TEXT or "\x00" in school_code


def _refuse_bad(unfit: Mapping[str, bool]) -> None:
    for field, bad in unfit.items():
        if bad:
            raise SetupError("setup.bad_value", field=field)
