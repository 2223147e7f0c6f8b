"""A referral: a child is handed on to somebody who can help better, inside the school or to an agency, until the reply is in (§4.6)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, FollowUpId, PersonId, derived_id


class ReferralKind(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"


class ReferralState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    IN_SERVICE = "in_service"
    RESULT = "result"
    CLOSED = "closed"
    RETURNED = "returned"
    CALLED_OFF = "called_off"


# What nobody waits for any more.
ENDED = frozenset({ReferralState.CLOSED, ReferralState.RETURNED, ReferralState.CALLED_OFF})
# The letter is out, and nothing has come back but perhaps that it arrived.
AWAITING_REPLY = frozenset({ReferralState.SENT, ReferralState.ACKNOWLEDGED})
# What may come next. Steps may be left out where the paper went faster than the person who records it, but a letter is signed before it
# is sent.
_NEXT: dict[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.DRAFT: (ReferralState.SIGNED, ReferralState.CALLED_OFF),
    ReferralState.SIGNED: (ReferralState.SENT, ReferralState.CALLED_OFF),
    ReferralState.SENT: (
        ReferralState.ACKNOWLEDGED,
        ReferralState.IN_SERVICE,
        ReferralState.RESULT,
        ReferralState.RETURNED,
        ReferralState.CALLED_OFF,
    ),
    ReferralState.ACKNOWLEDGED: (ReferralState.IN_SERVICE, ReferralState.RESULT, ReferralState.RETURNED, ReferralState.CALLED_OFF),
    ReferralState.IN_SERVICE: (ReferralState.RESULT, ReferralState.RETURNED, ReferralState.CALLED_OFF),
    ReferralState.RESULT: (ReferralState.CLOSED, ReferralState.RETURNED),
}


def next_states(state: ReferralState) -> tuple[ReferralState, ...]:
    """What may be recorded of a referral that stands here, the likeliest first; () where it is at its end."""
    return _NEXT.get(state, ())


class Shared(StrEnum):
    """What the letter may tell of the child beside its name: only what the receiver needs (PDPA s.22)."""

    NATIONAL_ID = "national_id"
    BIRTH = "birth"
    ADDRESS = "address"
    GUARDIAN = "guardian"
    PHONE = "phone"
    SCHOOL = "school"
    VISITS = "visits"
    SCREENING = "screening"
    DISABILITY = "disability"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Referral:
    """To the agency `agency_id`, or where that is None to `receiver`: a post of the school, an agency in words. `number` is the letter's
    number (ที่). `shares` is what the letter tells of the child, and `consent_id` the consent on which it does. `reply_by`: until when
    an answer is waited for."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    kind: ReferralKind
    receiver: str
    reason: str
    on: dt.date
    by: PersonId
    agency_id: str | None = None
    number: str = ""
    done_so_far: str = ""
    wanted: str = ""
    contact: str = ""
    shares: tuple[Shared, ...] = ()
    consent_id: CareId | None = None
    reply_by: dt.date | None = None
    supersedes: CareId | None = None

    @property
    def reply_task(self) -> FollowUpId:
        """The follow-up that reminds of its reply: whoever records the reply, here or in the office, closes that one."""
        return FollowUpId(derived_id(self.id, "reply"))
