"""The ways to the phone's pictures: a quiet line on Today, and the photo part of a visit, which shows what was taken in when it is back."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenPhonePictures, RecordVisit
from fieldapp.gui.screens.today.phone_row import NewPictures
from fieldapp.gui.screens.today.screen import TodayScreen
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.usecases.phone_pictures import Choice, PhonePicture
from tests.support.children_window import over
from tests.support.laptop import Laptop, fill
from tests.support.phone_day import a_phone, begin_visits, moment, put
from tests.support.pictures import a_jpeg
from tests.support.qt import InlineTasks

pytestmark = pytest.mark.usefixtures("english")


def a_client(laptop: Laptop) -> Any:
    profile = SimpleNamespace(person_name="ครูสมหญิง", school_name="โรงเรียนบ้านนาคู")
    return SimpleNamespace(profile=profile, today=laptop.today, visits=laptop.visits, phone_pictures=laptop.phone_pictures)


def shown(qtbot: QtBot, screen: Any) -> Any:
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def test_today_says_quietly_that_there_are_new_pictures_and_leads_to_them(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop)
    laptop.phone_pictures.set_folder(tmp_path / "phone")
    screen = shown(qtbot, TodayScreen(a_client(laptop), InlineTasks(), ChangeFeed(), laptop.clock))  # type: ignore[arg-type]
    assert not screen.phone_row.isVisible()
    a_phone(tmp_path / "phone")
    screen.refresh()
    assert screen.phone_row.row.accessibleName() == "10 new pictures from the phone"
    gone: list[object] = []
    screen.navigate.connect(gone.append)
    QTest.keyClick(screen.phone_row.row, Qt.Key.Key_Return)
    screen.phone.click()
    assert gone == [OpenPhonePictures(), OpenPhonePictures()]


def test_a_picture_that_arrives_is_noticed_without_asking_by_the_clock(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    laptop.clock.at = moment("18:30")
    folder = tmp_path / "LINE"
    folder.mkdir()
    laptop.phone_pictures.set_folder(folder)
    counts: list[int] = []
    pictures = NewPictures(laptop.phone_pictures, InlineTasks(), plugged_in=lambda: ())  # type: ignore[arg-type]
    pictures.counted.connect(counts.append)
    pictures.count()
    with qtbot.waitSignal(pictures.counted, timeout=10_000):
        put(folder / "1.jpg", a_jpeg(), moment("09:00"))
    assert counts == [0, 1]


def test_old_pictures_of_a_private_life_are_not_news(laptop: Laptop, tmp_path: Path) -> None:
    a_phone(tmp_path)
    laptop.clock.forward(days=60)
    assert laptop.phone_pictures.count_new([tmp_path]) == 0


def test_the_photo_part_of_a_visit_begins_it_and_leads_to_the_phone_s_pictures(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    (case,) = fill(laptop, 1)
    screen = VisitScreen(over(laptop), InlineTasks(), ChangeFeed(), laptop.clock)  # type: ignore[arg-type]
    screen.arrive(RecordVisit(case.id))
    shown(qtbot, screen)
    assert laptop.phone_pictures.visits() == ()
    gone: list[object] = []
    screen.navigate.connect(gone.append)
    screen.page.photos.phone.click()
    screen.leave()
    assert gone == [OpenPhonePictures()]
    (visit,) = laptop.phone_pictures.visits()
    (path,) = a_phone(tmp_path, visits=1, each=1)
    (picture,) = laptop.phone_pictures.read(laptop.phone_pictures.listing([path]).files)
    assert isinstance(picture, PhonePicture)
    laptop.phone_pictures.take_in(Choice(picture, visit, PhotoKind.INSIDE, None))
    assert screen.page.photos.tiles() == []
    screen.refresh()
    assert len(screen.page.photos.tiles()) == 1
    screen.refresh()
    assert len(screen.page.photos.tiles()) == 1
    assert len(screen.work.photos) == 1
