"""The people of the district with their accounts, for the office: who they are, when they were last heard of, what their laptops still
hold. A fixed number of queries, however many people."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.sql import Select

from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.devices import unsent_told
from fieldapp.server.people.tables import sign_in_code
from fieldapp.server.problems import Refused

_account, _person, _school = tables.account, record_tables.person, record_tables.school
_session, _office, _case = tables.session, tables.office_session, record_tables.case


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`last_contact` is the newest sign of life, from a laptop or a browser. `unsent` is what their laptops said when they last told it,
    None where none did."""

    person_id: str
    account: str
    name: str
    role: Role
    school_code: str
    school_name: str
    version: int
    expires_on: dt.date | None
    closed_at: dt.datetime | None
    created_at: dt.datetime
    has_password: bool
    code_until: dt.datetime | None
    last_contact: dt.datetime | None
    cases: int
    unsent: int | None
    told_at: dt.datetime | None

    def expired(self, today: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < today


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What is empty asks for nothing. `state`: open, closed, or no_password."""

    text: str = ""
    role: Role | None = None
    school_code: str = ""
    state: str = ""


def count(connection: Connection, district_id: str, wanted: PeopleFilter) -> int:
    query = select(func.count()).select_from(_account.join(_person, _of(_account.c.person_id)))
    found: int = connection.execute(query.where(*_conditions(district_id, wanted))).scalar_one()
    return found


def part(connection: Connection, district_id: str, wanted: PeopleFilter, offset: int, limit: int) -> tuple[PersonRow, ...]:
    """The office first, then by school and name."""
    query = _rows(district_id).where(*_conditions(district_id, wanted))
    query = query.order_by(_person.c.school_code, _person.c.role.desc(), _person.c.name, _account.c.account).offset(offset).limit(limit)
    return tuple(_row(row) for row in connection.execute(query).mappings())


def find(connection: Connection, district_id: str, person_id: str) -> PersonRow:
    """Raises Refused unknown_record."""
    row = connection.execute(_rows(district_id).where(_account.c.person_id == person_id)).mappings().one_or_none()
    if row is None:
        raise Refused("unknown_record", "person_id")
    return _row(row)


def those(connection: Connection, district_id: str, person_ids: list[str]) -> tuple[PersonRow, ...]:
    query = _rows(district_id).where(_account.c.person_id.in_(person_ids)).order_by(_person.c.school_code, _person.c.name)
    return tuple(_row(row) for row in connection.execute(query).mappings())


def _rows(district_id: str) -> Select[Any]:
    contact = (
        select(_session.c.person_id, func.max(func.coalesce(_session.c.first_used_at, _session.c.created_at)).label("at"))
        .where(_session.c.district_id == district_id)
        .group_by(_session.c.person_id)
        .subquery()
    )
    seen = (
        select(_office.c.person_id, func.max(_office.c.seen_at).label("at"))
        .where(_office.c.district_id == district_id)
        .group_by(_office.c.person_id)
        .subquery()
    )
    still = unsent_told.still(district_id)
    told = (
        select(still.c.person_id, func.sum(still.c.records + still.c.photos).label("unsent"), func.max(still.c.told_at).label("told_at"))
        .group_by(still.c.person_id)
        .subquery()
    )
    carried = (
        select(_case.c.assignee_id, func.count().label("cases"))
        .where(_case.c.district_id == district_id, _case.c.assignee_id.is_not(None))
        .group_by(_case.c.assignee_id)
        .subquery()
    )
    code = sign_in_code
    return (
        select(
            _account.c.person_id,
            _account.c.account,
            _person.c.name,
            _person.c.role,
            _person.c.school_code,
            func.coalesce(_school.c.name, "").label("school_name"),
            _person.c.version,
            _account.c.expires_on,
            _account.c.closed_at,
            _account.c.created_at,
            (_account.c.password_hash != "").label("has_password"),
            code.c.expires_at.label("code_until"),
            func.greatest(contact.c.at, seen.c.at, told.c.told_at).label("last_contact"),
            func.coalesce(carried.c.cases, 0).label("cases"),
            told.c.unsent,
            told.c.told_at,
        )
        .join(_person, _of(_account.c.person_id))
        .outerjoin(_school, (_school.c.district_id == district_id) & (_school.c.code == _person.c.school_code))
        .outerjoin(code, (code.c.district_id == district_id) & (code.c.person_id == _account.c.person_id) & code.c.used_at.is_(None))
        .outerjoin(contact, contact.c.person_id == _account.c.person_id)
        .outerjoin(seen, seen.c.person_id == _account.c.person_id)
        .outerjoin(told, told.c.person_id == _account.c.person_id)
        .outerjoin(carried, carried.c.assignee_id == _account.c.person_id)
        .where(_account.c.district_id == district_id)
    )


def _of(person_id: Any) -> Any:
    return (_person.c.district_id == _account.c.district_id) & (_person.c.id == person_id)


def _conditions(district_id: str, wanted: PeopleFilter) -> list[Any]:
    found: list[Any] = [_account.c.district_id == district_id]
    if wanted.text:
        like = f"%{wanted.text.casefold()}%"
        found.append(or_(func.lower(_person.c.name).like(like), _account.c.account.like(like)))
    if wanted.role:
        found.append(_person.c.role == wanted.role)
    if wanted.school_code:
        found.append(_person.c.school_code == wanted.school_code)
    match wanted.state:
        case "open":
            found.append(_account.c.closed_at.is_(None))
        case "closed":
            found.append(_account.c.closed_at.is_not(None))
        case "no_password":
            found += [_account.c.closed_at.is_(None), _account.c.password_hash == ""]
    return found


def _row(row: Any) -> PersonRow:
    return PersonRow(**{**row, "role": Role(row["role"])})
