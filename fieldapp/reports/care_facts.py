"""Which facts of care count on a day, as SQL: risks that stand, help that was given. For the risk list and the indicators alike."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, union_all

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.referral import ReferralState
from fieldapp.domain.care.risk import RiskState
from fieldapp.domain.care.support import SupportState
from fieldapp.records import tables

_risk, _support, _referral, _step = tables.risk, tables.support, tables.referral, tables.care_step
# A letter that has left; one that came back was sent, too.
_SENT = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.IN_SERVICE, ReferralState.RESULT, ReferralState.CLOSED)


def stands(district_id: str) -> ColumnElement[bool]:
    """Of a risk: no step has ended it."""
    return ~_stepped(district_id, CareKind.RISK, _risk.c.id, (RiskState.RESOLVED, RiskState.MISTAKEN))


def was_one(district_id: str) -> ColumnElement[bool]:
    """Of a risk, whether it stands or is resolved: it was no mistake."""
    return ~_stepped(district_id, CareKind.RISK, _risk.c.id, (RiskState.MISTAKEN,))


def helps(district_id: str, last: dt.date | None = None) -> Select[Any]:
    """Supports that were given and referrals that were sent, up to a day: case_id, child_id, on_date."""
    later = _support.alias("later")
    corrected = exists().where(
        later.c.district_id == district_id, later.c.supersedes == _support.c.id, later.c.case_id == _support.c.case_id
    )
    taken_back = _stepped(district_id, CareKind.SUPPORT, _support.c.id, (SupportState.TAKEN_BACK,))
    given = select(_support.c.case_id, _support.c.child_id, _support.c.on_date).where(
        _support.c.district_id == district_id, ~corrected, ~taken_back
    )
    sent = (
        select(_referral.c.case_id, _referral.c.child_id, _step.c.on_date)
        .join(_step, (_step.c.district_id == district_id) & (_step.c.of == _referral.c.id))
        .where(_referral.c.district_id == district_id, _step.c.of_kind == CareKind.REFERRAL.value, _step.c.state.in_(_SENT))
    )
    if last is not None:
        given, sent = given.where(_support.c.on_date <= last), sent.where(_step.c.on_date <= last)
    both = union_all(given, sent).subquery("helps")
    return select(both.c.case_id, both.c.child_id, both.c.on_date)


def _stepped(district_id: str, kind: CareKind, fact: ColumnElement[str], states: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        _step.c.district_id == district_id, _step.c.of == fact, _step.c.of_kind == kind.value, _step.c.state.in_(tuple(states))
    )
