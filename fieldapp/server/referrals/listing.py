"""Referrals and transfers over the whole district, filtered, in parts: the same few queries however many there are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, select

from fieldapp.domain.care.facts import STATES, CareKind
from fieldapp.domain.care.referral import AWAITING_REPLY, ENDED, ReferralKind, ReferralState
from fieldapp.domain.care.transfer import TransferState
from fieldapp.domain.states import CaseState
from fieldapp.records import tables

_referral, _transfer, _step, _case, _child = tables.referral, tables.transfer, tables.care_step, tables.case, tables.child
_school, _agency, _person = tables.school, tables.agency, tables.person


@dataclass(frozen=True, slots=True)
class Wanted:
    """All conditions combine; one that is empty does not count. `late_on`: those whose reply is overdue on that day."""

    state: ReferralState | None = None
    kind: ReferralKind | None = None
    agency: str = ""
    school: str = ""
    late_on: dt.date | None = None
    open_only: bool = False


@dataclass(frozen=True, slots=True)
class ReferralRow:
    id: str
    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    kind: ReferralKind
    receiver: str
    reason: str
    number: str
    on: dt.date
    by_name: str
    school_name: str
    reply_by: dt.date | None
    state: ReferralState
    state_on: dt.date
    sent_on: dt.date | None

    def days_waiting(self, today: dt.date) -> int | None:
        """Since the letter went out; None while no reply is waited for."""
        return (today - self.sent_on).days if self.sent_on and self.state in AWAITING_REPLY else None

    def is_late(self, today: dt.date) -> bool:
        return self.reply_by is not None and self.reply_by < today and self.state in AWAITING_REPLY


@dataclass(frozen=True, slots=True)
class TransferRow:
    """`to`: the school's name, or the place in words; `note` of the last step."""

    id: str
    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    school_name: str
    to: str
    in_district: bool
    grade: str
    reason: str
    on: dt.date
    by_name: str
    state: TransferState
    state_on: dt.date
    note: str


def count(connection: Connection, district_id: str, wanted: Wanted) -> int:
    found: int = connection.execute(_referrals(district_id, wanted, [func.count()])).scalar_one()
    return found


def part(
    connection: Connection, district_id: str, wanted: Wanted, today: dt.date, offset: int = 0, limit: int | None = None
) -> tuple[ReferralRow, ...]:
    """Overdue replies first, the longest overdue on top; then those whose reply is waited for; then the newest."""
    latest = _latest(district_id, CareKind.REFERRAL)
    state = func.coalesce(latest.c.state, ReferralState.DRAFT.value)
    waits = state.in_(AWAITING_REPLY)
    sent_on = (
        select(func.max(_step.c.on_date))
        .where(_step.c.district_id == district_id, _step.c.of == _referral.c.id, _step.c.state == ReferralState.SENT.value)
        .correlate(_referral)
        .scalar_subquery()
    )
    columns = [
        _referral.c.id,
        *_of_child(_referral, district_id),
        _referral.c.kind,
        func.coalesce(_agency.c.name, _referral.c.receiver).label("receiver"),
        _referral.c.reason,
        _referral.c.number,
        _referral.c.on_date.label("on"),
        _referral.c.reply_by,
        state.label("state"),
        func.coalesce(latest.c.on_date, _referral.c.on_date).label("state_on"),
        sent_on.label("sent_on"),
    ]
    late = case((and_(waits, _referral.c.reply_by < today), _referral.c.reply_by), else_=None)
    order = (late.asc().nulls_last(), case((waits, 0), else_=1), _referral.c.on_date.desc(), _referral.c.id)
    query = _referrals(district_id, wanted, columns, latest).order_by(*order).offset(offset).limit(limit)
    return tuple(
        ReferralRow(**{**row, "kind": ReferralKind(row["kind"]), "state": ReferralState(row["state"])})
        for row in connection.execute(query).mappings()
    )


def count_transfers(connection: Connection, district_id: str, state: TransferState | None = None) -> int:
    found: int = connection.execute(_transfers(district_id, state, [func.count()])).scalar_one()
    return found


def transfers(
    connection: Connection, district_id: str, state: TransferState | None = None, offset: int = 0, limit: int | None = None
) -> tuple[TransferRow, ...]:
    """Those that wait for an answer first, the oldest on top; then the newest."""
    latest = _latest(district_id, CareKind.TRANSFER)
    stands = func.coalesce(latest.c.state, TransferState.ASKED.value)
    to_name = select(_school.c.name).where(_school.c.district_id == district_id, _school.c.code == _transfer.c.to_school).scalar_subquery()
    columns = [
        _transfer.c.id,
        *_of_child(_transfer, district_id),
        func.coalesce(to_name, _transfer.c.to_school, _transfer.c.to_place).label("to"),
        _transfer.c.to_school.is_not(None).label("in_district"),
        _transfer.c.grade,
        _transfer.c.reason,
        _transfer.c.on_date.label("on"),
        stands.label("state"),
        func.coalesce(latest.c.on_date, _transfer.c.on_date).label("state_on"),
        func.coalesce(latest.c.note, "").label("note"),
    ]
    asked = case((stands == TransferState.ASKED.value, _transfer.c.on_date), else_=None)
    query = _transfers(district_id, state, columns, latest).order_by(asked.asc().nulls_last(), _transfer.c.on_date.desc(), _transfer.c.id)
    found = connection.execute(query.offset(offset).limit(limit)).mappings()
    return tuple(TransferRow(**{**row, "state": TransferState(row["state"])}) for row in found)


def count_waiting(connection: Connection, district_id: str, today: dt.date) -> int:
    """What needs somebody in the office: replies that are overdue, transfers that are asked for."""
    return count(connection, district_id, Wanted(late_on=today)) + count_transfers(connection, district_id, TransferState.ASKED)


def _transfers(district_id: str, state: TransferState | None, columns: Sequence[Any], latest: Subquery | None = None) -> Select[Any]:
    if latest is None:
        latest = _latest(district_id, CareKind.TRANSFER)
    joined = _with_child(_transfer).outerjoin(latest, and_(latest.c.of == _transfer.c.id, latest.c.place == 1))
    conditions = [_transfer.c.district_id == district_id, _case.c.state != CaseState.WITHDRAWN]
    if state is not None:
        conditions.append(func.coalesce(latest.c.state, TransferState.ASKED.value) == state.value)
    return select(*columns).select_from(joined).where(*conditions)


def _referrals(district_id: str, wanted: Wanted, columns: Sequence[Any], latest: Subquery | None = None) -> Select[Any]:
    if latest is None:
        latest = _latest(district_id, CareKind.REFERRAL)
    state = func.coalesce(latest.c.state, ReferralState.DRAFT.value)
    other = _referral.alias("other")
    replaced = select(1).where(other.c.district_id == district_id, other.c.supersedes == _referral.c.id).exists()
    joined = (
        _with_child(_referral)
        .outerjoin(latest, and_(latest.c.of == _referral.c.id, latest.c.place == 1))
        .outerjoin(_agency, and_(_agency.c.district_id == district_id, _agency.c.id == _referral.c.agency_id))
    )
    conditions = [_referral.c.district_id == district_id, ~replaced, _case.c.state != CaseState.WITHDRAWN, *_wanted(wanted, state)]
    return select(*columns).select_from(joined).where(*conditions)


def _wanted(wanted: Wanted, state: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state:
        found.append(state == wanted.state.value)
    if wanted.open_only:
        found.append(state.not_in(ENDED))
    if wanted.late_on:
        found += [state.in_(AWAITING_REPLY), _referral.c.reply_by < wanted.late_on]
    for column, value in ((_referral.c.kind, wanted.kind), (_referral.c.agency_id, wanted.agency), (_case.c.school_code, wanted.school)):
        if value:
            found.append(column == value)
    return found


def _latest(district_id: str, kind: CareKind) -> Subquery:
    """Each fact's steps with their place: 1 is where it stands, by the same order as `domain.care.facts.standing`."""
    order = case({state.value: place for place, state in enumerate(STATES[kind])}, value=_step.c.state, else_=-1)
    by = (_step.c.on_date.desc(), order.desc(), _step.c.id.desc())
    place = func.row_number().over(partition_by=_step.c.of, order_by=by).label("place")
    return (
        select(_step.c.of, _step.c.state, _step.c.on_date, _step.c.note, place)
        .where(_step.c.district_id == district_id, _step.c.of_kind == kind.value)
        .subquery()
    )


def _with_child(table: Any) -> Any:
    return table.join(_case, and_(_case.c.district_id == table.c.district_id, _case.c.id == table.c.case_id)).join(
        _child, and_(_child.c.district_id == _case.c.district_id, _child.c.id == _case.c.child_id)
    )


def _of_child(table: Any, district_id: str) -> list[Any]:
    by = select(_person.c.name).where(_person.c.district_id == district_id, _person.c.id == table.c.by_person).scalar_subquery()
    school = select(_school.c.name).where(_school.c.district_id == district_id, _school.c.code == _case.c.school_code).scalar_subquery()
    return [
        _case.c.id.label("case_id"),
        _child.c.id.label("child_id"),
        *(_child.c[name] for name in ("title", "given_name", "family_name")),
        func.coalesce(by, "").label("by_name"),
        func.coalesce(school, "").label("school_name"),
    ]
