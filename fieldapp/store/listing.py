"""The list of children as it is asked for and as it is answered. Values only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.child import Sex
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import PartialDate


class SortBy(StrEnum):
    NAME = "name"
    AGE = "age"
    VILLAGE = "village"
    LIST_TYPE = "list_type"
    STATE = "state"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """`village` is (tambon_code, moo). `text` finds any part of a name, ID, guardian, house number or village; words are ANDed.
    Ascending by age means the youngest first; what is not known comes last either way."""

    text: str = ""
    state: CaseState | None = None
    list_type: ListType | None = None
    village: tuple[str, str] | None = None
    school_code: str | None = None
    overdue: bool = False
    sort: SortBy = SortBy.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One line of the list. `unsent`: something done here for this child waits to be sent; `handed_over`: the case is someone else's by now
    and only here until that is sent; `merged`: because it was a duplicate."""

    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    birth: PartialDate | None
    sex: Sex
    house_no: str
    moo: str
    village: str
    tambon_code: str
    list_type: ListType
    state: CaseState
    state_on: dt.date | None
    due_on: dt.date | None
    school_code: str | None
    assignee_id: str | None
    last_visit_on: dt.date | None
    unsent: bool
    handed_over: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class VillageCount:
    tambon_code: str
    moo: str
    village: str
    count: int


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Of this person's cases on this laptop, for the filters' labels. `schools`: (code, name, count). `handed_over`: those that are not
    among them any more and only here until something is sent."""

    total: int
    by_state: Mapping[CaseState, int]
    by_list_type: Mapping[ListType, int]
    overdue: int
    villages: tuple[VillageCount, ...]
    schools: tuple[tuple[str, str, int], ...]
    handed_over: int = 0
