"""What a teacher sees first: whom to visit, what was promised, what waits to be sent, and whether the laptop is ready for a day out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain.follow_up import FollowUp
from fieldapp.store.engine import Store
from fieldapp.usecases.children import ChildRow, ListCounts
from fieldapp.usecases.unsent import Unsent


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    follow_up: FollowUp
    row: ChildRow


@dataclass(frozen=True, slots=True)
class Readiness:
    """`clock_offset_seconds`: how far this clock was ahead of the district's at the last sync; None before the first."""

    children: int
    last_sync_at: dt.datetime | None
    clock_offset_seconds: int | None
    free_bytes: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """`planned`: due, overdue or soon due, and with a draft begun; in the order of villages and houses."""

    planned: tuple[ChildRow, ...]
    follow_ups: tuple[DueFollowUp, ...]
    counts: ListCounts
    unsent: Unsent
    readiness: Readiness


class Today:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def view(self, today: dt.date) -> TodayView:
        raise NotImplementedError
