"""What the office records of a referral or a transfer: the same events as a laptop's, made by an officer."""

import datetime as dt

from sqlalchemy import Connection

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.referral import AWAITING_REPLY, Referral, ReferralState, next_states
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.event import Event
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import CareId, EventId, PersonId, new_id
from fieldapp.domain.payloads import FollowUpClosed, Payload, care_payload
from fieldapp.records.care import Stood, care_of
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import record_events
from fieldapp.server.write_path.sequence import hold
from fieldapp.wire.messages import Status

# What the office may say about a transfer that is asked for.
ANSWERS = (TransferState.ACCEPTED, TransferState.REFUSED, TransferState.CALLED_OFF)


def record_step(
    connection: Connection, district_id: str, referral_id: str, state: ReferralState, on: dt.date, note: str, by: PersonId
) -> Referral:
    """In the caller's transaction. Raises Refused unknown_record, wrong_value with its field, changed_meanwhile."""
    hold(connection, district_id)
    referral, stood = found(connection, district_id, referral_id)
    if state not in next_states(ReferralState(stood.state)):
        raise Refused("wrong_value", "state")
    if on < max((step.on for step in stood.steps), default=referral.on):
        raise Refused("wrong_value", "on")
    acts: list[tuple[Payload, str]] = [_step(referral, CareKind.REFERRAL, state, on, note, by)]
    task = SqlRecords(connection, district_id).follow_up(referral.reply_task)
    if state not in AWAITING_REPLY and task is not None and task.state is FollowUpState.OPEN:
        ended = FollowUpState.CANCELLED if state is ReferralState.CALLED_OFF else FollowUpState.DONE
        acts.append((FollowUpClosed(ended, on), task.id))
    _record(connection, district_id, acts, by)
    return referral


def answer_transfer(
    connection: Connection, district_id: str, transfer_id: str, state: TransferState, on: dt.date, note: str, by: PersonId
) -> Transfer:
    """Accepted, its case goes to the school. In the caller's transaction. Raises Refused unknown_record, wrong_value with its field."""
    hold(connection, district_id)
    transfer = SqlRecords(connection, district_id).care(CareKind.TRANSFER, CareId(transfer_id))
    if not isinstance(transfer, Transfer):
        raise Refused("unknown_record", "transfer_id")
    stood = _stands(connection, district_id, transfer)
    if stood.state is not TransferState.ASKED or state not in ANSWERS:
        raise Refused("wrong_value", "state")
    if on < transfer.on:
        raise Refused("wrong_value", "on")
    _record(connection, district_id, [_step(transfer, CareKind.TRANSFER, state, on, note, by)], by)
    return transfer


def found(connection: Connection, district_id: str, referral_id: str) -> tuple[Referral, Stood]:
    """Raises Refused unknown_record, also for a draft that another has replaced."""
    referral = SqlRecords(connection, district_id).care(CareKind.REFERRAL, CareId(referral_id))
    if not isinstance(referral, Referral):
        raise Refused("unknown_record", "referral_id")
    return referral, _stands(connection, district_id, referral)


def _stands(connection: Connection, district_id: str, fact: Referral | Transfer) -> Stood:
    for one in care_of(connection, district_id, [fact.case_id]).facts:
        if one.fact.id == fact.id:
            return one
    raise Refused("unknown_record", "referral_id")


def _step(
    fact: Referral | Transfer, kind: CareKind, state: ReferralState | TransferState, on: dt.date, note: str, by: PersonId
) -> tuple[Payload, str]:
    step = CareStep(CareId(new_id()), fact.case_id, fact.child_id, fact.id, kind, state.value, on, by, note)
    return care_payload(step), step.id


def _record(connection: Connection, district_id: str, acts: list[tuple[Payload, str]], by: PersonId) -> None:
    now = dt.datetime.now(dt.UTC)
    answers = record_events(connection, district_id, [Event(EventId(new_id()), payload, record, 0, now, by) for payload, record in acts])
    for answer in answers:
        if answer.status is not Status.ACCEPTED:
            raise Refused("wrong_value", answer.field.removeprefix("fact."))
