"""The children of one house, visited in one go: what is the same for all is taken over, what came out is asked for each."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from fieldapp.domain.identifiers import CaseId, PhotoId, VisitId, new_id
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Visit, of_same_house
from fieldapp.errors import StoreError
from fieldapp.records.of_case import photos_of_case, visits_of_case
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import drafts
from fieldapp.store.case_facts import case_and_child
from fieldapp.store.changes import Changes
from fieldapp.store.children import child_rows
from fieldapp.store.departures import refuse_if_departed, whereto
from fieldapp.store.drafts import DraftPhoto
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow
from fieldapp.store.roll import Roll
from fieldapp.usecases.drafting import begun_visit, fresh_visit

# Pictures of the house are the same for all who live in it.
_OF_THE_HOUSE = frozenset({PhotoKind.OUTSIDE, PhotoKind.INSIDE})


@dataclass(frozen=True, slots=True)
class StillToVisit:
    """`visit_id` is the visit that was just finished; `children` those of the same house without one on its day, by age as the list has
    them."""

    visit_id: str
    children: tuple[ChildRow, ...]


class Family:
    def __init__(self, store: Store, roll: Roll, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._roll = roll
        self._now = now

    def still_to_visit(self, case_id: str) -> StillToVisit | None:
        """After a visit of this case was finished; None where nobody is left. Children who went to someone else are not this person's."""
        neighbours = self._roll.same_house(case_id)
        if not neighbours:
            return None
        district_id = self._store.district_id
        with self._store.reading() as connection:
            last = _last_of(connection, district_id, case_id, self._store.person_id)
            if last is None:
                return None
            gone = whereto(connection)
            left = [
                one
                for one in neighbours
                if one not in gone and not _visited(connection, district_id, one, self._store.person_id, last.visited_on)
            ]
            rows = child_rows(connection, district_id, left) if left else ()
        return StillToVisit(last.id, tuple(rows)) if rows else None

    def begin(self, case_id: str, after: str) -> Changes:
        """Begin the visit of this case with what it shares with the finished visit `after`. One that is begun stays as it is. Raises
        store.not_here, store.handed_over or store.merged, as beginning any visit does."""
        self._store.insist(lambda connection: self._begin(connection, case_id, after))
        return Changes(cases=frozenset({case_id}))

    def _begin(self, connection: Connection, case_id: str, after: str) -> None:
        district_id, now = self._store.district_id, self._now()
        case, _child = case_and_child(connection, district_id, case_id)
        refuse_if_departed(connection, district_id, case_id)
        if begun_visit(connection, case_id) is not None:
            return
        first = self._visit(connection, after)
        fresh = fresh_visit(self._store.identity, new_id(), case_id, case.child_id, now)
        drafts.write_draft(connection, of_same_house(first, fresh), now)
        for photo in photos_of_case(connection, district_id, first.case_id):
            if photo.visit_id == first.id and photo.kind in _OF_THE_HOUSE:
                again = replace(photo, id=PhotoId(new_id()), visit_id=fresh.id, case_id=CaseId(case_id), stored=False, version=1)
                drafts.add_photo(connection, DraftPhoto(again, None))

    def _visit(self, connection: Connection, visit_id: str) -> Visit:
        found = SqlRecords(connection, self._store.district_id).visit(VisitId(visit_id))
        if found is None:
            raise StoreError("store.not_here")
        return found


def _last_of(connection: Connection, district_id: str, case_id: str, person_id: str) -> Visit | None:
    own = [visit for visit in visits_of_case(connection, district_id, case_id) if visit.by == person_id]
    # Ids grow with the time at which they were made.
    return max(own, key=lambda visit: visit.id, default=None)


def _visited(connection: Connection, district_id: str, case_id: str, person_id: str, on: dt.date) -> bool:
    return any(visit.by == person_id and visit.visited_on == on for visit in visits_of_case(connection, district_id, case_id))
