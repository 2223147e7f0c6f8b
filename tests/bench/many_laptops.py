"""Fifty laptops at one moment: each sends twenty visits and takes back what the office changed for it. Beside the same bytes over plain
HTTP into SQLCipher files. With one server process, and with two on the same PostgreSQL, every other laptop at the second. The laptops run
in a few processes, since one Python would only measure itself."""

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select

from fieldapp.server import tables as server_tables
from fieldapp.store.opening import open_store
from fieldapp.sync.engine import sync_once
from fieldapp.sync.http import HttpTransport
from tests.bench import plain_limit
from tests.bench.measure import seconds_of, tell
from tests.bench.processes import bench_worlds, plain_server
from tests.support.district import make_child
from tests.support.world import KEY, World

LAPTOPS, VISITS, CHANGES = 50, 20, 10
_PROCESSES = 2
_AT_ONCE = 5
_MODULE = "tests.bench.many_laptops"


def run() -> None:
    for servers in (1, 2):
        _all_at_once(servers)


def _all_at_once(servers: int) -> None:
    with bench_worlds(servers) as worlds:
        world = worlds[0]
        folders = _prepare(worlds)
        shares = [folders[number::_PROCESSES] for number in range(_PROCESSES)]
        seconds, said = in_processes([[str(folder) for folder in share] for share in shares])
        for key, wanted in (("pushed", LAPTOPS * VISITS), ("errors", 0)):
            assert sum(one[key] for one in said) == wanted, said
        assert sum(one["pulled"] for one in said) >= LAPTOPS * CHANGES, said
        bodies = _bodies(world)
        limit = _limit(bodies)
    tell(
        "fifty_laptops_at_once_s" if servers == 1 else f"fifty_laptops_at_{servers}_servers_s",
        ours=seconds,
        limit=limit,
        budget="<= 1 s in all, no error",
        visits=LAPTOPS * VISITS,
        payload_up=sum(map(len, bodies)),
        wire_up=sum(one["up"] for one in said),
        payload_down=sum(one["unpacked"] for one in said),
        wire_down=sum(one["down"] for one in said),
        requests=[min(one["fewest"] for one in said), max(one["most"] for one in said)],
        cpu_of_laptops=round(sum(one["cpu"] for one in said), 2),
    )


def _prepare(worlds: Sequence[World]) -> list[Path]:
    """Every laptop holds its cases and twenty finished visits; ten of its cases are then given a new date by the office."""
    folders = []
    for number in range(LAPTOPS):
        world = worlds[number % len(worlds)]
        teacher = world.district.add_person(f"teacher{number}")
        cases = world.district.add_cases(VISITS, teacher, children=[make_child(f"ธนกร{place}") for place in range(VISITS)])
        laptop = world.laptop(f"teacher{number}")
        assert laptop.sync().error is None
        for case_id in cases:
            laptop.visit(case_id, note="ยายเลี้ยงหลานสองคน แม่ทำงานที่ระยอง เด็กอยากเรียนต่อ")
        world.district.record([world.district.assignment(case_id, teacher) for case_id in cases[:CHANGES]])
        laptop.close()
        folders.append(laptop.folder)
    return folders


def in_processes(works: list[list[str]]) -> tuple[float, list[dict[str, Any]]]:
    """Seconds from the moment all are let go until the last has ended, and what each said."""
    # Started and made ready before the clock runs.
    started = [
        subprocess.Popen([sys.executable, "-m", _MODULE, *work], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for work in works
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    began = time.perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [json.loads(process.stdout.readline()) for process in started if process.stdout]
    seconds = time.perf_counter() - began
    for process in started:
        process.communicate()
    return seconds, said


def _limit(bodies: list[bytes]) -> float:
    """Each laptop's visits in one request, durable at both ends, and the answer's worth of changes back."""
    shares = [bodies[number::LAPTOPS] for number in range(LAPTOPS)]
    with tempfile.TemporaryDirectory() as name:
        payload = Path(name) / "payload.json"
        payload.write_bytes(b"\n".join(bodies[:CHANGES]))
        with plain_server(payload) as address:

            def one(number: int) -> None:
                plain_limit.upload(address, Path(name) / f"{number}.db", shares[number], [])
                plain_limit.download(address, Path(name) / f"{number}.db")

            with ThreadPoolExecutor(_PROCESSES * _AT_ONCE) as pool:
                return seconds_of(lambda: list(pool.map(one, range(LAPTOPS))))


def _bodies(world: World) -> list[bytes]:
    with world.district.engine.connect() as connection:
        table = server_tables.event
        query = select(table.c.body).where(table.c.district_id == world.district.id, table.c.kind == "visit.recorded")
        return [body.encode() for body in connection.execute(query).scalars()]


class CountingTransport(HttpTransport):
    """Also counts what came after it was unpacked."""

    unpacked = 0

    def exchange(self, *given: Any, **how: Any) -> requests.Response:
        answer = super().exchange(*given, **how)
        self.unpacked += len(answer.content)
        return answer


def _sync_all(folders: list[Path]) -> None:
    """The work of one process: open the laptops, wait to be let go, sync them all."""
    stores = [open_store(folder, KEY) for folder in folders]
    # In life each is a program that has run for a while; here fifty begin at once, and would measure how SQL is put together.
    # Statements are remembered by the engine's dialect, so one dialect serves all, too.
    statements: dict[Any, Any] = {}
    for store in stores:
        store._records = store._records.execution_options(compiled_cache=statements)
        store._records.dialect = stores[0]._records.dialect
    lines = [CountingTransport(store.identity.server_address, now=_now) for store in stores]
    _say("ready")
    sys.stdin.readline()
    began = time.process_time()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(lambda store, line: sync_once(store, line, _now, lambda progress: None, lambda: False), stores, lines))
    errors = sum(result.error is not None for result in results)
    cpu = time.process_time() - began
    asked = [line.traffic.requests for line in lines]
    moved = {"pushed": sum(one.pushed for one in results), "pulled": sum(one.pulled for one in results), "errors": errors}
    wire = {"up": sum(one.bytes_up for one in results), "down": sum(one.bytes_down for one in results)}
    _say(
        json.dumps(
            {**moved, **wire, "unpacked": sum(line.unpacked for line in lines), "fewest": min(asked), "most": max(asked), "cpu": cpu}
        )
    )
    for store, line in zip(stores, lines, strict=True):
        line.close()
        store.close()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _sync_all([Path(folder) for folder in sys.argv[1:]])
