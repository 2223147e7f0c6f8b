"""Where the referrals and transfers of one child stand, as a card shows them; and what a new one may say."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.facts import CareStep
from fieldapp.domain.care.referral import AWAITING_REPLY, Referral, ReferralKind, ReferralState, Shared, next_states
from fieldapp.domain.care.sharing import may_share, sharing_consent
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.reference import Agency
from fieldapp.records.care import Care, Stood, care_of
from fieldapp.records.reference import active_school_names, agencies, person_names, sees_sensitive
from fieldapp.store.case_facts import case_and_child
from fieldapp.store.departures import whereto
from fieldapp.store.editing import may_edit
from fieldapp.store.identity import Identity


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """`by_name` is '' where the person is not known here."""

    state: str
    on: dt.date
    by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """`next` is what may be recorded now, the likeliest first; `days_waiting` counts from the day on which the letter went out, None while
    no reply is waited for."""

    referral: Referral
    state: ReferralState
    receiver: str
    by_name: str
    steps: tuple[ReferralStep, ...]
    next: tuple[ReferralState, ...]
    days_waiting: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class TransferLine:
    """`to` is the school's name or the place in words; `mine`: this person asked."""

    transfer: Transfer
    state: TransferState
    to: str
    by_name: str
    steps: tuple[ReferralStep, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class CaseReferrals:
    """Newest first. `schools` are those to which the child may go, by code; `consent` is the latest word on passing data on."""

    case_id: str
    referrals: tuple[ReferralLine, ...]
    transfers: tuple[TransferLine, ...]
    agencies: tuple[Agency, ...]
    schools: Mapping[str, str]
    consent: tuple[Consent, ConsentState] | None
    sees_sensitive: bool
    editable: bool

    def may_share(self, kind: ReferralKind) -> frozenset[Shared]:
        return may_share(kind, self.consent[1] if self.consent else None, sees_sensitive=self.sees_sensitive)

    @property
    def transfer_is_open(self) -> bool:
        return any(line.state is TransferState.ASKED for line in self.transfers)


def read_referrals(connection: Connection, identity: Identity, case_id: str, today: dt.date) -> CaseReferrals:
    """Raises store.not_here."""
    district_id = identity.district_id
    case, _child = case_and_child(connection, district_id, case_id)
    care = care_of(connection, district_id, [case_id])
    known = agencies(connection, district_id)
    schools = active_school_names(connection, district_id)
    people = person_names(connection, district_id, _people(care))
    named = {agency.id: agency.name for agency in known}
    return CaseReferrals(
        case_id=case_id,
        referrals=tuple(_referral(one, stood, named, people, today) for one, stood in care.of(Referral)),
        transfers=tuple(_transfer(one, stood, schools, people, identity.person_id) for one, stood in care.of(Transfer)),
        agencies=tuple(agency for agency in known if agency.active),
        schools={code: name for code, name in schools.items() if code != case.school_code},
        consent=standing_consent(care),
        sees_sensitive=sees_sensitive(connection, district_id, identity.role),
        editable=case_id not in whereto(connection) and may_edit(identity, case),
    )


def standing_consent(care: Care) -> tuple[Consent, ConsentState] | None:
    return sharing_consent((consent, ConsentState(stood.state)) for consent, stood in care.of(Consent))


def receiver_name(referral: Referral, agencies: Mapping[str, str]) -> str:
    """Agencies by id."""
    return agencies.get(referral.agency_id or "", "") or referral.receiver


def _people(care: Care) -> set[str]:
    return {who for one in care.facts for who in (one.fact.by, *(step.by for step in one.steps))}


def _referral(one: Referral, stood: Stood, agencies: Mapping[str, str], people: Mapping[str, str], today: dt.date) -> ReferralLine:
    state = ReferralState(stood.state)
    sent_on = max((step.on for step in stood.steps if step.state == ReferralState.SENT), default=None)
    waits = state in AWAITING_REPLY and sent_on is not None
    return ReferralLine(
        referral=one,
        state=state,
        receiver=receiver_name(one, agencies),
        by_name=people.get(one.by, ""),
        steps=_steps(stood.steps, people),
        next=next_states(state),
        days_waiting=(today - sent_on).days if waits and sent_on else None,
        late=waits and one.reply_by is not None and one.reply_by < today,
    )


def _transfer(one: Transfer, stood: Stood, schools: Mapping[str, str], people: Mapping[str, str], me: str) -> TransferLine:
    to = schools.get(one.to_school, one.to_school) if one.to_school else one.to_place
    steps = _steps(stood.steps, people)
    return TransferLine(one, TransferState(stood.state), to, people.get(one.by, ""), steps, one.by == me)


def _steps(steps: Iterable[CareStep], people: Mapping[str, str]) -> tuple[ReferralStep, ...]:
    return tuple(ReferralStep(step.state, step.on, people.get(step.by, ""), step.note) for step in steps)
