"""On a laptop without network: a visit finished, a case that leaves, an answer of the district."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import update

from fieldapp.domain.visit import Met, Outcome, Visit
from fieldapp.store import inbound
from fieldapp.store.changes import Changes
from fieldapp.store.departures import Whereto
from fieldapp.store.tables import outbox
from tests.support.laptop import OTHER, SCHOOL, Laptop

VISITED_ON = dt.date(2026, 11, 20)


def filled(visit: Visit) -> Visit:
    """Nobody was there."""
    return replace(visit, visited_on=VISITED_ON, met=(Met.NOBODY,), outcome=Outcome.NOT_FOUND)


def finish_a_visit(laptop: Laptop, case_id: str) -> Visit:
    visit = filled(laptop.visits.draft(case_id).visit)
    laptop.visits.save(visit)
    laptop.visits.finish(case_id)
    return visit


def leave(laptop: Laptop, case_id: str, place: Whereto | None = None) -> Changes:
    """A pull page tells that the case is someone else's, ครูวิชัย's where nothing else is said."""
    left = {case_id: place or Whereto(OTHER, SCHOOL)}
    with laptop.store.writing() as connection:
        changes = inbound.take_in(connection, laptop.store.district_id, (), left, 9, laptop.store.in_hand)
    laptop.store.announce(changes)
    return changes


def answered(laptop: Laptop, record_id: str, status: str, code: str = "") -> None:
    """The district has answered the events of a record."""
    with laptop.store.writing() as connection:
        connection.execute(update(outbox).where(outbox.c.record_id == record_id).values(status=status, code=code))
