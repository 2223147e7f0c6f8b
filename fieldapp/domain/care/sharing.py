"""What a referral may tell of a child beside its name: as little as the receiver needs, on consent, and nothing sensitive by those who may
not see it (PDPA s.19, s.22, s.26). Inside the school nobody is told who does not know already, so that needs no consent."""

from collections.abc import Iterable

from fieldapp.domain.care.consent import Consent, ConsentPurpose, ConsentState, latest_word
from fieldapp.domain.care.referral import ReferralKind, Shared
from fieldapp.domain.reference import AgencyKind

SENSITIVE = frozenset({Shared.SCREENING, Shared.DISABILITY})
_CONTACT = (Shared.ADDRESS, Shared.GUARDIAN, Shared.PHONE)
# What is proposed; the person takes away or adds. The ID number never is: an agency that needs it asks the guardian.
_NEEDED: dict[str, tuple[Shared, ...]] = {
    AgencyKind.EDUCATION: (Shared.BIRTH, Shared.GUARDIAN, Shared.PHONE, Shared.SCHOOL),
    AgencyKind.WELFARE: (*_CONTACT, Shared.VISITS),
    AgencyKind.HEALTH: (Shared.BIRTH, *_CONTACT),
    AgencyKind.LOCAL: (Shared.ADDRESS, Shared.GUARDIAN),
    AgencyKind.WORK: (Shared.BIRTH, Shared.GUARDIAN, Shared.PHONE),
    AgencyKind.LAW: (Shared.BIRTH, *_CONTACT),
}


def needed(kind: ReferralKind, agency_kind: str = "") -> tuple[Shared, ...]:
    """What a receiver of this kind needs to begin with."""
    if kind is ReferralKind.INTERNAL:
        return (Shared.SCHOOL,)
    return _NEEDED.get(agency_kind, (Shared.GUARDIAN, Shared.PHONE))


def may_share(kind: ReferralKind, consent: ConsentState | None, *, sees_sensitive: bool) -> frozenset[Shared]:
    """What the letter may tell at most; `consent` is how that to sharing stands, None where nobody was asked."""
    if kind is ReferralKind.EXTERNAL and consent is not ConsentState.GIVEN:
        return frozenset()
    return frozenset(Shared) if sees_sensitive else frozenset(Shared) - SENSITIVE


def sharing_consent(consents: Iterable[tuple[Consent, ConsentState]]) -> tuple[Consent, ConsentState] | None:
    """The latest word on passing data on."""
    return latest_word(consents, ConsentPurpose.SHARING)
