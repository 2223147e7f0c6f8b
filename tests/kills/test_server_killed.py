"""The district's server, the real command, is killed in the middle of its work and started again: everything is there exactly once."""

import logging
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from fieldapp.sync.progress import SyncResult
from fieldapp.sync.upload import LARGEST_CHUNK
from tests.support.district import TestDistrict
from tests.support.field_day import FieldDay, a_field_day, require_arrived
from tests.support.held_tables import held
from tests.support.relay import Relay, relay
from tests.support.server_process import ServerProcess, on_database_of, server_process
from tests.support.world import World


@pytest.fixture
def server(district: TestDistrict, tmp_path: Path) -> Iterator[ServerProcess]:
    with server_process(tmp_path / "server", *on_database_of(district, tmp_path / "photos")) as started:
        yield started


@pytest.fixture
def wire(server: ServerProcess) -> Iterator[Relay]:
    with relay(server.address) as opened:
        yield opened


@pytest.fixture
def world(district: TestDistrict, wire: Relay, tmp_path: Path) -> Iterator[World]:
    with ExitStack() as opened:
        yield World(district, wire.address, tmp_path / "laptops", opened)


@pytest.fixture
def day(world: World) -> FieldDay:
    day = a_field_day(world, "somying")
    day.laptop.restart()
    return day


def cut_sync(day: FieldDay, meanwhile: Callable[[], None]) -> SyncResult:
    """A sync during which something happens. It must end, and know that it did not get through."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(day.laptop.sync)
        meanwhile()
        result = running.result()
    assert result.error is not None and result.error.code.startswith("offline."), result
    return result


def killed_at(world: World, server: ServerProcess, day: FieldDay, table: str) -> SyncResult:
    """A sync during which the server dies when it is about to write into this table; what it had written before is gone with it."""

    def die_while_it_writes() -> None:
        with held(world.district.engine, table) as place:
            backend = place.waiting()
            server.kill()
        place.gone(backend)

    return cut_sync(day, die_while_it_writes)


def goes_on(world: World, day: FieldDay) -> None:
    assert day.laptop.sync().error is None
    require_arrived(world, day)


def test_a_push_that_was_not_committed_is_as_if_it_never_was_and_one_that_was_not_answered_is_answered_again(
    world: World, wire: Relay, server: ServerProcess, day: FieldDay
) -> None:
    for table in ("district", "audit"):
        assert killed_at(world, server, day, table).pushed == 0
        assert [world.events(visit.id) for visit in day.visits] == [0] * len(day.visits)
        server.start()

    def die_before_it_answers() -> None:
        with held(world.district.engine, "audit") as place:
            place.waiting()
            wire.strike_down(1, server.kill)

    assert cut_sync(day, die_before_it_answers).receipts_verified == 0
    assert [world.events(visit.id) for visit in day.visits] == [1] * len(day.visits)
    server.start()
    goes_on(world, day)


def test_an_upload_goes_on_wherever_the_server_died(world: World, wire: Relay, server: ServerProcess, day: FieldDay) -> None:
    before = wire.passed_up
    wire.strike_up(700_000, server.kill)
    cut_sync(day, lambda: None)
    assert all(world.events(visit.id) == 1 for visit in day.visits)
    for table in ("upload", "photo_receipt"):
        server.start()
        killed_at(world, server, day, table)
    server.start()
    goes_on(world, day)
    # Each death costs at most one chunk.
    assert wire.passed_up - before < sum(photo.size for photo in day.photos) + 3 * LARGEST_CHUNK


def test_a_pull_that_was_cut_by_the_servers_end_comes_again(world: World, wire: Relay, server: ServerProcess, day: FieldDay) -> None:
    assert day.laptop.sync().error is None
    day.new_cases += world.district.add_cases(40, world.district.people["somying"])
    wire.strike_down(1_000, server.kill)
    assert cut_sync(day, lambda: None).pulled == 0
    server.start()
    goes_on(world, day)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_a_server_that_dies_at_random_loses_and_doubles_nothing(
    world: World, wire: Relay, server: ServerProcess, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    draw = random.Random(seed)
    days = [a_field_day(world, f"teacher{number}", visits=draw.randint(1, 6)) for number in range(3)]
    for day in days:
        day.laptop.restart()
    for _ in range(3):
        (wire.strike_up if draw.random() < 0.5 else wire.strike_down)(int(10 ** draw.uniform(2, 6)), server.kill)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda day: day.laptop.sync(), days))
        wire.forget_strikes()
        server.kill()
        server.start()
        # An answer may have ended within its head: urllib3 says so.
        assert all(one.name.startswith("urllib3") for one in caplog.records if one.levelno >= logging.WARNING)
        caplog.clear()
    for day in days:
        assert day.laptop.sync().error is None
        require_arrived(world, day)
