"""A few referrals and transfers of the sample, of children who are back at school: their lists stay as the story left them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from fieldapp.domain.care.facts import CareFact, CareKind, CareStep
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, EventId, PersonId, new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.errors import SetupError
from fieldapp.records import tables
from fieldapp.server.sample.schools import schools
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Status

_S = ReferralState
# To whom, why, days ago, days until the reply, and the steps a day after one another.
_REFERRALS: Sequence[tuple[str, str, int, int, tuple[ReferralState, ...]]] = (
    ("children_home", "บิดามารดาแยกทาง อยู่กับยายที่เจ็บป่วย ไม่มีผู้ดูแลประจำ", 25, 15, (_S.SIGNED, _S.SENT)),
    ("health_station", "สายตาสั้นมาก อ่านกระดานไม่เห็น ยังไม่เคยตรวจ", 18, 30, (_S.SIGNED, _S.SENT, _S.ACKNOWLEDGED)),
    ("social_development", "ครอบครัวรายได้ไม่พอค่าเดินทางไปโรงเรียน", 30, 14, (_S.SIGNED, _S.SENT, _S.RESULT)),
    ("special_centre", "อ่านเขียนช้ากว่าวัยมาก ควรประเมินความต้องการพิเศษ", 3, 30, ()),
)
_INTERNAL = ("ครูแนะแนว", "ซึมลง ไม่ร่วมกิจกรรมกับเพื่อนตั้งแต่กลับมาเรียน", 6, (_S.SIGNED, _S.SENT, _S.IN_SERVICE))


def write_referrals(connection: Connection, district_id: str, today: dt.date) -> None:
    """After the story. Raises SetupError where one is refused."""
    case = tables.case
    back = select(case.c.id, case.c.child_id, case.c.assignee_id, case.c.school_code).where(
        case.c.district_id == district_id, case.c.state == CaseState.RETURNED.value, case.c.assignee_id.is_not(None)
    )
    cases = connection.execute(back.order_by(case.c.listed_on, case.c.state_on, case.c.id).limit(len(_REFERRALS) + 3)).all()
    facts: list[CareFact] = []
    for row, (agency, reason, ago, reply_in, states) in zip(cases, _REFERRALS, strict=False):
        on = today - dt.timedelta(days=ago)
        referral = Referral(
            CareId(new_id()), row.id, row.child_id, ReferralKind.EXTERNAL, "", reason, on, row.assignee_id, agency_id=agency
        )
        facts += _with_steps(referral, states, reply_by=on + dt.timedelta(days=reply_in))
    for row in cases[len(_REFERRALS) :][:1]:
        receiver, reason, ago, states = _INTERNAL
        on = today - dt.timedelta(days=ago)
        facts += _with_steps(
            Referral(CareId(new_id()), row.id, row.child_id, ReferralKind.INTERNAL, receiver, reason, on, row.assignee_id), states, None
        )
    for row, where in zip(cases[len(_REFERRALS) + 1 :], ("", "สพป.ขอนแก่น เขต 1"), strict=False):
        other = next(one.code for one in schools() if one.code != row.school_code)
        on = today - dt.timedelta(days=4)
        facts.append(_transfer(row.id, row.child_id, row.assignee_id, on, None if where else other, where))
    _record(connection, district_id, facts)


def _with_steps(referral: Referral, states: Sequence[ReferralState], reply_by: dt.date | None) -> list[CareFact]:
    facts: list[CareFact] = [replace(referral, reply_by=reply_by)]
    for day, state in enumerate(states, start=1):
        on = referral.on + dt.timedelta(days=min(day, 2))
        facts.append(
            CareStep(CareId(new_id()), referral.case_id, referral.child_id, referral.id, CareKind.REFERRAL, state.value, on, referral.by)
        )
    return facts


def _transfer(case_id: CaseId, child_id: ChildId, by: PersonId, on: dt.date, to_school: str | None, place: str) -> Transfer:
    return Transfer(CareId(new_id()), case_id, child_id, "ย้ายตามผู้ปกครองที่ไปทำงาน", on, by, to_school=to_school, to_place=place)


def _record(connection: Connection, district_id: str, facts: Sequence[CareFact]) -> None:
    events = [
        Event(EventId(new_id()), care_payload(fact), fact.id, 0, dt.datetime.combine(fact.on, dt.time(17), THAI_TIME), fact.by)
        for fact in facts
    ]
    made = {event.id: event.made_at for event in events}
    answers = record_events(connection, district_id, events, recorded_at=lambda event: made[event.id])
    refused = [answer for answer in answers if answer.status is not Status.ACCEPTED]
    if refused:
        raise SetupError("setup.sample_refused", reason=refused[0].code, field=refused[0].field)
