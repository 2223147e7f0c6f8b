"""Tomorrow's trip: whom to visit, in the order of the way, and what of it lies on this laptop. Kept here alone: a plan, not a
record."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.way import Leg, Stop, way
from fieldapp.records import tables
from fieldapp.records.forms import heads_in_use
from fieldapp.records.rows import position_from
from fieldapp.store import preferences
from fieldapp.store.children import child_rows
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow, ListFilter, VillageCount
from fieldapp.store.photos import held_hashes
from fieldapp.store.roll import Roll
from fieldapp.store.roll_order import place_key
from fieldapp.usecases.battery import Battery, battery
from fieldapp.usecases.today import Readiness, Today
from fieldapp.usecases.unsent import Unsent

# More than anybody visits in a day, and few enough for a page.
MOST_STOPS = 60
_NAME = "trip"


@dataclass(frozen=True, slots=True)
class TripPack:
    """`gone`: chosen before and not on this laptop any more. `photos_away`: houses of which photos were taken whose bytes are not here.
    `battery` None where the computer has none or does not tell. `legs` are as the stops."""

    stops: tuple[ChildRow, ...]
    legs: tuple[Leg, ...]
    gone: int
    forms: int
    photographed: int
    photos_away: int
    villages: tuple[VillageCount, ...]
    unsent: Unsent
    readiness: Readiness
    battery: Battery | None

    @property
    def visited(self) -> int:
        return sum(row.last_visit_on is not None for row in self.stops)


class TripPacks:
    def __init__(self, store: Store, roll: Roll, today: Today, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._roll = roll
        self._today = today
        self._now = now

    def add(self, case_ids: Iterable[str]) -> int:
        """Returns how many did not fit any more."""
        wanted = list(dict.fromkeys([*self._chosen(), *case_ids]))
        self._keep(wanted[:MOST_STOPS])
        return max(len(wanted) - MOST_STOPS, 0)

    def add_all(self, wanted: ListFilter) -> int:
        """Everybody of a list; returns how many did not fit any more."""
        return self.add(self._roll.matching(wanted, self._now().date()))

    def remove(self, case_id: str) -> None:
        self._keep([one for one in self._chosen() if one != case_id])

    def clear(self) -> None:
        self._keep([])

    def read(self) -> TripPack:
        chosen = self._chosen()
        day = self._today.view(self._now().date())
        with self._store.reading() as connection:
            rows = [row for row in child_rows(connection, self._store.district_id, chosen) if not row.handed_over]
            in_numbers = sorted(rows, key=lambda row: place_key(row.tambon_code, row.moo, row.house_no))
            legs = way(self._located(connection, in_numbers))
            by_case = {row.case_id: row for row in rows}
            stops = tuple(by_case[leg.case_id] for leg in legs)
            forms = len(heads_in_use(connection, self._store.district_id))
            houses = self._photos_of_houses(connection, [row.case_id for row in stops])
        with self._store.photo_reading() as connection:
            here = held_hashes(connection, [sha256 for hashes in houses.values() for sha256 in hashes])
        away = sum(not hashes & here for hashes in houses.values())
        return TripPack(
            stops, legs, len(chosen) - len(stops), forms, len(houses), away, day.counts.villages, day.unsent, day.readiness, battery()
        )

    def _located(self, connection: Connection, rows: list[ChildRow]) -> list[Stop]:
        """Each where a visit last found its house."""
        visit = tables.visit
        query = select(visit.c.case_id, visit.c.position).where(
            visit.c.district_id == self._store.district_id,
            visit.c.case_id.in_([row.case_id for row in rows]),
            visit.c.position.is_not(None),
        )
        found = {
            case_id: position_from(position) for case_id, position in connection.execute(query.order_by(visit.c.visited_on, visit.c.id))
        }
        return [Stop(row.case_id, (row.tambon_code, row.moo), row.house_no or row.case_id, found.get(row.case_id)) for row in rows]

    def _photos_of_houses(self, connection: Connection, case_ids: list[str]) -> dict[str, frozenset[str]]:
        """By case, of those that have one."""
        photo = tables.photo
        query = select(photo.c.case_id, photo.c.sha256).where(photo.c.district_id == self._store.district_id, photo.c.case_id.in_(case_ids))
        found: dict[str, frozenset[str]] = {}
        for case_id, sha256 in connection.execute(query.where(photo.c.kind == PhotoKind.OUTSIDE)):
            found[case_id] = found.get(case_id, frozenset()) | {sha256}
        return found

    def _chosen(self) -> list[str]:
        with self._store.reading() as connection:
            return [str(case_id) for case_id in json.loads(preferences.read(connection, _NAME) or "[]")]

    def _keep(self, case_ids: list[str]) -> None:
        with self._store.writing() as connection:
            preferences.write(connection, _NAME, json.dumps(case_ids))
