"""Sessions of the office's pages: a random token in a cookie, kept here only as its hash. They end by themselves.

The token that protects forms (CSRF) follows from the session's, so that it needs no place of its own and ends with it.
"""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day

# Someone who goes to lunch should not leave children's names open; and nobody works longer than a day.
IDLE = dt.timedelta(minutes=45)
LONGEST = dt.timedelta(hours=12)
# The time of the last request is written down only so often.
_SEEN_EVERY = dt.timedelta(minutes=1)

_session, _account, _person = tables.office_session, tables.account, record_tables.person
_account_columns = (_account.c.account, _account.c.expires_on, _account.c.closed_at)


@dataclass(frozen=True, slots=True)
class OfficeSession:
    """Someone who is signed in at the pages. `notice` is shown once."""

    token_hash: str
    caller: Caller
    notice: str
    csrf: str

    def sent_by_our_form(self, token: str) -> bool:
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def open_session(connection: Connection, district_id: str, person_id: str, now: dt.datetime) -> str:
    """The token for the cookie. Raises Refused for a closed or expired account."""
    _require_open(connection, district_id, person_id, now)
    token = secrets.token_urlsafe(32)
    connection.execute(
        _session.insert(),
        {
            "district_id": district_id,
            "token_hash": sha256_hex(token.encode()),
            "person_id": person_id,
            "notice": "",
            "created_at": now,
            "seen_at": now,
        },
    )
    return token


def find(connection: Connection, district_id: str, token: str, now: dt.datetime) -> OfficeSession:
    """Who calls. Raises Refused sign_in.session_ended, or why the account may not."""
    token_hash = sha256_hex(token.encode())
    mine = (_session.c.district_id == district_id) & (_session.c.token_hash == token_hash)
    query = (
        select(_session, *_account_columns, _person.c.name, _person.c.role, _person.c.school_code)
        .join(_account, (_account.c.district_id == _session.c.district_id) & (_account.c.person_id == _session.c.person_id))
        .join(_person, (_person.c.district_id == _session.c.district_id) & (_person.c.id == _session.c.person_id))
        .where(mine)
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.ended_at or now - row.seen_at > IDLE or now - row.created_at > LONGEST:
        raise Refused("sign_in.session_ended")
    _refuse_barred(row, now)
    if now - row.seen_at > _SEEN_EVERY:
        connection.execute(update(_session).where(mine).values(seen_at=now))
    person_id = PersonId(row.person_id)
    caller = Caller(person_id, row.account, row.name, Role(row.role), row.school_code, device_id="", family=token_hash)
    return OfficeSession(token_hash, caller, row.notice, _form_token(token))


def form_is_of(token: str, form_token: str) -> bool:
    """Whether a form stood on a page of this session, also when it has ended."""
    return bool(token) and hmac.compare_digest(_form_token(token).encode(), form_token.encode())


def _form_token(token: str) -> str:
    return sha256_hex(f"form {token}".encode())


def end(connection: Connection, district_id: str, token_hash: str, now: dt.datetime) -> None:
    _change(connection, district_id, token_hash, ended_at=now)


def put_notice(connection: Connection, district_id: str, token_hash: str, text: str) -> None:
    """Said on the next page; '' once it was."""
    _change(connection, district_id, token_hash, notice=text)


def _change(connection: Connection, district_id: str, token_hash: str, **values: object) -> None:
    mine = (_session.c.district_id == district_id) & (_session.c.token_hash == token_hash)
    connection.execute(update(_session).where(mine).values(**values))


def _require_open(connection: Connection, district_id: str, person_id: str, now: dt.datetime) -> None:
    query = select(_account.c.expires_on, _account.c.closed_at)
    _refuse_barred(connection.execute(query.where(_account.c.district_id == district_id, _account.c.person_id == person_id)).one(), now)


def _refuse_barred(row: Any, now: dt.datetime) -> None:
    if row.closed_at:
        raise Refused("sign_in.account_closed")
    if row.expires_on and thai_day(now) > row.expires_on:
        raise Refused("sign_in.account_expired")
