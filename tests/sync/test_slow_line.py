"""A line as slow as a village's: what takes long is not taken for broken, a cancel is heard at once, and nothing is sent twice.

The wire is faster than 5 KB/s and the time limits are shorter by the same factor, so that a test takes a second.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldapp.sync.engine import sync_once
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.progress import SyncResult
from tests.support.relay import Relay, relay
from tests.support.world import FieldLaptop, World

# Thirty times the speed, a thirtieth of READ_SECONDS.
RATE = 150_000
READ_SECONDS = 1.0
# At 5 KB/s this takes a minute, twice as long as the district may be silent.
PHOTO = 300_000


@pytest.fixture
def wire(world: World) -> Iterator[Relay]:
    with relay(world.address, rate=RATE, latency=0.005) as opened:
        world.address = opened.address
        yield opened


@pytest.fixture
def laptop(world: World, wire: Relay) -> FieldLaptop:
    teacher = world.teacher()
    world.district.add_case(world.district.people["somying"])
    teacher.sync()
    teacher.line.inner = HttpTransport(wire.address, now=teacher.now, read_seconds=READ_SECONDS)
    return teacher


def some_visit(laptop: FieldLaptop):  # type: ignore[no-untyped-def]
    return laptop.visit(next(iter(laptop.case_ids())))


def cancelled_at(laptop: FieldLaptop, wire: Relay, size: int) -> SyncResult:
    """A sync that is cancelled when so many bytes more have passed."""
    cancelled = threading.Event()
    before = wire.passed_up
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(sync_once, laptop.store, laptop.line, laptop.now, lambda progress: None, cancelled.is_set)
        wire.wait_up(before + size)
        cancelled.set()
        return running.result()


def test_a_photo_that_takes_longer_than_the_time_limit_arrives_in_one_go(world: World, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(some_visit(laptop), size=PHOTO)
    assert laptop.sync().error is None
    assert world.photo_is_stored(photo)
    assert laptop.line.calls["begin_photo"] == 1


def test_photos_that_share_a_slow_line_do_not_starve_each_other(world: World, laptop: FieldLaptop) -> None:
    visit = some_visit(laptop)
    photos = [laptop.photograph(visit, size=PHOTO // 5) for _ in range(6)]
    assert laptop.sync().error is None
    assert all(world.photo_is_stored(photo) for photo in photos)


def test_a_cancel_is_heard_in_the_middle_of_a_photo_and_loses_nothing(world: World, wire: Relay, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(some_visit(laptop), size=PHOTO)
    wire.rate = RATE // 10
    before = wire.passed_up
    result = cancelled_at(laptop, wire, 20_000)
    assert (result.cancelled, result.error) == (True, None)
    assert wire.passed_up - before < PHOTO // 2
    wire.rate = RATE * 10
    assert laptop.sync().error is None
    assert world.photo_is_stored(photo)


def test_a_photo_that_is_cut_again_and_again_gets_through_piece_by_piece(world: World, wire: Relay, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(some_visit(laptop), size=PHOTO)
    wire.rate = RATE * 10
    for _ in range(6):
        # Never long enough for all of it.
        wire.cut_request_after(PHOTO // 3)
        laptop.sync()
    assert world.photo_is_stored(photo)
    assert laptop.photo_state(photo) == "received"
