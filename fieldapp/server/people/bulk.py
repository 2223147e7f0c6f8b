"""Many accounts at once: each row of a spreadsheet with what keeps it back, and adding those that nothing does.

Whoever is added has no password and sets one with the code of their slip.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.reference import Person, Role
from fieldapp.domain.thai_dates import DateUnreadable, Precision, parse
from fieldapp.server import bulk, tables
from fieldapp.server.access import accounts
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.district_data.reading import schools
from fieldapp.server.write_path.recording import put_reference

# What a spreadsheet may call a role, beside its code; Thai words only, since the district writes Thai.
_ROLES: Mapping[str, Role] = {
    "ครู": Role.TEACHER,
    "ผู้บริหารโรงเรียน": Role.SCHOOL_HEAD,
    "ผู้บริหาร": Role.SCHOOL_HEAD,
    "ผู้อำนวยการโรงเรียน": Role.SCHOOL_HEAD,
    "ผอ.": Role.SCHOOL_HEAD,
    "เจ้าหน้าที่เขต": Role.OFFICER,
    "เจ้าหน้าที่": Role.OFFICER,
    "ศึกษานิเทศก์": Role.OFFICER,
    "ผู้ประสานงาน": Role.COORDINATOR,
    "ภาคีเครือข่าย": Role.PARTNER,
    "ผู้ดูแลระบบ": Role.ADMIN,
    **{role.value: role for role in Role},
}


@dataclass(frozen=True, slots=True)
class PersonOfSheet:
    """A row as it would be taken. `wrong` is what keeps it back."""

    given: Mapping[str, str]
    account: str
    role: Role | None
    expires_on: dt.date | None
    wrong: tuple[str, ...]


def check(connection: Connection, district_id: str, given: Sequence[Mapping[str, str]], today: dt.date) -> list[PersonOfSheet]:
    """Two queries, however many rows. The same account twice is said of the second."""
    taken = set(connection.scalars(select(tables.account.c.account).where(tables.account.c.district_id == district_id)))
    known = {school.code for school in schools(connection, district_id, active_only=True)}
    seen: set[str] = set()
    found = []
    for row in given:
        account, role = accounts.normal_account(row["account"]), _ROLES.get(row["role"].strip().casefold())
        expires_on, unreadable = _day(row["expires_on"], today)
        school = row["school_code"]
        wrong = {
            "name": accounts.bad_name(row["name"]),
            "account": accounts.bad_account(account),
            "taken": account in taken,
            "twice": bool(account) and account in seen,
            "role": role is None,
            "school_code": (role is not None and accounts.bad_school(role, school)) or (bool(school) and school not in known),
            "expires_on": unreadable or (expires_on is not None and expires_on < today),
        }
        seen.add(account)
        found.append(PersonOfSheet(row, account, role, expires_on, tuple(name for name, bad in wrong.items() if bad)))
    return found


def take(connection: Connection, district_id: str, given: Sequence[Mapping[str, str]], today: dt.date, now: dt.datetime) -> list[Person]:
    """Add those that nothing keeps back, in the caller's transaction."""
    lock_district(connection, district_id)
    people: list[Person] = []
    rows = []
    for row in check(connection, district_id, given, today):
        if row.wrong or row.role is None:
            continue
        person = Person(PersonId(new_id()), row.given["name"].strip(), row.role, row.given["school_code"])
        people.append(person)
        rows.append(
            {
                "district_id": district_id,
                "person_id": person.id,
                "account": row.account,
                "password_hash": "",
                "expires_on": row.expires_on,
                "created_at": now,
            }
        )
    bulk.insert(connection, tables.account, rows)
    put_reference(connection, district_id, people)
    return people


def _day(text: str, today: dt.date) -> tuple[dt.date | None, bool]:
    """The day, and whether it cannot be read."""
    if not text.strip():
        return None, False
    try:
        read = parse(text.partition(" 00:00:00")[0], today=today)
    except DateUnreadable:
        return None, True
    return read.on, read.precision is not Precision.DAY
