"""Signing in, staying signed in, and being thrown out. Tokens are random and kept only as hashes.

An access token is good for minutes, a refresh token once and on its device only. A refresh token that comes again after its successor was
used is in two hands: the whole family of sessions ends. Before that it is a client whose answer was lost on the way, and it gets another.
"""

import datetime as dt
import secrets
from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.reference import Role
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day
from fieldapp.wire.messages import Session

ACCESS_LASTS = dt.timedelta(minutes=15)
REFRESH_LASTS = dt.timedelta(days=30)

_session, _account, _device, _person = tables.session, tables.account, tables.device, record_tables.person


def open_session(connection: Connection, district_id: str, person_id: str, device_id: str, device_name: str, now: dt.datetime) -> Session:
    """A first session on a device, after the password was right. Raises Refused for a closed or expired account or a revoked device."""
    statement = insert(_device).values(district_id=district_id, id=device_id, name=device_name, first_seen_at=now, last_seen_at=now)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["district_id", "id"], set_={"name": statement.excluded.name, "last_seen_at": statement.excluded.last_seen_at}
        )
    )
    query = _who(_account.c.person_id == person_id, _device.c.id == device_id)
    row = connection.execute(query.where(_account.c.district_id == district_id, _device.c.district_id == district_id)).mappings().one()
    _refuse_barred(row, now)
    return _new_session(connection, district_id, row, device_id, new_id(), now)


def authenticate(connection: Connection, district_id: str, access_token: str, now: dt.datetime) -> Caller:
    """Who calls. Raises Refused with the reason why this token is good no more."""
    row = _find(connection, district_id, _BY_ACCESS, access_token)
    if row is None:
        raise Refused("sign_in.session_ended")
    _refuse_barred(row, now)
    if row["ended_at"] or row["access_expires_at"] <= now:
        raise Refused("sign_in.session_ended")
    if row["first_used_at"] is None:
        mine = (_session.c.district_id == district_id) & (_session.c.access_hash == row["access_hash"])
        connection.execute(update(_session).where(mine).values(first_used_at=now))
    return _caller(row)


def barred(connection: Connection, district_id: str, access_token: str) -> tuple[Caller, str] | None:
    """For the last word of a laptop whose device was revoked or whose account was closed: who calls, and why they are barred. The token may
    have run out, since such a laptop gets no other. None for everyone else, and after the farewell."""
    row = _find(connection, district_id, _BY_ACCESS, access_token)
    why = barred_why(row) if row is not None else ""
    if row is None or not why or row["refresh_expires_at"] == row["created_at"]:
        return None
    return _caller(row), why


def farewell(connection: Connection, district_id: str, access_token: str) -> tuple[Caller, str]:
    """The laptop has said all it had; from now on it is not listened to. Safe to repeat. Raises Refused for who is not barred."""
    row = _find(connection, district_id, _BY_ACCESS, access_token)
    if row is None:
        raise Refused("sign_in.session_ended")
    why = barred_why(row)
    if not why:
        raise Refused("not_allowed")
    # A session that could be refreshed no moment after it was made: no other way leads to that.
    family = (_session.c.district_id == district_id) & (_session.c.family == row["family"])
    connection.execute(update(_session).where(family).values(refresh_expires_at=_session.c.created_at))
    return _caller(row), why


def barred_why(row: Any) -> str:
    if row["revoked_at"]:
        return "device_revoked"
    return "account_closed" if row["closed_at"] else ""


def refresh_session(connection: Connection, district_id: str, refresh_token: str, device_id: str, now: dt.datetime) -> Session | Refused:
    """The next session of the family, or why there is none. A refusal is returned, not raised: what it ended must be committed."""
    row = _find(connection, district_id, _BY_REFRESH, refresh_token)
    if row is None:
        return Refused("sign_in.session_ended")
    try:
        _refuse_barred(row, now)
    except Refused as refused:
        return refused
    if row["ended_at"] or row["device_id"] != device_id or _successor_in_use(connection, district_id, row):
        end_family(connection, district_id, row["family"], now)
        return Refused("sign_in.session_ended")
    if row["refresh_expires_at"] <= now:
        return Refused("sign_in.session_ended")
    family = (_session.c.district_id == district_id) & (_session.c.family == row["family"])
    later = family & (_session.c.created_at >= row["created_at"]) & (_session.c.access_hash != row["access_hash"])
    connection.execute(update(_session).where(later).values(ended_at=now))
    connection.execute(update(_session).where(family & (_session.c.access_hash == row["access_hash"])).values(refreshed_at=now))
    connection.execute(update(_device).where(_device.c.district_id == district_id, _device.c.id == device_id).values(last_seen_at=now))
    return _new_session(connection, district_id, row, device_id, row["family"], now)


def end_family(connection: Connection, district_id: str, family: str, now: dt.datetime) -> None:
    mine = (_session.c.district_id == district_id) & (_session.c.family == family) & _session.c.ended_at.is_(None)
    connection.execute(update(_session).where(mine).values(ended_at=now))


def _successor_in_use(connection: Connection, district_id: str, row: Any) -> bool:
    if row["refreshed_at"] is None:
        return False
    used = exists().where(
        _session.c.district_id == district_id,
        _session.c.family == row["family"],
        _session.c.created_at >= row["created_at"],
        _session.c.access_hash != row["access_hash"],
        or_(_session.c.first_used_at.is_not(None), _session.c.refreshed_at.is_not(None)),
    )
    return bool(connection.execute(select(used)).scalar())


def _new_session(connection: Connection, district_id: str, row: Any, device_id: str, family: str, now: dt.datetime) -> Session:
    access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    connection.execute(
        _session.insert(),
        {
            "district_id": district_id,
            "access_hash": _hash(access),
            "refresh_hash": _hash(refresh),
            "person_id": row["person_id"],
            "device_id": device_id,
            "family": family,
            "created_at": now,
            "access_expires_at": now + ACCESS_LASTS,
            "refresh_expires_at": now + REFRESH_LASTS,
        },
    )
    return Session(
        access_token=access,
        access_expires_at=now + ACCESS_LASTS,
        refresh_token=refresh,
        person_id=row["person_id"],
        account=row["account"],
        name=row["name"],
        role=Role(row["role"]),
        school_code=row["school_code"],
        district_id=district_id,
    )


def _who(*conditions: Any) -> Any:
    """Account, person and device, joined by the district that they share."""
    return (
        select(
            _account.c.person_id,
            _account.c.account,
            _account.c.expires_on,
            _account.c.closed_at,
            _person.c.name,
            _person.c.role,
            _person.c.school_code,
            _device.c.revoked_at,
        )
        .join(_person, (_person.c.district_id == _account.c.district_id) & (_person.c.id == _account.c.person_id))
        .join(_device, _device.c.district_id == _account.c.district_id)
        .where(*conditions)
    )


# Made once: one of them runs in every request.
_SESSION = (
    _who(_session.c.district_id == bindparam("district"), _device.c.id == _session.c.device_id)
    .add_columns(*(column for column in _session.c if column.name not in ("district_id", "person_id")))
    .join(_session, (_session.c.district_id == _account.c.district_id) & (_session.c.person_id == _account.c.person_id))
)
_BY_ACCESS = _SESSION.where(_session.c.access_hash == bindparam("hash"))
_BY_REFRESH = _SESSION.where(_session.c.refresh_hash == bindparam("hash")).with_for_update(of=_session)


def _find(connection: Connection, district_id: str, query: Any, token: str) -> Any:
    return connection.execute(query, {"district": district_id, "hash": _hash(token)}).mappings().one_or_none()


def _refuse_barred(row: Any, now: dt.datetime) -> None:
    if row["revoked_at"]:
        raise Refused("sign_in.device_revoked")
    if row["closed_at"]:
        raise Refused("sign_in.account_closed")
    if row["expires_on"] and thai_day(now) > row["expires_on"]:
        raise Refused("sign_in.account_expired")


def _caller(row: Any) -> Caller:
    return Caller(
        person_id=PersonId(row["person_id"]),
        account=row["account"],
        name=row["name"],
        role=Role(row["role"]),
        school_code=row["school_code"],
        device_id=row["device_id"],
        family=row["family"],
    )


def _hash(token: str) -> str:
    return sha256_hex(token.encode())
