"""The visits to which pictures of a phone may belong: those that are begun, and one's own that were finished lately."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.identifiers import born_at
from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.phone.taken import Stay, day_of
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Position, Visit
from fieldapp.domain.visit_photos import missing
from fieldapp.records import tables
from fieldapp.records.care import photos_refused
from fieldapp.records.of_case import photos_of_case, visits_of_case
from fieldapp.store import drafts
from fieldapp.store.children import child_rows
from fieldapp.store.departures import whereto
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow
from fieldapp.store.tables import outbox

# How long after a visit its pictures are still looked for.
LATELY = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PhoneVisit:
    """`finished`: a picture that is added goes to the district by itself; else it goes with the draft. `wanted`: what the form still asks
    to be shown. `refused`: the guardian's latest word on photos is no."""

    stay: Stay
    row: ChildRow
    finished: bool
    wanted: tuple[PhotoKind, ...] = ()
    refused: bool = False

    @property
    def visit_id(self) -> str:
        return self.stay.visit_id


def phone_visits(store: Store, today: dt.date) -> tuple[PhoneVisit, ...]:
    """In the order of the days and hours."""
    district_id = store.district_id
    with store.reading() as connection:
        begun = [found for case_id in drafts.drafted_cases(connection) if (found := drafts.read_draft(connection, case_id))]
        mended = {one for visit, _saved in begun for one in (visit.id, visit.supersedes)}
        finished = [visit for visit in _finished(connection, store, today - LATELY) if visit.id not in mended]
        ends = _finished_at(connection, [visit.id for visit in finished])
        all_visits = [(visit, saved, False) for visit, saved in begun] + [(visit, ends.get(visit.id), True) for visit in finished]
        rows = {row.case_id: row for row in child_rows(connection, district_id, sorted({visit.case_id for visit, _, _ in all_visits}))}
        visits = [
            _phone_visit(connection, district_id, visit, until, rows[visit.case_id], finished=done)
            for visit, until, done in all_visits
            if visit.case_id in rows
        ]
    return tuple(sorted(visits, key=lambda one: (one.stay.on, one.stay.begun is None, str(one.stay.begun), one.visit_id)))


def _finished(connection: Connection, store: Store, since: dt.date) -> list[Visit]:
    """One's own, of cases that are still this person's; of a visit and its correction the correction."""
    table = tables.visit
    query = select(table.c.case_id).where(
        table.c.district_id == store.district_id, table.c.by_person == store.person_id, table.c.visited_on >= since
    )
    gone = whereto(connection)
    cases = sorted(set(connection.execute(query).scalars()) - set(gone))
    visits = [visit for case_id in cases for visit in visits_of_case(connection, store.district_id, case_id)]
    superseded = {visit.supersedes for visit in visits}
    return [visit for visit in visits if visit.by == store.person_id and visit.visited_on >= since and visit.id not in superseded]


def _finished_at(connection: Connection, visit_ids: list[str]) -> dict[str, dt.datetime]:
    query = select(outbox.c.record_id, outbox.c.made_at).where(outbox.c.kind == VisitRecorded.KIND, outbox.c.record_id.in_(visit_ids))
    return {row.record_id: row.made_at for row in connection.execute(query)}


def _stay(visit: Visit, until: dt.datetime | None, position: Position | None) -> Stay:
    begun = born_at(visit.supersedes or visit.id)
    if begun is None or day_of(begun) != visit.visited_on:
        # It was written down on another day, or this computer's clock was wrong: the hour says nothing.
        return Stay(visit.id, visit.visited_on, position=position)
    return Stay(visit.id, visit.visited_on, begun, until, position)


def _position(connection: Connection, district_id: str, visit: Visit) -> Position | None:
    if visit.position:
        return visit.position
    earlier = visits_of_case(connection, district_id, visit.case_id)
    return next((one.position for one in reversed(earlier) if one.position), None)


def _phone_visit(
    connection: Connection, district_id: str, visit: Visit, until: dt.datetime | None, row: ChildRow, *, finished: bool
) -> PhoneVisit:
    if finished:
        kinds = {photo.kind for photo in photos_of_case(connection, district_id, visit.case_id) if photo.visit_id == visit.id}
    else:
        kinds = {one.photo.kind for one in drafts.photos_of(connection, visit.id)}
    refused = photos_refused(connection, district_id, visit.case_id) is not None
    stay = _stay(visit, until, _position(connection, district_id, visit))
    return PhoneVisit(stay, row, finished, missing(visit.photos_show, kinds, refused=refused), refused)
