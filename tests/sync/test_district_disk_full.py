"""The district's disk is full: the answer says so, nothing is kept by half, the laptop keeps everything and goes on once there is room."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from fieldapp.errors import ServerProblem
from fieldapp.sync.progress import SyncResult
from tests.support.district import TestDistrict
from tests.support.running import serving
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.world import FieldLaptop, World

MakeRoom = Callable[[], None]


def require_full(result: SyncResult) -> None:
    assert isinstance(result.error, ServerProblem), result
    assert (result.error.code, result.error.status, result.error.data["seconds"]) == ("server_full", 503, "600")


@pytest.fixture
def photo_disk() -> Iterator[SmallDisk]:
    with small_disk(256) as disk:
        yield disk


@pytest.fixture
def cramped(district: TestDistrict, photo_disk: SmallDisk, tmp_path: Path) -> Iterator[World]:
    """A world whose district keeps its photos on the small disk."""
    with serving(district, photo_disk.folder) as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)


def a_laptop(world: World) -> tuple[FieldLaptop, str]:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    return laptop, case_id


@pytest.mark.parametrize("size", [200_000, 1_300_000])
def test_photos_wait_for_room_and_everything_else_goes_on(
    cramped: World, photo_disk: SmallDisk, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    laptop, case_id = a_laptop(cramped)
    visit = laptop.visit(case_id)
    photos = [laptop.photograph(visit, size=size) for _ in range(3)]
    require_full(laptop.sync())
    assert laptop.status(visit.id)[0] == "accepted"
    waiting = [photo for photo in photos if laptop.photo_state(photo) == "waiting"]
    assert waiting
    # What could not be kept whole is not kept by half.
    kept = [path for path in photo_disk.folder.rglob("*") if path.is_file()]
    assert not [path for path in kept if "#" in path.name]
    photo_disk.enlarge(16_384)
    assert laptop.sync().error is None
    assert all(cramped.photo_is_stored(photo) for photo in photos)
    caplog.clear()  # the district's log tells of it


def test_nobody_is_asked_for_photo_after_photo_in_vain(cramped: World, caplog: pytest.LogCaptureFixture) -> None:
    laptop, case_id = a_laptop(cramped)
    visit = laptop.visit(case_id)
    for _ in range(30):
        laptop.photograph(visit, size=100_000)
    require_full(laptop.sync())
    assert laptop.line.calls["begin_photo"] < 15
    caplog.clear()


@contextmanager
def _said_by_postgres(engine: Engine) -> Iterator[MakeRoom]:
    """A disk that PostgreSQL calls full, without one."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
        )
        connection.execute(text("CREATE TRIGGER no_room BEFORE INSERT ON event EXECUTE FUNCTION no_room()"))

    def make_room() -> None:
        with engine.begin() as connection:
            connection.execute(text("DROP FUNCTION IF EXISTS no_room CASCADE"))

    try:
        yield make_room
    finally:
        make_room()


@contextmanager
def _full_tablespace(engine: Engine) -> Iterator[MakeRoom]:
    """The table of events lies on a disk on which only what it now holds has room."""
    _outside(engine, "VACUUM FULL event")  # no room between the rows
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_total_relation_size('event')")).scalar_one()
    with small_disk(size // 1_024 + 512) as disk:
        shutil.chown(disk.folder, "pgserver")
        _outside(engine, f"CREATE TABLESPACE cramped LOCATION '{disk.folder}'")
        try:
            _outside(engine, "ALTER TABLE event SET TABLESPACE cramped")
            filler = disk.folder / "filler"
            free = os.statvfs(disk.folder)
            filler.write_bytes(b"x" * (free.f_bfree * free.f_frsize))
            yield filler.unlink
        finally:
            _outside(engine, "ALTER TABLE event SET TABLESPACE pg_default")
            _outside(engine, "DROP TABLESPACE cramped")


def _outside(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("full", [_said_by_postgres, _full_tablespace], ids=["said", "real"])
def test_visits_wait_for_room_in_the_database(
    world: World, full: Callable[[Engine], "ExitStack"], caplog: pytest.LogCaptureFixture
) -> None:
    laptop, case_id = a_laptop(world)
    # More than the last page of the table has room for.
    visits = [laptop.visit(case_id, note=os.urandom(1_500).hex()) for _ in range(12)]
    with full(world.district.engine) as make_room:
        require_full(laptop.sync())
        assert world.visits(case_id) == []
        assert [laptop.status(visit.id)[0] for visit in visits] == [None] * 12
        make_room()
        assert laptop.sync().error is None
    assert sorted(world.visits(case_id)) == sorted(visit.id for visit in visits)
    caplog.clear()
