"""A consent, or its refusal: who said yes or no to what, on which day, before which words (domain §5)."""

import datetime as dt
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
