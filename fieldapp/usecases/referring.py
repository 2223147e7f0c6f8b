"""Handing a child on to somebody who can help better, and asking for its transfer: written, signed, sent and answered without any
network."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.referral import AWAITING_REPLY, Referral, ReferralKind, ReferralState, Shared, next_states
from fieldapp.domain.care.sharing import may_share
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import FollowUp, FollowUpReason, FollowUpState
from fieldapp.domain.identifiers import CareId, CaseId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned, care_payload
from fieldapp.errors import StoreError
from fieldapp.records.care import Stood, care_of
from fieldapp.records.reference import agencies, sees_sensitive
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.referral_facts import read_letter
from fieldapp.reports.referral_letter import Letter
from fieldapp.store.case_facts import case_and_child
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases.referrals_read import CaseReferrals, read_referrals, receiver_name, standing_consent


@dataclass(frozen=True, slots=True)
class WantedReferral:
    """What a person filled in. Either `agency_id` or `receiver`."""

    kind: ReferralKind
    reason: str
    receiver: str = ""
    agency_id: str | None = None
    number: str = ""
    done_so_far: str = ""
    wanted: str = ""
    contact: str = ""
    shares: tuple[Shared, ...] = ()
    reply_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class WantedTransfer:
    """Either `to_school`, a code of this district, or `to_place` in words."""

    reason: str
    to_school: str | None = None
    to_place: str = ""
    grade: str = ""


class Referring:
    """All that writes raises EventRefused with the field where it cannot be, StoreError where the case has left this laptop or is about
    to."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def of_case(self, case_id: str) -> CaseReferrals:
        with self._store.reading() as connection:
            return read_referrals(connection, self._store.identity, case_id, self._now().date())

    def draft(self, case_id: str, wanted: WantedReferral) -> Changes:
        return self._write(lambda connection: (case_id, [self._fact(connection, case_id, wanted, None)]))

    def correct(self, referral_id: str, wanted: WantedReferral) -> Changes:
        """Put another text in the place of a draft; what was signed stays as it is, and is called off where it was wrong."""

        def acts(connection: Connection) -> tuple[str, list[Act]]:
            old = _of(connection, self._store.district_id, CareKind.REFERRAL, referral_id)
            stood = self._stands(connection, old)
            if stood.state is not ReferralState.DRAFT:
                raise EventRefused("not_allowed", "fact.supersedes")
            return old.case_id, [self._fact(connection, old.case_id, wanted, old.id)]

        return self._write(acts)

    def step(self, referral_id: str, state: ReferralState, on: dt.date, note: str = "") -> Changes:
        """What became of it on a day. Sending it reminds of the reply; the reply ends that."""

        def acts(connection: Connection) -> tuple[str, list[Act]]:
            referral = _of(connection, self._store.district_id, CareKind.REFERRAL, referral_id)
            assert isinstance(referral, Referral)
            stood = self._stands(connection, referral)
            if state not in next_states(ReferralState(stood.state)):
                raise EventRefused("not_allowed", "fact.state")
            if on < max((step.on for step in stood.steps), default=referral.on):
                raise EventRefused("before_start", "fact.on")
            step = self._step_of(referral, CareKind.REFERRAL, state, on, note)
            return referral.case_id, [step, *self._reminder(connection, referral, state, on)]

        return self._write(acts)

    def letter(self, referral_id: str, *, thai_digits: bool = False) -> Letter:
        """As it would be printed now. Raises store.not_here, also where another draft has taken its place."""
        identity = self._store.identity
        with self._store.reading() as connection:
            sees = sees_sensitive(connection, identity.district_id, identity.role)
            made = read_letter(connection, identity.district_id, referral_id, sees_sensitive=sees, thai_digits=thai_digits)
        if made is None:
            raise StoreError("store.not_here")
        return made

    def ask_transfer(self, case_id: str, wanted: WantedTransfer) -> Changes:
        def acts(connection: Connection) -> tuple[str, list[Act]]:
            case, child = case_and_child(connection, self._store.district_id, case_id)
            known = care_of(connection, self._store.district_id, [case_id])
            if any(stood.state is TransferState.ASKED for _transfer, stood in known.of(Transfer)):
                raise EventRefused("not_allowed", "fact.to_school")
            if not wanted.reason:
                raise EventRefused("missing", "fact.reason")
            transfer = Transfer(
                CareId(new_id()),
                case.id,
                child.id,
                wanted.reason,
                self._now().date(),
                self._store.person_id,
                to_school=wanted.to_school,
                to_place=wanted.to_place,
                grade=wanted.grade,
            )
            return case_id, [Act(care_payload(transfer), transfer.id)]

        return self._write(acts)

    def call_off_transfer(self, transfer_id: str, note: str = "") -> Changes:
        def acts(connection: Connection) -> tuple[str, list[Act]]:
            transfer = _of(connection, self._store.district_id, CareKind.TRANSFER, transfer_id)
            stood = self._stands(connection, transfer)
            if stood.state is not TransferState.ASKED:
                raise EventRefused("not_allowed", "fact.state")
            return transfer.case_id, [self._step_of(transfer, CareKind.TRANSFER, TransferState.CALLED_OFF, self._now().date(), note)]

        return self._write(acts)

    def _write(self, acts: Callable[[Connection], tuple[str, list[Act]]]) -> Changes:
        with self._store.writing() as connection:
            case_id, wanted = acts(connection)
            refuse_if_departed(connection, self._store.district_id, case_id)
            changes = record_in(connection, self._store.identity, wanted, self._now())
        self._store.announce(changes)
        return changes

    def _fact(self, connection: Connection, case_id: str, wanted: WantedReferral, supersedes: CareId | None) -> Act:
        district_id, identity = self._store.district_id, self._store.identity
        case, child = case_and_child(connection, district_id, case_id)
        consent = standing_consent(care_of(connection, district_id, [case_id]))
        sees = sees_sensitive(connection, district_id, identity.role)
        if not set(wanted.shares) <= may_share(wanted.kind, consent[1] if consent else None, sees_sensitive=sees):
            raise EventRefused("not_allowed", "fact.shares")
        referral = Referral(
            id=CareId(new_id()),
            case_id=CaseId(case.id),
            child_id=child.id,
            kind=wanted.kind,
            receiver=wanted.receiver,
            reason=wanted.reason,
            on=self._now().date(),
            by=identity.person_id,
            agency_id=wanted.agency_id,
            number=wanted.number,
            done_so_far=wanted.done_so_far,
            wanted=wanted.wanted,
            contact=wanted.contact,
            shares=wanted.shares,
            consent_id=consent[0].id if consent and wanted.shares and wanted.kind is ReferralKind.EXTERNAL else None,
            reply_by=wanted.reply_by,
            supersedes=supersedes,
        )
        return Act(care_payload(referral), referral.id)

    def _stands(self, connection: Connection, fact: Referral | Transfer) -> Stood:
        """Raises EventRefused where another text has taken its place."""
        for one in care_of(connection, self._store.district_id, [fact.case_id]).facts:
            if one.fact.id == fact.id:
                return one
        raise EventRefused("not_allowed", "fact.supersedes")

    def _step_of(self, fact: Referral | Transfer, kind: CareKind, state: str, on: dt.date, note: str) -> Act:
        step = CareStep(CareId(new_id()), fact.case_id, fact.child_id, fact.id, kind, str(state), on, self._store.person_id, note)
        return Act(care_payload(step), step.id)

    def _reminder(self, connection: Connection, referral: Referral, state: ReferralState, on: dt.date) -> list[Act]:
        task = SqlRecords(connection, self._store.district_id).follow_up(referral.reply_task)
        if state is ReferralState.SENT and referral.reply_by and task is None:
            named = {agency.id: agency.name for agency in agencies(connection, self._store.district_id)}
            planned = FollowUp(
                referral.reply_task,
                referral.case_id,
                referral.reply_by,
                self._store.person_id,
                receiver_name(referral, named),
                reason=FollowUpReason.REPLY,
            )
            return [Act(FollowUpPlanned(planned), planned.id)]
        if state not in AWAITING_REPLY and task is not None and task.state is FollowUpState.OPEN:
            ended = FollowUpState.CANCELLED if state is ReferralState.CALLED_OFF else FollowUpState.DONE
            return [Act(FollowUpClosed(ended, on), task.id)]
        return []


def _of(connection: Connection, district_id: str, kind: CareKind, record_id: str) -> Referral | Transfer:
    found = SqlRecords(connection, district_id).care(kind, CareId(record_id))
    if not isinstance(found, Referral | Transfer):
        raise StoreError("store.not_here")
    return found
