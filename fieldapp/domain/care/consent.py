"""A consent, or its refusal: who said yes or no to what, on which day, before which words (domain §5)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId


class ConsentPurpose(StrEnum):
    """Tracing itself needs none: it is a public duty (PDPA s.24). These do."""

    PHOTOS = "photos"
    SHARING = "sharing"
    SCREENING = "screening"


class ConsentState(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """`given` False is a refusal, which is kept and respected. `form_version` names the words that were read out. `signature` is what was
    drawn: SVG path data in a box of 1000 × 300, '' where it was said and not signed."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    purpose: ConsentPurpose
    given: bool
    giver: str
    relation: str
    on: dt.date
    by: PersonId
    form_version: str = ""
    signature: str = ""
    note: str = ""


def latest_word(consents: Iterable[tuple[Consent, ConsentState]], purpose: ConsentPurpose) -> tuple[Consent, ConsentState] | None:
    """The latest word on one purpose, whatever was said before; of one day that which was recorded last (ids sort by time)."""
    asked = [(consent, state) for consent, state in consents if consent.purpose is purpose]
    return max(asked, key=lambda one: (one[0].on, one[0].id), default=None)


def may_show_photos(consents: Iterable[tuple[Consent, ConsentState]]) -> bool:
    """Whether photos of the child may go into anything that leaves the district's own screens: a file, a printed page. Not where nobody was
    asked, nor where the latest word is a no or was taken back. Every export that holds photos asks this."""
    word = latest_word(consents, ConsentPurpose.PHOTOS)
    return word is not None and word[1] is ConsentState.GIVEN
