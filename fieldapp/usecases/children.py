"""Finding children, reading a child's card, mending it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.compulsory_age import Eligibility
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.thai_dates import PartialDate
from fieldapp.domain.visit import Visit
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store


class SortBy(StrEnum):
    NAME = "name"
    AGE = "age"
    VILLAGE = "village"
    LIST_TYPE = "list_type"
    STATE = "state"
    DUE = "due"


class Delivery(StrEnum):
    """What became of something made here on its way to the district."""

    WAITING = "waiting"
    RECEIVED = "received"
    HELD = "held"
    REJECTED = "rejected"
    CONFLICT = "conflict"


class PhotoDelivery(StrEnum):
    """The same for a photo's bytes; `elsewhere`: taken on another device."""

    WAITING = "waiting"
    RECEIVED = "received"
    SET_ASIDE = "set_aside"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """`village` is (tambon_code, moo). `text` finds any part of a name, ID, guardian, house number or village; words are ANDed."""

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
    """One line of the list. `unsent`: something done here for this child waits to be sent."""

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


@dataclass(frozen=True, slots=True)
class VillageCount:
    tambon_code: str
    moo: str
    village: str
    count: int


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Of everything on this laptop, for the filters' labels. `schools`: (code, name, count)."""

    total: int
    by_state: Mapping[CaseState, int]
    by_list_type: Mapping[ListType, int]
    overdue: int
    villages: tuple[VillageCount, ...]
    schools: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A dated step of the case. `to_name`: to whom it was assigned. `delivery` is None for the district's own steps."""

    on: dt.date
    state: CaseState
    step: CaseStep
    visit: Visit | None
    photo_count: int
    by_name: str
    to_name: str
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """`here`: the bytes are on this laptop."""

    photo: Photo
    delivery: PhotoDelivery
    here: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one child on one list. Timeline newest first, open follow-ups first."""

    row: ChildRow
    child: Child
    case: Case
    received_list: ReceivedList | None
    eligibility: Eligibility
    siblings: tuple[ChildRow, ...]
    timeline: tuple[TimelineItem, ...]
    photos: tuple[CardPhoto, ...]
    follow_ups: tuple[FollowUp, ...]
    people: Mapping[str, str]
    schools: Mapping[str, str]
    has_draft: bool
    editable: bool
    owner_name: str


class Children:
    """The children of this profile's scope."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def count(self, wanted: ListFilter) -> int:
        raise NotImplementedError

    def page(self, wanted: ListFilter, offset: int, limit: int) -> tuple[ChildRow, ...]:
        raise NotImplementedError

    def counts(self) -> ListCounts:
        raise NotImplementedError

    def row(self, case_id: str) -> ChildRow:
        raise NotImplementedError

    def position(self, wanted: ListFilter, case_id: str) -> int | None:
        raise NotImplementedError

    def card(self, case_id: str) -> Card:
        raise NotImplementedError

    def edit(self, child_id: str, base_version: int, values: Mapping[str, Any]) -> Changes:
        raise NotImplementedError
