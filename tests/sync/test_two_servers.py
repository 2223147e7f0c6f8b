"""Two server processes behind one PostgreSQL, and every request goes to the other one than the one before: nobody can tell."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from fieldapp.store import sync_state
from fieldapp.sync.upload import LARGEST_CHUNK
from fieldapp.wire import codec
from fieldapp.wire.messages import Refresh, Session
from tests.support.balancer import Balancer, balancer
from tests.support.district import TestDistrict
from tests.support.faults import Fault
from tests.support.field_day import FieldDay, a_field_day, require_arrived
from tests.support.server_process import on_database_of, server_process
from tests.support.world import World

LAPTOPS = 8


@pytest.fixture
def front(district: TestDistrict, tmp_path: Path) -> Iterator[Balancer]:
    options = on_database_of(district, tmp_path / "photos")
    with (
        server_process(tmp_path / "one", *options) as one,
        server_process(tmp_path / "two", *options) as two,
        balancer([one.address, two.address]) as front,
    ):
        yield front
        assert "Traceback" not in one.log() + two.log()


@pytest.fixture
def world(district: TestDistrict, front: Balancer, tmp_path: Path) -> Iterator[World]:
    with ExitStack() as opened:
        yield World(district, front.address, tmp_path / "laptops", opened)


def field_days(world: World, number: int) -> list[FieldDay]:
    days = [a_field_day(world, f"teacher{place}", visits=3, photo_sizes=(3_000, 40_000)) for place in range(number)]
    for day in days:
        day.laptop.restart()
    return days


def test_laptops_at_the_same_time_are_served_alike(world: World, front: Balancer) -> None:
    days = field_days(world, LAPTOPS)
    front.asked.clear()
    with ThreadPoolExecutor(LAPTOPS) as pool:
        results = list(pool.map(lambda day: day.laptop.sync(), days))
    assert [result.error for result in results] == [None] * LAPTOPS
    assert front.failed == 0
    # Fair, by counts: all have the same to do, so nobody needs more round trips than another, and nobody is sent away to come again.
    assert len(front.asked) == LAPTOPS
    assert len(set(front.asked.values())) == 1, front.asked
    one, two = front.requests.values()
    assert abs(one - two) <= 1
    for day in days:
        require_arrived(world, day)


def test_an_upload_that_began_at_one_server_goes_on_at_the_other(world: World, front: Balancer) -> None:
    day = a_field_day(world, "somying", photo_sizes=(LARGEST_CHUNK * 3,))
    day.laptop.restart()
    day.laptop.line.fail(Fault.CUT_AFTER, on="send_photo")
    assert day.laptop.sync().error is not None
    assert day.laptop.sync().error is None
    require_arrived(world, day)
    assert len(next(iter(front.uploads.values()))) == 2


def test_a_session_that_was_renewed_at_one_server_is_good_at_the_other(world: World, front: Balancer) -> None:
    laptop = world.teacher()
    with laptop.store.reading() as connection:
        session = codec.decode(Session, (sync_state.read(connection, sync_state.SESSION) or "").encode())
    renewed = laptop.line.refresh(Refresh(session.refresh_token, laptop.store.identity.device_id))
    front.requests.clear()
    for _ in range(2):
        assert laptop.line.pull(renewed.access_token, 0).sequence
    assert sorted(front.requests.values()) == [1, 1]
