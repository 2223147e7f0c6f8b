"""Blurring by hand, through the dialog: with a mouse, a pen or a finger, and with keys alone."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.visit.blur.canvas import BlurCanvas
from fieldapp.gui.screens.visit.blur.dialog import BlurDialog
from fieldapp.gui.screens.visit.screen import VisitScreen
from tests.support.children_window import a_visit_screen, over
from tests.support.laptop import Laptop, fill
from tests.support.pictures import a_jpeg

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    return fill(laptop, 1)[0].id


@pytest.fixture
def screen(qtbot: QtBot, laptop: Laptop, case_id: str) -> VisitScreen:
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    screen._add([a_jpeg()], PhotoKind.OUTSIDE)
    return screen


def a_dialog(screen: VisitScreen) -> BlurDialog:
    """As a person comes to it: the photo is opened, then its button pressed."""
    screen.page.photos.opened.emit(screen.work.photos[0].photo)
    viewer = screen.findChild(PhotoViewer)
    assert viewer is not None
    assert viewer.blur is not None
    viewer.blur.click()
    dialog = screen.findChild(BlurDialog)
    assert dialog is not None
    QApplication.processEvents()
    return dialog


def at(canvas: BlurCanvas, x: float, y: float) -> QPoint:
    room = canvas.room()
    return QPointF(room.x() + x * room.width(), room.y() + y * room.height()).toPoint()


def drag(canvas: BlurCanvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *start))
    for part in (0.5, 1.0):
        QTest.mouseMove(canvas, at(canvas, *(a + (b - a) * part for a, b in zip(start, end, strict=True))))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *end))


def test_a_dragged_face_is_blurred_in_the_saved_photo(laptop: Laptop, screen: VisitScreen, case_id: str) -> None:
    before = laptop.visits.draft(case_id).photos[0].photo
    dialog = a_dialog(screen)
    assert not dialog.save.isEnabled()
    drag(dialog.canvas, (0.2, 0.2), (0.6, 0.7))
    (region,) = dialog.canvas.fields.regions
    assert (region.left, region.top) == pytest.approx((0.2, 0.2), abs=0.01)
    assert (region.width, region.height) == pytest.approx((0.4, 0.5), abs=0.01)
    assert region.oval
    dialog.save.click()
    after = laptop.visits.draft(case_id).photos[0].photo
    assert after.sha256 != before.sha256
    assert screen.work.photos[0].photo == after
    (tile,) = screen.page.photos.tiles()
    assert tile.sha256 == after.sha256
    assert tile.picture.has_picture


def test_a_field_is_moved_and_sized_by_dragging(screen: VisitScreen) -> None:
    canvas = a_dialog(screen).canvas
    drag(canvas, (0.2, 0.2), (0.4, 0.4))
    drag(canvas, (0.3, 0.3), (0.5, 0.5))
    moved = canvas.fields.chosen
    assert moved is not None
    assert (moved.left, moved.top, moved.width) == pytest.approx((0.4, 0.4, 0.2), abs=0.01)
    drag(canvas, (0.6, 0.6), (0.8, 0.9))
    sized = canvas.fields.chosen
    assert sized is not None
    assert (sized.left, sized.width, sized.height) == pytest.approx((0.4, 0.4, 0.5), abs=0.01)
    assert len(canvas.fields.regions) == 1


def test_keys_alone_lay_move_size_choose_and_remove(screen: VisitScreen) -> None:
    dialog = a_dialog(screen)
    canvas = dialog.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    first = canvas.fields.chosen
    assert first is not None
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    changed = canvas.fields.chosen
    assert changed is not None
    assert (changed.left - first.left, changed.height - first.height) == pytest.approx((-0.01, 0.01))
    assert "Blurred place 1 of 1" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    assert canvas.fields.place == 2
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.fields.place == 1
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.fields.regions) == 1
    dialog.undo.click()
    assert len(canvas.fields.regions) == 2


def test_each_step_can_be_taken_back(screen: VisitScreen) -> None:
    dialog = a_dialog(screen)
    fields = dialog.canvas.fields
    dialog.add.click()
    dialog.box.click()
    assert fields.chosen is not None
    assert not fields.chosen.oval
    drag(dialog.canvas, (0.5, 0.5), (0.7, 0.7))
    dialog.undo.click()
    assert fields.chosen is not None
    assert fields.chosen.left == pytest.approx(0.5 - fields.chosen.width / 2)
    dialog.undo.click()
    assert fields.chosen is not None
    assert fields.chosen.oval
    dialog.undo.click()
    assert fields.regions == ()
    assert not dialog.undo.isEnabled()
    assert not dialog.save.isEnabled()


def test_a_tap_beside_the_fields_lays_none(screen: VisitScreen) -> None:
    canvas = a_dialog(screen).canvas
    drag(canvas, (0.5, 0.5), (0.502, 0.502))
    assert canvas.fields.regions == ()


def test_a_photo_that_was_finished_meanwhile_is_told(laptop: Laptop, screen: VisitScreen, case_id: str) -> None:
    dialog = a_dialog(screen)
    dialog.add.click()
    laptop.visits.discard(case_id)
    dialog.save.click()
    assert "finished" in dialog.message.text
    assert dialog.isVisible()


def test_outside_a_draft_the_viewer_says_why_there_is_no_blurring(laptop: Laptop, screen: VisitScreen) -> None:
    viewer = PhotoViewer(screen.work.photos[0].photo, screen._thumbnails, screen)
    assert viewer.blur is None
