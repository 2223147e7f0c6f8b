"""Pictures that are still being taken in while the person goes on."""

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.screens.visit.photo_work import PhotoWork
from fieldapp.gui.tasks import Lane
from tests.support.qt import LaterTasks
from tests.support.stub_usecases import StubPhotos
from tests.support.views import draft

VISIT = draft().visit


def begun(tasks: Any) -> PhotoWork:
    work = PhotoWork(StubPhotos(), tasks)  # type: ignore[arg-type]
    work.begin(VISIT, ())
    return work


def test_pictures_are_taken_in_on_the_photos_lane_and_counted_meanwhile(qtbot: QtBot) -> None:
    tasks = LaterTasks()
    work = begun(tasks)
    work.add([b"one", b"two", b"three"])
    assert work.under_way == 3
    assert set(tasks.lanes) == {Lane.PHOTOS}
    tasks.finish_all()
    assert work.under_way == 0
    assert [shown.photo.kind for shown in work.photos] == [PhotoKind.OUTSIDE, PhotoKind.INSIDE, PhotoKind.OTHER]


def test_a_picture_arriving_after_coming_back_is_shown_and_counted_once(qtbot: QtBot) -> None:
    tasks = LaterTasks()
    work = begun(tasks)
    work.add([b"one"])
    work.begin(replace(VISIT, id="visit-of-another"), ())
    work.begin(VISIT, ())
    tasks.finish_all()
    assert len(work.photos) == 1
    assert work.under_way == 0


def test_a_picture_of_another_visit_is_not_shown_here(qtbot: QtBot) -> None:
    tasks = LaterTasks()
    work = begun(tasks)
    work.add([b"one"])
    work.begin(replace(VISIT, id="visit-of-another"), ())
    tasks.finish_all()
    assert work.photos == ()
