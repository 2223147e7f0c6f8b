"""Fifty laptops of one school, so with one scope: each has sent its twenty visits, and all pull the others' at one moment. Beside the same
bytes over plain HTTP into SQLCipher files."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from fieldapp.domain.reference import Role
from fieldapp.server import tables as server_tables
from fieldapp.sync.push import push
from fieldapp.sync.round import Round
from tests.bench import plain_limit
from tests.bench.many_laptops import LAPTOPS, VISITS, in_processes
from tests.bench.measure import seconds_of, tell
from tests.bench.processes import bench_worlds, plain_server
from tests.support.district import make_child
from tests.support.world import World

_SCHOOL = "46030001"
_SERVERS = 2
_AT_ONCE = 10


def run() -> None:
    with bench_worlds(_SERVERS) as worlds:
        folders, before = _prepare(worlds)
        seconds, said = in_processes([[str(folder) for folder in folders[number::2]] for number in range(2)])
        assert sum(one["errors"] for one in said) == 0, said
        # Each of the others' visits, at least; its own come back too, as they now stand.
        assert sum(one["pulled"] for one in said) >= LAPTOPS * (LAPTOPS - 1) * VISITS, said
        changes = _changes(worlds[0], before)
        limit = _limit(changes)
    tell(
        "fifty_laptops_with_one_scope_s",
        ours=seconds,
        limit=limit,
        budget="<= 2 x plain HTTP + SQLCipher of the same bytes",
        pulled=sum(one["pulled"] for one in said),
        payload_down=sum(one["unpacked"] for one in said),
        wire_down=sum(one["down"] for one in said),
        requests=[min(one["fewest"] for one in said), max(one["most"] for one in said)],
    )


def _prepare(worlds: tuple[World, ...]) -> tuple[list[Path], int]:
    """All hold the same thousand cases; then each sends its visits and does not pull. With the district's sequence before the visits."""
    district = worlds[0].district
    cases = []
    for _ in range(LAPTOPS):
        cases.append(district.add_cases(VISITS, school_code=_SCHOOL, children=[make_child(f"ธนกร{place}") for place in range(VISITS)]))
    laptops = []
    for number in range(LAPTOPS):
        district.add_person(f"head{number}", Role.SCHOOL_HEAD, _SCHOOL)
    for number in range(LAPTOPS):
        laptop = worlds[number % _SERVERS].laptop(f"head{number}")
        assert laptop.sync().error is None
        laptops.append(laptop)
    before = _sequence(worlds[0])
    for laptop, mine in zip(laptops, cases, strict=True):
        for case_id in mine:
            laptop.visit(case_id, note="ยายเลี้ยงหลานสองคน แม่ทำงานที่ระยอง เด็กอยากเรียนต่อ")
        push(Round(laptop.store, laptop.line, laptop.now, lambda progress: None, lambda: False))
        laptop.close()
    return [laptop.folder for laptop in laptops], before


def _sequence(world: World) -> int:
    table = server_tables.district
    with world.district.engine.connect() as connection:
        number: int = connection.execute(select(table.c.last_sequence).where(table.c.district_id == world.district.id)).scalar_one()
        return number


def _changes(world: World, after: int) -> list[str]:
    """What each of them has to take in."""
    table = server_tables.head
    query = select(table.c.body).where(table.c.district_id == world.district.id, table.c.sequence > after).order_by(table.c.sequence)
    with world.district.engine.connect() as connection:
        return list(connection.execute(query).scalars())


def _limit(bodies: list[str]) -> float:
    with tempfile.TemporaryDirectory() as name:
        payload = Path(name) / "payload.json"
        payload.write_text("\n".join(bodies), encoding="utf-8")
        with plain_server(payload) as address, ThreadPoolExecutor(_AT_ONCE) as pool:
            databases = [Path(name) / f"{number}.db" for number in range(LAPTOPS)]
            return seconds_of(lambda: list(pool.map(lambda database: plain_limit.download(address, database), databases)))
