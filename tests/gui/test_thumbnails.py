"""Small pictures: fetched once, and told once where their file is damaged."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.tasks import Tasks
from tests.support.laptop import Laptop, a_laptop, a_listed_child
from tests.support.pictures import a_jpeg


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return a_laptop(tmp_path / "profile")


def a_photo(laptop: Laptop) -> str:
    child, case = a_listed_child()
    laptop.put(child, case)
    return laptop.photos.add(laptop.visits.draft(case.id).visit.id, case.id, a_jpeg(), PhotoKind.OUTSIDE).photo.sha256


def test_a_damaged_file_of_photos_is_told_once_and_every_tile_gets_its_answer(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.store.close()
    file = laptop.folder / "photos.db"
    tables = file.stat().st_size
    opened = laptop.reopened()
    sha256 = a_photo(opened)
    opened.store.close()
    data = bytearray(file.read_bytes())
    data[tables:] = b"\x55" * (len(data) - tables)  # the pictures, not the tables that name them
    file.write_bytes(data)
    tasks = Tasks()
    told: list[Exception] = []
    tasks.unhandled.connect(told.append)
    thumbnails = Thumbnails(laptop.reopened().photos, tasks)
    answers: list[bytes | None] = []
    for _tile in range(3):
        thumbnails.fetch(tasks, sha256, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    tasks.join()
    assert answers == [None, None, None]
    assert [getattr(error, "code", "") for error in told] == ["store.damaged"]
