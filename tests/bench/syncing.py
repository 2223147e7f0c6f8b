"""Sync beside plain HTTP of the same bytes: first downloads, a sync with nothing new, ten changes, a heavy day of visits and
photos, and fifty laptops at once, each for itself or all with one scope."""

import os
import statistics
import tempfile
from itertools import count
from pathlib import Path

from sqlalchemy import select

from fieldapp.server import tables as server_tables
from fieldapp.store.roll import Roll
from fieldapp.usecases.children import Children, ListFilter
from tests.bench import many_laptops, one_scope, plain_limit
from tests.bench.measure import seconds_of, take_turns, tell
from tests.bench.processes import bench_world, plain_server
from tests.support.district import make_child
from tests.support.laptop import Clock
from tests.support.world import FieldLaptop, World

SMALL, LARGE = 1_519, 20_000
VISITS = 500
PHOTO_BYTES = 200_000
_BATCH = 2_000


def run() -> None:
    for children, budget in ((SMALL, "<= 3 x"), (LARGE, "<= 2 x")):
        with bench_world() as world:
            cases = _assign(world, children)
            laptop = _download(world, children, budget)
            if children == LARGE:
                _nothing_new(laptop)
                _ten_changed(world, laptop, cases)
    with bench_world() as world:
        _heavy_day(world)
    many_laptops.run()
    one_scope.run()


def _assign(world: World, children: int) -> list[str]:
    teacher = world.district.add_person("somying")
    cases: list[str] = []
    for start in range(0, children, _BATCH):
        number = min(_BATCH, children - start)
        cards = [_card(start + place) for place in range(number)]
        cases += world.district.add_cases(number, teacher, children=cards)
    return cases


def _card(number: int):  # type: ignore[no-untyped-def]
    """About as much on the card as real lists bring."""
    return make_child(
        f"ธนกร{number}", national_id=f"1460{number:09d}", house_no=str(number % 180), moo=str(number % 12), village="บ้านนาคู",
        guardian_name="นางบุญมี พิมพ์สวัสดิ์", guardian_relation="ยาย", guardian_phone="0812345214", last_school_name="โรงเรียนบ้านนาคู",
        last_grade="ป.4", last_school_year="2567",
    )  # fmt: skip


def _download(world: World, children: int, budget: str) -> FieldLaptop:
    """The whole scope onto a new laptop, until a child can be searched."""
    laptops: list[FieldLaptop] = []

    def ours() -> float:
        laptops.append(world.laptop("somying"))
        return seconds_of(lambda: _download_and_search(laptops[-1], children))

    with tempfile.TemporaryDirectory() as name:
        payload = Path(name) / "payload.json"
        bodies = _bodies(world)
        # The very JSON that is pulled, so that both sides read the same bytes.
        payload.write_text("\n".join(bodies), encoding="utf-8")
        numbers = count()
        with plain_server(payload) as address:
            seconds, limit = take_turns(
                ours, lambda: seconds_of(lambda: plain_limit.download(address, Path(name) / f"{next(numbers)}.db")), runs=3
            )
        tell(
            f"first_download_{children}_s",
            ours=seconds,
            limit=limit,
            budget=f"{budget} plain HTTP + one SQLCipher transaction of the same bytes",
            records=len(bodies),
            payload_bytes=payload.stat().st_size,
        )
    return laptops[-1]


def _download_and_search(laptop: FieldLaptop, children: int) -> None:
    result = laptop.sync()
    assert result.error is None
    found = Children(laptop.store, Roll(laptop.store), Clock()).count(ListFilter(text="ธนกร"))
    assert found == children, found


def _bodies(world: World) -> list[str]:
    """What the district has ready to send to this teacher."""
    with world.district.engine.connect() as connection:
        table = server_tables.head
        return list(connection.execute(select(table.c.body).where(table.c.district_id == world.district.id)).scalars())


def _nothing_new(laptop: FieldLaptop) -> None:
    laptop.sync()
    times = [seconds_of(laptop.sync) * 1000 for _ in range(30)]
    tell("sync_with_nothing_new_ms", ours=statistics.median(times), budget=f"1 round trip, <= 10 ms, {LARGE} held")


def _ten_changed(world: World, laptop: FieldLaptop, cases: list[str]) -> None:
    times = []
    for round_number in range(10):
        teacher = world.district.people["somying"]
        for case_id in cases[10 * round_number : 10 * round_number + 10]:
            world.district.assign(case_id, teacher)
        times.append(seconds_of(laptop.sync) * 1000)
    tell("sync_with_ten_changed_ms", ours=statistics.median(times), budget=f"<= 20 ms, {LARGE} held")


def _heavy_day(world: World) -> None:
    """Visits and photos made before; measured is the way to the district, durable at both ends, every receipt verified."""
    teacher = world.district.add_person("somying")
    cases = world.district.add_cases(VISITS, teacher, children=[_card(number) for number in range(VISITS)])
    pictures = [b"\xff\xd8\xff" + os.urandom(PHOTO_BYTES - 3) for _ in range(VISITS)]
    laptop = world.laptop("somying")
    assert laptop.sync().error is None
    for case_id, picture in zip(cases, pictures, strict=True):
        laptop.photograph(laptop.visit(case_id, note="ยายเลี้ยงหลานสองคน แม่ทำงานที่ระยอง เด็กอยากเรียนต่อ"), content=picture)
    results = []
    seconds = seconds_of(lambda: results.append(laptop.sync()))
    result = results[0]
    assert result.error is None
    assert (result.pushed, result.photos) == (2 * VISITS, VISITS), result
    bodies = _event_bodies(world)
    with tempfile.TemporaryDirectory() as name, plain_server() as address:
        numbers = count()
        limit = min(seconds_of(lambda: plain_limit.upload(address, Path(name) / f"{next(numbers)}.db", bodies, pictures)) for _ in range(3))
    payload = sum(map(len, bodies)) + sum(map(len, pictures))
    tell(
        f"visits_and_photos_{VISITS}_s",
        ours=seconds,
        limit=limit,
        budget="<= 1.5 x plain HTTP + SQLCipher of the same bytes; wire <= 1.05 x payload",
        receipts=result.receipts_verified,
        wire_to_payload=round(result.bytes_up / payload, 3),
    )


def _event_bodies(world: World) -> list[bytes]:
    with world.district.engine.connect() as connection:
        table = server_tables.event
        query = select(table.c.body).where(table.c.district_id == world.district.id, table.c.device_id.is_not(None))
        return [body.encode() for body in connection.execute(query).scalars()]
