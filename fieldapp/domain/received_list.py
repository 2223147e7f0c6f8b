"""A received list: one batch of children that OBEC sent to the district."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import ListId


class ListType(StrEnum):
    """What kind of list a case is on. The first two are OBEC's. A pupil on the risk list is at school; one who dropped again was brought
    back before."""

    NEVER_ENROLLED = "never_enrolled"
    DROPPED_OUT = "dropped_out"
    AT_RISK = "at_risk"
    DROPPED_AGAIN = "dropped_again"


# The ladder and what is reported to OBEC count these and no others.
OBEC_LISTS = (ListType.NEVER_ENROLLED, ListType.DROPPED_OUT)
# Children who are looked for; those at risk are at school.
TRACED_LISTS = (*OBEC_LISTS, ListType.DROPPED_AGAIN)


@dataclass(frozen=True, slots=True)
class ReceivedList:
    """`round` is how the district names the batch ('1/2569'); `source_sha256` is the hash of the file as it came."""

    id: ListId
    list_type: ListType
    round: str
    as_of: dt.date
    source_name: str
    source_sha256: str
    imported_at: dt.datetime
    rows_taken: int = 0
    rows_kept_back: int = 0
    version: int = 1
