"""The camera's dialog, with real frames through Qt's own sink: live, taken, used; and what keeps a camera from giving a picture. There is
no camera where this runs."""

import io
import sys
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.camera import found
from fieldapp.gui.camera.dialog import CameraDialog
from fieldapp.gui.screens.visit.answers import Part
from tests.support.children_window import a_visit_screen, over
from tests.support.laptop import Laptop, fill

pytest.importorskip("PySide6.QtMultimedia", reason="no camera module here: an extra, which on Linux needs libpulse0")

from PySide6.QtMultimedia import QMediaDevices, QVideoFrame  # noqa: E402 - only where it is

from fieldapp.gui.camera.device import PATIENCE_MS, Camera, Trouble  # noqa: E402

# Where nothing is drawn by a graphics card, Qt converts frames itself and says so.
pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.qt_log_ignore("No RHI backend", extend=True)]


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[Camera]:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1278, 708)
    seen = found.camera(page)
    assert seen is not None
    yield seen
    page.close()


def a_dialog(camera: Camera, remembered: list[str] | None = None) -> CameraDialog:
    page = camera.parent()
    assert isinstance(page, QWidget)
    page.show()
    dialog = CameraDialog(camera, "Outside the house", "", (remembered if remembered is not None else []).append, page)
    dialog.open()
    return dialog


def frame(colour: str = "blue") -> QVideoFrame:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(colour)
    return QVideoFrame(image)


def show(camera: Camera, colour: str = "blue") -> None:
    """As the camera gives a frame."""
    camera._since.invalidate()
    camera.sink.setVideoFrame(frame(colour))


def test_without_a_camera_it_says_so_and_a_file_can_be_chosen(qtbot: QtBot, camera: Camera) -> None:
    if QMediaDevices.videoInputs():
        pytest.skip("there is a camera here")
    assert camera.devices() == ()
    dialog = a_dialog(camera)
    assert "not connected" in dialog.message.text
    assert not dialog.take.isEnabled()
    with qtbot.waitSignal(dialog.file_wanted):
        dialog.file.click()


def test_a_picture_is_seen_taken_looked_at_and_used(qtbot: QtBot, camera: Camera) -> None:
    dialog = a_dialog(camera)
    show(camera)
    assert dialog.take.isEnabled()
    assert dialog.message.isHidden()
    dialog.take.click()
    assert dialog.use.isVisible()
    assert not dialog.take.isVisible()
    show(camera, "red")  # what comes later does not change the picture that was taken
    with qtbot.waitSignal(dialog.used) as taken:
        dialog.use.click()
    image = Image.open(io.BytesIO(taken.args[0]))
    red, _green, blue = image.convert("RGB").getpixel((10, 10))
    assert (image.format, image.size, blue > 200 > 50 > red) == ("JPEG", (640, 480), True)
    assert not image.getexif()


def test_it_can_be_taken_again(camera: Camera) -> None:
    dialog = a_dialog(camera)
    show(camera)
    dialog.take.click()
    dialog.again.click()
    assert not dialog.use.isVisible()
    show(camera, "red")
    assert dialog.view.image.pixelColor(5, 5).name() == "#ff0000"


@pytest.mark.parametrize(
    ("why", "said"), [(Trouble.DENIED, "does not let the app"), (Trouble.BUSY, "Another program"), (Trouble.GONE, "not connected any more")]
)
def test_what_keeps_it_from_giving_a_picture_is_said_with_what_to_do(camera: Camera, why: Trouble, said: str) -> None:
    dialog = a_dialog(camera)
    show(camera)
    camera._fail(why)
    assert said in dialog.message.text
    assert dialog.message.button.text() == "Try again"
    assert not dialog.take.isEnabled()
    show(camera)
    assert dialog.message.isHidden()
    assert dialog.take.isEnabled()


def test_unplugged_after_the_picture_was_taken_it_can_still_be_used(qtbot: QtBot, camera: Camera) -> None:
    dialog = a_dialog(camera)
    show(camera)
    dialog.take.click()
    camera._fail(Trouble.GONE)
    with qtbot.waitSignal(dialog.used):
        dialog.use.click()


def test_a_camera_that_stays_silent_is_told_after_a_while(camera: Camera) -> None:
    dialog = a_dialog(camera)
    assert PATIENCE_MS <= 10_000
    camera._patience.timeout.emit()
    assert "gives no picture" in dialog.message.text


def test_frames_come_no_faster_than_they_can_be_shown(camera: Camera) -> None:
    seen: list[object] = []
    camera.seen.connect(seen.append)
    for _number in range(5):
        camera.sink.setVideoFrame(frame())
    assert len(seen) == 1


def test_where_the_module_is_missing_there_is_no_camera(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert not found.load()
    page = QWidget()
    qtbot.addWidget(page)
    assert found.camera(page) is None


def test_the_picked_camera_is_remembered(laptop: Laptop) -> None:
    assert laptop.preferences.camera() == ""
    laptop.preferences.set_camera("2f6465762f766964656f30")
    assert laptop.preferences.camera() == "2f6465762f766964656f30"


def test_the_visit_offers_no_camera_where_there_is_none_and_takes_its_picture_where_there_is(qtbot: QtBot, laptop: Laptop) -> None:
    case_id = fill(laptop, 1)[0].id
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    screen.page.open_part(Part.PHOTOS)
    assert screen.page.photos.camera.isVisible() == bool(QMediaDevices.videoInputs())
    screen.camera.open(PhotoKind.INSIDE, lambda data: screen._add([data], PhotoKind.INSIDE, laptop.clock()), lambda: None)
    dialog = screen.findChild(CameraDialog)
    assert dialog is not None
    seeing = screen.camera._camera
    assert seeing is not None
    show(seeing)
    dialog.take.click()
    dialog.use.click()
    (added,) = laptop.visits.draft(case_id).photos
    assert (added.photo.kind, added.photo.taken_at, added.photo.media_type) == (PhotoKind.INSIDE, laptop.clock(), "image/jpeg")
    assert laptop.photos.original_ending(added.photo.sha256) == "jpg"
