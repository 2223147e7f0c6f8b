"""What the photo part asks for: the house from outside and inside, the child with the school's sign in its place, nothing after a no."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow
from fieldapp.gui.screens.visit.answers import Part
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.theme.tokens import TARGET
from fieldapp.usecases.caring import WantedConsent
from fieldapp.usecases.children import ListFilter
from tests.support.children_window import a_visit_screen, over
from tests.support.laptop import Laptop, fill
from tests.support.pictures import a_jpeg

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def laptop(laptop: Laptop) -> Laptop:
    fill(laptop, 2)
    return laptop


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    return laptop.children.page(ListFilter(), 0, 1)[0].case_id


def at_photos(qtbot: QtBot, laptop: Laptop, case_id: str) -> VisitScreen:
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    screen.page.open_part(Part.PHOTOS)
    return screen


def slots(screen: VisitScreen) -> list[PhotoKind]:
    return [slot.kind for slot in screen.page.photos.slots()]


def says_no(laptop: Laptop, case_id: str, *, given: bool = False) -> None:
    laptop.caring.record_consent(case_id, WantedConsent(ConsentPurpose.PHOTOS, given, "นางบัวผัน", "ยาย", "1"))


def test_a_place_waits_for_each_photo_and_is_filled_by_one_of_its_kind(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = at_photos(qtbot, laptop, case_id)
    assert slots(screen) == [PhotoKind.OUTSIDE, PhotoKind.INSIDE]
    wanted: list[PhotoKind] = []
    screen.page.photos.kind_wanted.disconnect(screen._on_photo_wanted)
    screen.page.photos.kind_wanted.connect(wanted.append)
    inside = screen.page.photos.slots()[1]
    assert min(inside.width(), inside.height()) >= TARGET
    QTest.mouseClick(inside, Qt.MouseButton.LeftButton)
    QTest.keyClick(inside, Qt.Key.Key_Space)
    assert wanted == [PhotoKind.INSIDE, PhotoKind.INSIDE]
    screen._add([a_jpeg()], PhotoKind.INSIDE)
    assert slots(screen) == [PhotoKind.OUTSIDE]
    assert "Outside the house" in screen.page.photos.shown.lack.plain
    assert screen.page.stepper.steps[Part.PHOTOS].summary == "1 photo · missing: Outside"
    screen._add([a_jpeg(640)])
    assert slots(screen) == []
    assert [one.photo.kind for one in laptop.visits.draft(case_id).photos] == [PhotoKind.INSIDE, PhotoKind.OUTSIDE]


def test_the_child_with_the_sign_takes_the_place_of_a_house_that_could_not_be_photographed(
    qtbot: QtBot, laptop: Laptop, case_id: str
) -> None:
    screen = at_photos(qtbot, laptop, case_id)
    screen.page.photos.shown.chips[PhotosShow.SCHOOL_SIGN].click()
    assert laptop.visits.draft(case_id).visit.photos_show is PhotosShow.SCHOOL_SIGN
    assert slots(screen) == [PhotoKind.CHILD_WITH_SCHOOL_SIGN]
    screen._add([a_jpeg()])
    assert [one.photo.kind for one in laptop.visits.draft(case_id).photos] == [PhotoKind.CHILD_WITH_SCHOOL_SIGN]
    screen.page.photos.shown.chips[PhotosShow.SCHOOL_SIGN].click()
    assert slots(screen) == [PhotoKind.OUTSIDE, PhotoKind.INSIDE]
    assert screen.page.photos.shown.chips[PhotosShow.OTHERS_HOUSE].accessibleName().startswith("House of relatives")


def test_a_no_to_photos_is_said_and_respected(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    says_no(laptop, case_id)
    screen = at_photos(qtbot, laptop, case_id)
    assert "does not agree to photos (นางบัวผัน" in screen.page.photos.shown.refusal.text
    assert slots(screen) == []
    assert screen.page.photos.shown.lack.isHidden()
    screen.page.photos.shown.chips[PhotosShow.SCHOOL_SIGN].click()
    assert slots(screen) == [PhotoKind.CHILD_WITH_SCHOOL_SIGN]


def test_a_yes_after_a_no_asks_for_the_photos_again(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    says_no(laptop, case_id)
    laptop.clock.forward(days=1)
    says_no(laptop, case_id, given=True)
    screen = at_photos(qtbot, laptop, case_id)
    assert screen.page.photos.shown.refusal.isHidden()
    assert slots(screen) == [PhotoKind.OUTSIDE, PhotoKind.INSIDE]
