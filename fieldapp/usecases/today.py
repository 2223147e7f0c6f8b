"""What a teacher sees first: whom to visit, what was promised, what waits to be sent, and whether the laptop is ready for a day out."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.follow_up import FollowUp
from fieldapp.store import loose_sheets, sync_state
from fieldapp.store.children import child_rows
from fieldapp.store.drafts import drafted_cases
from fieldapp.store.due import open_follow_ups
from fieldapp.store.engine import Store
from fieldapp.store.last_sync import last_complete_at
from fieldapp.store.listing import ChildRow, ListCounts
from fieldapp.store.roll import Roll
from fieldapp.store.roll_order import place_key
from fieldapp.store.waiting import unsent
from fieldapp.usecases.children import Children
from fieldapp.usecases.unsent import Unsent
from fieldapp.usecases.updates import Offer, offer

_SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    follow_up: FollowUp
    row: ChildRow


@dataclass(frozen=True, slots=True)
class Readiness:
    """`last_sync_at`: when the last complete sync ended. `clock_offset_seconds`: the district's clock minus this one's at the last sync.
    Both None before the first."""

    children: int
    last_sync_at: dt.datetime | None
    clock_offset_seconds: int | None
    free_bytes: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """`planned`: assigned to this person and due, overdue or due within a week, and those with a draft begun; in the order of villages and
    houses. `follow_ups`: this person's, the longest due first. A case that was handed over is only there for the sake of its draft.
    `loose_sheets`: signed sheets that wait to be sorted."""

    planned: tuple[ChildRow, ...]
    follow_ups: tuple[DueFollowUp, ...]
    counts: ListCounts
    unsent: Unsent
    readiness: Readiness
    update: Offer | None = None
    practice: bool = False
    loose_sheets: int = 0


class Today:
    def __init__(self, store: Store, roll: Roll, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._roll = roll
        self._now = now

    def view(self, today: dt.date) -> TodayView:
        counts = Children(self._store, self._roll, self._now).counts()
        with self._store.reading() as connection:
            return TodayView(
                planned=self._planned(connection, today),
                follow_ups=self._follow_ups(connection, today),
                counts=counts,
                unsent=unsent(connection),
                readiness=self._readiness(connection, counts.total),
                update=offer(connection, self._store.district_id),
                practice=self._store.identity.is_practice,
                loose_sheets=loose_sheets.count(connection),
            )

    def _planned(self, connection: Connection, today: dt.date) -> tuple[ChildRow, ...]:
        entries = {entry.case_id: entry for entry in self._roll.due(self._store.person_id, today + _SOON)}
        entries |= {entry.case_id: entry for entry in self._roll.entries(drafted_cases(connection))}
        in_order = sorted(entries.values(), key=lambda entry: place_key(entry.tambon_code, entry.moo, entry.house_no))
        return child_rows(connection, self._store.district_id, [entry.case_id for entry in in_order])

    def _follow_ups(self, connection: Connection, today: dt.date) -> tuple[DueFollowUp, ...]:
        due = open_follow_ups(connection, self._store.district_id, self._store.person_id, today + _SOON)
        rows = {row.case_id: row for row in child_rows(connection, self._store.district_id, [one.case_id for one in due])}
        return tuple(DueFollowUp(one, row) for one in due if (row := rows.get(one.case_id)) and not row.handed_over)

    def _readiness(self, connection: Connection, children: int) -> Readiness:
        offset = sync_state.read(connection, sync_state.CLOCK_OFFSET)
        return Readiness(
            children=children,
            last_sync_at=last_complete_at(connection),
            clock_offset_seconds=int(offset) if offset else None,
            free_bytes=shutil.disk_usage(self._store.folder).free,
        )
