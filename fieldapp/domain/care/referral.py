"""A referral: a child is handed on to somebody who can help better, inside the school or to an agency, until the reply is in (§4.6)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId


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
