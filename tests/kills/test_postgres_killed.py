"""PostgreSQL dies under a live server: who asks meanwhile gets a clear answer, the server recovers by itself, no laptop loses anything."""

import contextlib
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from sqlalchemy.exc import OperationalError

from fieldapp.errors import ServerProblem
from fieldapp.server import database, embedded
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.progress import SyncResult
from tests.support.district import database_folder, make_district
from tests.support.field_day import FieldDay, a_field_day, require_arrived
from tests.support.held_tables import held
from tests.support.relay import relay
from tests.support.server_process import server_process
from tests.support.world import World

_BUSY = 503


@dataclass
class Own:
    """A world whose server has a PostgreSQL that nobody else uses."""

    world: World
    folder: Path
    day: FieldDay
    is_embedded: bool

    def postmaster(self) -> psutil.Process:
        return psutil.Process(int((self.folder / embedded.FOLDER / "postmaster.pid").read_text().split()[0]))

    def sync_while_dying(self, die: Callable[[int], None]) -> SyncResult:
        """A sync whose push has written everything and not yet committed when `die` is called with its backend's process id."""
        # Whoever holds the table dies with the others.
        gone = contextlib.suppress(OperationalError)
        with ThreadPoolExecutor(1) as pool, gone, held(self.world.district.engine, "audit") as place:
            running = pool.submit(self.day.laptop.sync)
            die(place.waiting())
            running.result()
        result = running.result()
        assert isinstance(result.error, ServerProblem), result.error
        assert (result.error.code, result.error.status, result.pushed) == ("server_busy", _BUSY, 0)
        return result

    def die_somehow(self, draw: random.Random) -> Callable[[], None]:
        """The whole database, or one of the processes that serve it."""
        master = self.postmaster()
        served = [process for process in master.children() if process.cmdline()[:1] and "[local]" in process.cmdline()[0]]
        return draw.choice([master, *served]).kill

    def wait_for_database(self) -> None:
        # Connections that were kept open do not know yet that their other end is gone.
        self.world.district.engine.dispose()
        while True:
            with contextlib.suppress(OperationalError), self.world.district.engine.connect():
                return


@pytest.fixture(params=["embedded", "of the district's own"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Own]:
    """A server on its own embedded PostgreSQL, or on one that someone else looks after: here the test."""
    with database_folder() as folder, ExitStack() as opened:
        address = embedded.start(folder)
        engine = database.open_engine(address)
        opened.callback(engine.dispose)
        database.migrate(engine)
        district = make_district(engine)
        is_embedded = request.param == "embedded"
        options = () if is_embedded else ("--database-url", address)
        server = opened.enter_context(server_process(folder, "--district-id", district.id, *options))
        world = World(district, server.address, tmp_path / "laptops", opened)
        day = a_field_day(world, "somying", photo_sizes=(3_000, 600_000))
        day.laptop.restart()
        yield Own(world, folder, day, is_embedded)
        assert "Traceback" not in server.log()


def test_a_backend_that_is_killed_costs_one_answer(own: Own) -> None:
    own.sync_while_dying(lambda backend: psutil.Process(backend).kill())
    own.wait_for_database()
    assert own.day.laptop.sync().error is None
    require_arrived(own.world, own.day)


def test_a_database_that_is_killed_whole_comes_back_under_the_same_server(own: Own, caplog: pytest.LogCaptureFixture) -> None:
    own.sync_while_dying(lambda backend: own.postmaster().kill())
    if not own.is_embedded:
        busy = own.day.laptop.sync().error
        assert isinstance(busy, ServerProblem) and busy.status == _BUSY
        assert embedded.revive(own.folder)
        caplog.clear()  # it is said that the database had died
    while own.day.laptop.sync().error is not None:
        pass
    require_arrived(own.world, own.day)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_database_that_dies_at_random_loses_nothing(own: Own, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    """Killed when so many bytes have passed: anywhere in a sync."""
    draw = random.Random(seed)
    with relay(own.world.address) as wire:
        own.day.laptop.line.inner = HttpTransport(wire.address, now=own.day.laptop.now)
        for _ in range(4):
            (wire.strike_up if draw.random() < 0.5 else wire.strike_down)(int(10 ** draw.uniform(2, 5.5)), own.die_somehow(draw))
            own.day.laptop.sync()
            wire.forget_strikes()
            # The server's own comes back with the next request that needs it, or as here by whoever else holds it.
            embedded.revive(own.folder)
            own.wait_for_database()
            caplog.clear()
        while own.day.laptop.sync().error is not None:
            pass
    require_arrived(own.world, own.day)
