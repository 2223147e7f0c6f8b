"""Saving the original of a photo from its viewer."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.widgets.toast import Toast
from tests.support.children_window import a_visit_screen, over
from tests.support.laptop import Laptop, fill
from tests.support.pictures import a_jpeg
from tests.support.qt import InlineTasks

pytestmark = pytest.mark.usefixtures("english")


def a_viewer(qtbot: QtBot, laptop: Laptop, source: bytes) -> PhotoViewer:
    case = fill(laptop, 1)[0]
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case.id)
    photo = laptop.photos.add(laptop.visits.draft(case.id).visit.id, case.id, source, PhotoKind.INSIDE).photo
    viewer = PhotoViewer(photo, Thumbnails(laptop.photos, InlineTasks()), screen)  # type: ignore[arg-type]
    viewer.open()
    return viewer


def test_the_file_is_saved_as_it_came(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    source = a_jpeg(taken="2026:11:20 14:05:00")
    viewer = a_viewer(qtbot, laptop, source)
    assert viewer.original.isVisible()
    target = tmp_path / "inside.jpg"
    viewer.original.save_to(target)
    assert target.read_bytes() == source
    assert viewer.findChild(Toast) is not None


def test_a_folder_that_cannot_be_written_is_told(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    viewer = a_viewer(qtbot, laptop, a_jpeg())
    viewer.original.save_to(tmp_path / "nowhere" / "inside.jpg")
    assert "could not be written" in viewer.message.text


def test_without_an_original_nothing_is_offered(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.store.most_original_bytes = 0
    viewer = a_viewer(qtbot, laptop, a_jpeg())
    assert not viewer.original.isVisible()


def test_the_visit_says_that_an_original_had_no_room(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.store.most_original_bytes = 0
    case = fill(laptop, 1)[0]
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case.id)
    screen._add([a_jpeg()])
    assert "its original is not" in screen.page.photos.message.text
    assert len(laptop.visits.draft(case.id).photos) == 1
