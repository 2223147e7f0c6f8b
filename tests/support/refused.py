"""Things that the district did not take, on a laptop of a `World`."""

import datetime as dt

from sqlalchemy import select

from fieldapp.domain.photo import Photo
from fieldapp.domain.visit import Visit
from fieldapp.store import outbox as outbox_store
from fieldapp.store.sent import body_of
from fieldapp.store.tables import outbox
from fieldapp.usecases.mending import Mending
from fieldapp.usecases.visits import Visits
from tests.support.world import FieldLaptop

A_MONTH = dt.timedelta(days=30)


def a_refused_visit(laptop: FieldLaptop, **values: object) -> tuple[Visit, list[Photo]]:
    """Its clock ran a month ahead."""
    case_id = sorted(laptop.case_ids())[0]
    laptop.clock_runs_ahead = A_MONTH
    visit = laptop.visit(case_id, visited_on=laptop.now().date(), **values)
    photos = [laptop.photograph(visit), laptop.photograph(visit)]
    laptop.clock_runs_ahead = dt.timedelta(0)
    assert laptop.sync().rejected == 1
    return visit, photos


def event_of(laptop: FieldLaptop, record_id: str) -> str:
    with laptop.store.reading() as connection:
        found: str = connection.execute(select(outbox.c.event_id).where(outbox.c.record_id == record_id)).scalar_one()
        return found


def mending(laptop: FieldLaptop) -> Mending:
    return Mending(laptop.store, laptop.now)


def visits(laptop: FieldLaptop) -> Visits:
    return Visits(laptop.store, laptop.now)


def body_of_event(laptop: FieldLaptop, event_id: str) -> str:
    """The event as it lies in the outbox."""
    with laptop.store.reading() as connection:
        body = body_of(connection, event_id)
    assert body is not None
    return body


def refuse(laptop: FieldLaptop, record_id: str, code: str = "wrong_value", field: str = "") -> str:
    """As if the district had."""
    event_id = event_of(laptop, record_id)
    with laptop.store.writing() as connection:
        outbox_store.set_aside(connection, event_id, code, field, laptop.now())
    return event_id
