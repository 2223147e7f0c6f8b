"""Processes that a workload talks to: the district server, and the plain server that is its limit."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fieldapp.server import database, embedded
from tests.support.district import make_district
from tests.support.world import World

_READY = "fieldapp server ready on "


@contextmanager
def bench_world() -> Iterator[World]:
    """A fresh district on a real PostgreSQL, its server a process of its own, and laptops that talk to it."""
    with bench_worlds(1) as (world,):
        yield world


@contextmanager
def bench_worlds(servers: int) -> Iterator[tuple[World, ...]]:
    """The same with so many server processes on one PostgreSQL: one view of the one district by way of each."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-bench-") as name, ExitStack() as opened:
        folder = Path(name)
        engine = database.open_engine(embedded.start(folder))
        opened.callback(engine.dispose)
        database.migrate(engine)
        district = make_district(engine)
        command = ["-m", "fieldapp", "--data-dir", str(folder), "server", "--port", "0", "--district-id", district.id]
        addresses = [opened.enter_context(_process(command, _READY)) for _ in range(servers)]
        yield tuple(World(district, address, folder / "laptops", opened) for address in addresses)


@contextmanager
def plain_server(payload: Path | None = None) -> Iterator[str]:
    """Address of a bare HTTP server that gives this file and durably keeps what is posted."""
    with _process(["-m", "tests.bench.plain_server", *([str(payload)] if payload else [])], "") as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _process(arguments: Sequence[str], ready: str) -> Iterator[str]:
    """Run Python with these arguments; gives what follows `ready` on the first line that begins so, and ends the process afterwards."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith(ready):
                yield line.removeprefix(ready).strip()
                return
        raise RuntimeError(f"{arguments} did not start")
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()
