"""Accounts: district staff may see them, an administrator keeps them."""

import datetime as dt
from dataclasses import dataclass

from fastapi import APIRouter, Response
from sqlalchemy import select

from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.accounts import add_account, change_person, close_account
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import Work, handler, reply
from fieldapp.server.problems import Refused

router = APIRouter(prefix="/accounts", tags=["office"])


@dataclass(frozen=True, slots=True)
class AccountRow:
    person_id: str
    account: str
    name: str
    role: Role
    school_code: str
    expires_on: dt.date | None
    closed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Accounts:
    accounts: tuple[AccountRow, ...]


@dataclass(frozen=True, slots=True)
class NewAccount:
    account: str
    password: str
    name: str
    role: Role
    school_code: str = ""
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ChangedAccount:
    """What is null stays."""

    name: str | None = None
    role: Role | None = None
    school_code: str | None = None


@router.get("", response_model=Accounts)
@handler(DISTRICT_ROLES)
def accounts(work: Work) -> Response:
    return reply(Accounts(_rows(work)))


@router.post("", status_code=201, response_model=AccountRow)
@handler(ADMIN_ONLY)
def add(work: Work, new: NewAccount) -> Response:
    person = add_account(work.connection, work.district_id, new.account, new.password, new.name, new.role, new.school_code, new.expires_on)
    work.note(Action.ACCOUNT_ADDED, person.id)
    return reply(_rows(work, person.id)[0], 201)


@router.patch("/{person_id}", response_model=AccountRow, responses=refusals("unknown_record"))
@handler(ADMIN_ONLY)
def change(work: Work, person_id: str, new: ChangedAccount) -> Response:
    """Another name, role or school of a person. Nobody changes their own role: there must be an administrator left."""
    found = _rows(work, person_id)
    if not found:
        raise Refused("unknown_record", "person_id")
    if person_id == work.caller.person_id and new.role not in (None, found[0].role):
        raise Refused("not_allowed", "role")
    change_person(work.connection, work.district_id, person_id, work.now, name=new.name, role=new.role, school_code=new.school_code)
    work.note(Action.ACCOUNT_CHANGED, person_id)
    return reply(_rows(work, person_id)[0])


@router.post("/{person_id}/close", status_code=204, responses=refusals("unknown_record"))
@handler(ADMIN_ONLY)
def close(work: Work, person_id: str) -> Response:
    """From now on the person is refused everywhere; what their laptops had not sent is theirs to bring to the office."""
    if not _rows(work, person_id):
        raise Refused("unknown_record", "person_id")
    if person_id == work.caller.person_id:
        raise Refused("not_allowed", "person_id")
    close_account(work.connection, work.district_id, person_id, work.now)
    work.note(Action.ACCOUNT_CLOSED, person_id)
    return Response(status_code=204)


def _rows(work: Work, person_id: str | None = None) -> tuple[AccountRow, ...]:
    account, person = tables.account, record_tables.person
    query = (
        select(
            account.c.person_id,
            account.c.account,
            person.c.name,
            person.c.role,
            person.c.school_code,
            account.c.expires_on,
            account.c.closed_at,
        )
        .join(person, (person.c.district_id == account.c.district_id) & (person.c.id == account.c.person_id))
        .where(account.c.district_id == work.district_id)
        .order_by(account.c.account)
    )
    if person_id is not None:
        query = query.where(account.c.person_id == person_id)
    return tuple(
        AccountRow(row.person_id, row.account, row.name, Role(row.role), row.school_code, row.expires_on, row.closed_at)
        for row in work.connection.execute(query)
    )
