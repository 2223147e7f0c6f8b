"""Our laptop, and @tus/server as it comes from npm: what we ask of a server is what tus says, not what ours happens to do."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from fieldapp.domain.photo import Photo
from fieldapp.server import tables as server_tables
from fieldapp.store.tables import photo_transfer
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.upload import LARGEST_CHUNK
from tests.support.faults import Fault
from tests.support.relay import Relay, relay
from tests.support.world import FieldLaptop, World

LARGE = LARGEST_CHUNK * 3 + 1_000
_PHOTO_REQUESTS = ("begin_photo", "photo_offset", "send_photo", "photo_receipt")


class TusServer:
    """@tus/server with @tus/file-store, as a process; it signs receipts with the district's key."""

    def __init__(self, programs: Path, folder: Path, world: World) -> None:
        with world.district.engine.connect() as connection:
            district = server_tables.district
            query = select(district.c.signing_seed).where(district.c.district_id == world.district.id)
            seed = connection.execute(query).scalar_one()
        self.folder = folder
        self._programs = programs
        self._told = {"folder": str(folder), "port": 0, "seed": seed, "district": world.district.id}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["node", "tus_server.mjs", json.dumps(self._told)],
            cwd=self._programs,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._told["port"] = int(self._process.stdout.readline())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._told['port']}"

    def kill(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()

    def uploads(self) -> list[bytes]:
        """What its uploads hold, finished or not."""
        return [file.read_bytes() for file in self.folder.iterdir() if file.is_file() and file.suffix != ".json"]


class PhotosElsewhere:
    """A line to the district whose photos go to another server."""

    def __init__(self, district: Any, photos: HttpTransport) -> None:
        self._district = district
        self._photos = photos

    def __getattr__(self, name: str) -> Any:
        return getattr(self._photos if name in _PHOTO_REQUESTS else self._district, name)

    def close(self) -> None:
        self._photos.close()
        self._district.close()


@pytest.fixture
def strangers(node: Path, world: World, tmp_path: Path) -> Iterator[TusServer]:
    server = TusServer(node, tmp_path / "tus", world)
    yield server
    server.kill()


@pytest.fixture
def wire(strangers: TusServer) -> Iterator[Relay]:
    with relay(strangers.address) as wire:
        yield wire


@pytest.fixture
def laptop(world: World, wire: Relay) -> FieldLaptop:
    teacher = world.teacher()
    world.district.add_case(world.district.people["somying"])
    teacher.sync()
    send_photos_by(wire, teacher)
    return teacher


def send_photos_by(wire: Relay, laptop: FieldLaptop) -> None:
    laptop.line.inner = PhotosElsewhere(laptop.line.inner, HttpTransport(wire.address, now=laptop.now))  # type: ignore[assignment]


def take(laptop: FieldLaptop, size: int) -> Photo:
    return laptop.photograph(laptop.visit(next(iter(laptop.case_ids()))), size=size)


def picture(laptop: FieldLaptop, photo: Photo) -> bytes:
    from fieldapp.store import photos

    with laptop.store.photo_reading() as connection:
        found = photos.picture(connection, photo.sha256)
    assert found is not None
    return found


def require_received(laptop: FieldLaptop, photo: Photo, strangers: TusServer) -> None:
    assert laptop.photo_state(photo) == "received"
    assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    assert picture(laptop, photo) in strangers.uploads()


def test_a_small_photo_is_one_request(laptop: FieldLaptop, strangers: TusServer) -> None:
    photo = take(laptop, 200_000)
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert (laptop.line.calls["begin_photo"], laptop.line.calls["send_photo"]) == (1, 0)


def test_a_large_photo_goes_in_chunks(laptop: FieldLaptop, strangers: TusServer) -> None:
    photo = take(laptop, LARGE)
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert (laptop.line.calls["begin_photo"], laptop.line.calls["send_photo"]) == (1, 3)


def test_several_photos_go_at_the_same_time(laptop: FieldLaptop, strangers: TusServer) -> None:
    photos = [take(laptop, size) for size in (LARGE, 100_000, LARGE, 200_000, LARGE + 1, 50_000, LARGE + 2, 3_000)]
    result = laptop.sync()
    assert (result.error, result.photos) == (None, len(photos))
    for photo in photos:
        require_received(laptop, photo, strangers)


def test_a_photo_that_was_cut_in_the_middle_of_a_chunk_goes_on_from_there(laptop: FieldLaptop, strangers: TusServer, wire: Relay) -> None:
    photo = take(laptop, LARGE)
    wire.cut_request_after(LARGEST_CHUNK + LARGEST_CHUNK // 2)
    assert laptop.sync().error is not None
    assert laptop.photo_state(photo) == "waiting"
    wire.mend()
    before = wire.passed_up
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert laptop.line.calls["begin_photo"] == 1
    assert wire.passed_up - before <= LARGE - LARGEST_CHUNK + 5_000


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_a_photo_goes_on_after_the_server_was_killed_and_started_again(laptop: FieldLaptop, strangers: TusServer, fault: Fault) -> None:
    photo = take(laptop, LARGE)
    laptop.line.fail(fault, on="send_photo", at=2)
    assert laptop.sync().error is not None
    strangers.kill()
    error = laptop.sync().error
    assert error is not None and error.code == "offline.unreachable"
    strangers.start()
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert laptop.line.calls["begin_photo"] == 1


def test_a_photo_goes_on_after_the_laptop_was_started_again(laptop: FieldLaptop, strangers: TusServer, wire: Relay) -> None:
    photo = take(laptop, LARGE)
    laptop.line.fail(Fault.CUT_AFTER, on="send_photo", at=1)
    assert laptop.sync().error is not None
    laptop.restart()
    send_photos_by(wire, laptop)
    before = wire.passed_up
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert wire.passed_up - before <= LARGE - 2 * LARGEST_CHUNK + 5_000


def test_an_upload_that_was_deleted_there_begins_anew(laptop: FieldLaptop, strangers: TusServer) -> None:
    photo = take(laptop, LARGE)
    laptop.line.fail(Fault.CUT_AFTER, on="send_photo", at=1)
    assert laptop.sync().error is not None
    with laptop.store.reading() as connection:
        upload = connection.execute(select(photo_transfer.c.upload_url)).scalar_one()
    assert requests.delete(upload, headers={"Tus-Resumable": "1.0.0"}, timeout=30).status_code == 204
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert laptop.line.calls["begin_photo"] == 2


def test_the_last_answer_may_be_lost(laptop: FieldLaptop, strangers: TusServer) -> None:
    photo = take(laptop, LARGE)
    laptop.line.fail(Fault.CUT_AFTER, on="send_photo", at=3)
    assert laptop.sync().error is not None
    sent = laptop.line.calls["send_photo"]
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
    assert laptop.line.calls["send_photo"] == sent


def test_a_server_that_signs_for_nothing_is_not_believed(laptop: FieldLaptop, strangers: TusServer) -> None:
    """Every byte arrived, but where is the receipt? The photo goes on waiting, and that is told."""
    photo = take(laptop, LARGE)
    laptop.line.alter("send_photo", lambda standing: type(standing)(standing.upload, standing.offset))
    laptop.line.alter("photo_receipt", lambda receipt: None)
    error = laptop.sync().error
    assert error is not None and error.code == "receipt_invalid"
    assert laptop.photo_state(photo) == "waiting"
    laptop.line.heal()
    assert laptop.sync().error is None
    require_received(laptop, photo, strangers)
