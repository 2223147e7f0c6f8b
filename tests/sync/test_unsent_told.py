"""A laptop tells the district what waits on it."""

import datetime as dt

from sqlalchemy import select

from fieldapp.errors import Offline
from fieldapp.server.devices import listing
from fieldapp.server.people.tables import unsent_told
from tests.support.district_server import Running, running
from tests.support.world import World

__all__ = ["running"]


def told(world: World) -> list[tuple[int, int]]:
    with world.district.engine.connect() as connection:
        query = select(unsent_told.c.records, unsent_told.c.photos).where(unsent_told.c.district_id == world.district.id)
        return [(row.records, row.photos) for row in connection.execute(query)]


def shown(world: World) -> list[tuple[int | None, int | None]]:
    with world.district.engine.connect() as connection:
        return [(one.records, one.photos) for one in listing.devices(connection, world.district.id, dt.datetime.now(dt.UTC))]


def test_with_nothing_unsent_a_sync_says_so(world: World) -> None:
    world.teacher().sync()
    assert told(world) == [(0, 0)]
    assert shown(world) == [(0, 0)]


def test_photos_that_a_sync_could_not_send_are_told_at_the_next(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.photograph(laptop.visit(case_id))
    laptop.line.refuse("begin_photo", lambda *_request: Offline("offline.timeout"))
    laptop.sync()
    laptop.sync()
    assert told(world) == [(0, 1)]
    assert shown(world) == [(0, 1)]


def test_photos_that_came_after_it_was_told_are_not_shown_as_unsent(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.photograph(laptop.visit(case_id))
    laptop.sync()
    assert told(world) == [(0, 1)]
    assert shown(world) == [(0, 0)]


def test_a_client_that_tells_nothing_is_served_all_the_same(running: Running) -> None:
    running.district.add_person("somying")
    caller = running.caller("somying")
    assert caller.call("GET", "/pull?cursor=0").status_code == 200
    assert caller.call("GET", "/pull?cursor=0&unsent=").status_code == 200


def test_numbers_that_are_none_are_refused(running: Running) -> None:
    running.district.add_person("somying")
    caller = running.caller("somying")
    for wrong in ("1", "-1,2", "1,2,3", "many,2", "9999999,1", "1,2%0A"):
        assert caller.call("GET", f"/pull?cursor=0&unsent={wrong}").status_code == 422
