"""A transfer: a child is to go to another school of the district, or to another district, which has to accept it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId


class TransferState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Transfer:
    """To the school `to_school` of this district (code), or where that is None to `to_place`, in words."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    reason: str
    on: dt.date
    by: PersonId
    to_school: str | None = None
    to_place: str = ""
    grade: str = ""
