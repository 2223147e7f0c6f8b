"""Pictures and signatures as answers, through the page over a real store."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import hashes_named_in
from fieldapp.gui.forms.editors.chosen import TilesAnswer
from fieldapp.gui.forms.editors.editor import AnswerWidget, Editor
from fieldapp.gui.forms.editors.picture import PictureAnswer
from fieldapp.gui.forms.editors.signature import SignatureAnswer
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.navigation import FillForm
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.records.of_case import photos_of_case, submissions_of_case
from fieldapp.store import drafts
from tests.support.children_window import a_form_screen, over, settle
from tests.support.forms_here import published
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_jpeg
from tests.support.qt import LaterTasks, tap
from tests.support.xlsforms import PICTURED

pytestmark = pytest.mark.usefixtures("english")

HOUSE = published(PICTURED)


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    child, case = a_listed_child()
    laptop.put(child, case, HOUSE)
    return case.id


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "DSC_0001.JPG"
    path.write_bytes(a_jpeg())
    return path


def a_screen(qtbot: QtBot, laptop: Laptop, case_id: str) -> FormScreen:
    screen = a_form_screen(qtbot, over(laptop), laptop.clock, FillForm("house", case_id))
    settle(screen)
    return screen


def view_of(screen: FormScreen) -> FormView:
    assert screen.view is not None
    return screen.view


def editor(screen: FormScreen, name: str) -> Editor:
    view = view_of(screen)
    return next(one for one in view.blocks(view.page).editors() if one.path == f"/data/{name}")


def answer(screen: FormScreen, name: str) -> AnswerWidget:
    found = editor(screen, name).answer
    assert found is not None
    return found


def picture(screen: FormScreen, name: str) -> PictureAnswer:
    found = answer(screen, name)
    assert isinstance(found, PictureAnswer)
    return found


def signature(screen: FormScreen) -> SignatureAnswer:
    found = answer(screen, "signed")
    assert isinstance(found, SignatureAnswer)
    return found


def value(laptop: Laptop, case_id: str, name: str) -> str:
    """As the store has it."""
    return laptop.filling.open("house", case_id).session.value(f"/data/{name}")


def sign(screen: FormScreen, *, at: int = 60) -> None:
    pad = signature(screen).pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(at, 120))
    for step in range(1, 8):
        QTest.mouseMove(pad, QPoint(at + step * 20, 120 - (step % 3) * 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(at + 160, 100))


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the person picks in the system's dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))


def test_a_chosen_picture_is_on_disk_at_once_and_shown_again(
    qtbot: QtBot, laptop: Laptop, case_id: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    chosen(monkeypatch, file)
    tap(picture(screen, "outside").zone)
    assert picture(screen, "outside").tile.has_picture
    (sha256,) = hashes_named_in(value(laptop, case_id, "outside"))
    assert laptop.photos.picture(sha256) is not None
    again = a_screen(qtbot, laptop.reopened(), case_id)
    assert picture(again, "outside").tile.has_picture
    assert not picture(again, "outside").zone.isVisible()


def test_a_picture_is_dropped_on_its_question(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    picture(screen, "outside").dropEvent(drop)
    assert drop.isAccepted()
    assert value(laptop, case_id, "outside").endswith(".jpg")


def test_what_is_pasted_goes_to_the_question_without_a_picture(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    picture(screen, "outside").take([file])
    screenshot = QImage(40, 30, QImage.Format.Format_RGB32)
    screenshot.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(screenshot)
    before = value(laptop, case_id, "outside")
    view_of(screen).paste()
    assert value(laptop, case_id, "outside") == before
    assert value(laptop, case_id, "paper").endswith(".jpg")


def test_a_picture_that_is_taken_out_is_gone_from_the_disk(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    picture(screen, "outside").take([file])
    (sha256,) = hashes_named_in(value(laptop, case_id, "outside"))
    tap(picture(screen, "outside").remove)
    assert value(laptop, case_id, "outside") == ""
    assert laptop.photos.picture(sha256) is None
    assert picture(screen, "outside").zone.isVisible()


def test_another_picture_takes_the_place_of_the_first(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    picture(screen, "outside").take([file])
    (first,) = hashes_named_in(value(laptop, case_id, "outside"))
    picture(screen, "outside").take([a_jpeg(640, 480)])
    (second,) = hashes_named_in(value(laptop, case_id, "outside"))
    assert (laptop.photos.picture(first), laptop.photos.picture(second) is None) == (None, False)


def test_a_picture_is_seen_large(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    picture(screen, "outside").take([file])
    tap(picture(screen, "outside").tile)
    viewer = screen.findChild(PictureViewer)
    assert viewer is not None and viewer.shows_picture


def test_what_is_no_picture_is_told_in_words(qtbot: QtBot, laptop: Laptop, case_id: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    screen = a_screen(qtbot, laptop, case_id)
    asked = picture(screen, "paper")
    asked.take([paper])
    assert "Only pictures can be attached" in asked.message.text
    assert value(laptop, case_id, "paper") == ""


def test_a_signature_is_kept_when_the_hand_rests_and_shown_again(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    sign(screen)
    settle(screen)
    name = value(laptop, case_id, "signed")
    (sha256,) = hashes_named_in(name)
    data = laptop.photos.picture(sha256)
    assert data is not None and name.endswith(".png")
    image = Image.open(io.BytesIO(data)).convert("L")
    assert image.size[0] > 600 and image.getextrema()[0] < 90 and image.getpixel((5, 5)) == 255
    again = a_screen(qtbot, laptop.reopened(), case_id)
    assert not signature(again).pad.is_empty


def test_a_second_stroke_makes_one_signature_of_both(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    sign(screen)
    settle(screen)
    (first,) = hashes_named_in(value(laptop, case_id, "signed"))
    sign(screen, at=260)
    settle(screen)
    (second,) = hashes_named_in(value(laptop, case_id, "signed"))
    assert first != second
    assert laptop.photos.picture(first) is None


def test_a_signature_is_kept_though_the_page_is_left_at_once(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    sign(screen)
    screen.leave()
    assert value(laptop, case_id, "signed").endswith(".png")


def test_a_signature_is_begun_again_from_the_keyboard(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    sign(screen)
    settle(screen)
    pad = signature(screen).pad
    assert pad.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty
    assert value(laptop, case_id, "signed") == ""


def test_a_signature_on_paper_is_photographed(
    qtbot: QtBot, laptop: Laptop, case_id: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    chosen(monkeypatch, file)
    tap(signature(screen).from_paper)
    assert value(laptop, case_id, "signed").endswith(".jpg")
    assert not signature(screen).pad.is_empty


def test_a_finished_form_takes_its_pictures_along(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    view_of(screen).bridge.set("/data/came_in", "no")
    picture(screen, "outside").take([file])
    sign(screen)
    view = view_of(screen)
    while view.next.isVisible():
        tap(view.next)
    tap(view.finish)
    with laptop.store.reading() as connection:
        (submission,) = submissions_of_case(connection, laptop.store.district_id, case_id)
        photos = photos_of_case(connection, laptop.store.district_id, case_id)
        assert drafts.drafted_hashes(connection) == frozenset()
    assert {photo.submission_id for photo in photos} == {submission.id}
    assert {photo.sha256 for photo in photos} == hashes_named_in(submission.xml)
    assert len(photos) == 2


def test_finishing_waits_for_a_picture_that_is_being_taken_in(qtbot: QtBot, laptop: Laptop, case_id: str, file: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    view = view_of(screen)
    view.bridge.set("/data/came_in", "no")
    later = LaterTasks()
    assert view.bridge.attachments is not None
    view.bridge.attachments._tasks = later  # noqa: SLF001 - the camera's card is slow
    picture(screen, "outside").take([file])
    view.finish_wanted.emit()
    with laptop.store.reading() as connection:
        assert submissions_of_case(connection, laptop.store.district_id, case_id) == ()
    later.finish_all()
    with laptop.store.reading() as connection:
        (submission,) = submissions_of_case(connection, laptop.store.district_id, case_id)
    assert len(hashes_named_in(submission.xml)) == 1


def test_a_form_is_read_in_another_of_its_languages(qtbot: QtBot, laptop: Laptop) -> None:
    survey = [list(row) for row in PICTURED["survey"]]
    survey[0].append("label::English (en)")
    for row, words in zip(survey[1:], ("Did you **go in**?", "Outside", "Inside", "Signature", "Certificate"), strict=True):
        row.append(words)
    choices = [list(row) for row in PICTURED["choices"]]
    choices[0].append("label::English (en)")
    choices[1].append("Yes, we met")
    choices[2].append("No")
    child, case = a_listed_child()
    laptop.put(child, case, published({**PICTURED, "survey": survey, "choices": choices}))
    screen = a_screen(qtbot, laptop, case.id)
    languages = view_of(screen).languages
    assert [languages.itemText(place) for place in range(languages.count())] == ["ไทย", "English"]
    # The program speaks English here, so the form does.
    assert (languages.currentText(), editor(screen, "outside").label.plain) == ("English", "Outside")
    view_of(screen).bridge.set("/data/came_in", "yes")
    languages.setCurrentIndex(0)
    languages.activated.emit(0)
    assert editor(screen, "outside").label.plain == "ภาพนอกบ้าน"
    assert view_of(screen).bridge.session.value("/data/came_in") == "yes"
    languages.activated.emit(1)
    label = editor(screen, "came_in").label
    assert label.plain == "Did you go in? *"
    assert "<b>go in</b>" in label.text()


def test_a_long_choice_is_read_to_its_end(qtbot: QtBot, laptop: Laptop) -> None:
    words = "เด็กอยู่กับญาติที่ไม่ใช่พ่อแม่ในอีกอำเภอหนึ่งและกลับมาบ้านเฉพาะวันหยุดยาวของโรงเรียน" * 3
    choices = [list(row) for row in PICTURED["choices"]]
    choices[1][2] = words
    child, case = a_listed_child()
    laptop.put(child, case, published({**PICTURED, "choices": choices}))
    screen = a_screen(qtbot, laptop, case.id)
    tiles = answer(screen, "came_in")
    assert isinstance(tiles, TilesAnswer)
    long, short = tiles.tile("yes"), tiles.tile("no")
    width = long.fontMetrics().horizontalAdvance(words)
    assert long.height() > short.height() >= 44
    assert (long.height() - 20) // long.fontMetrics().lineSpacing() >= width // long.width()
