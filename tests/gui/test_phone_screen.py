"""The page of the phone's pictures, over a real store and real files: seen, sorted by hand and key, taken in, and told in words."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.phone.heap_card import HeapCard
from fieldapp.gui.screens.phone.screen import PhoneScreen
from fieldapp.gui.screens.phone.sources_card import hint
from fieldapp.gui.screens.phone.tiles import Tiles
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.volumes import PluggedIn, with_pictures
from tests.support.laptop import Laptop
from tests.support.phone_day import a_phone, begin_visits, moment, put, state_of
from tests.support.pictures import a_jpeg
from tests.support.qt import InlineTasks

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@dataclass
class Desk:
    """A laptop with the page open, and what is plugged into it."""

    laptop: Laptop
    screen: PhoneScreen
    phone: Path

    @property
    def heaps(self) -> tuple[HeapCard, ...]:
        return self.screen.cards()

    def photos(self, case_id: str) -> int:
        return len(self.laptop.visits.draft(case_id).photos)


def open_desk(qtbot: QtBot, laptop: Laptop, phone: Path, tasks: Any = None) -> Desk:
    laptop.clock.at = moment("18:30")
    client: Any = SimpleNamespace(phone_pictures=laptop.phone_pictures)

    def plugged_in() -> tuple[PluggedIn, ...]:
        return with_pictures([("MY PHONE", phone)]) if phone.exists() else ()

    screen = PhoneScreen(client, tasks or InlineTasks(), ChangeFeed(), laptop.clock, plugged_in=plugged_in)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    QApplication.processEvents()
    return Desk(laptop, screen, phone)


@pytest.fixture
def desk(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> Callable[..., Desk]:
    def opened(off: dt.timedelta = dt.timedelta(), visits: int = 5) -> Desk:
        begin_visits(laptop, visits)
        a_phone(tmp_path / "phone", off, visits=visits)
        return open_desk(qtbot, laptop, tmp_path / "phone")

    return opened


@pytest.fixture
def threads() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.join()


def tap_tile(tiles: Tiles, number: int, *, below: bool = False) -> None:
    QApplication.processEvents()
    place = tiles.place_of(tiles.tiles.items[number].key)
    at = QPoint(place.left() + 60, place.top() + (150 if below else 70))
    QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=at)


def menu_of(screen: PhoneScreen) -> QMenu:
    return next(menu for menu in screen.findChildren(QMenu) if menu.isVisible())


def choose(menu: QMenu, *path: str) -> None:
    """The entry, or the first that begins so, through the menus below."""
    action = next(action for action in menu.actions() if action.text().startswith(path[0]))
    below: Any = action.menu()
    if len(path) > 1:
        choose(below, *path[1:])
    else:
        QAction.trigger(action)
    menu.close()


def test_the_pictures_of_a_plugged_in_phone_stand_under_their_visits_and_are_taken_in_by_one_button(desk: Callable[..., Desk]) -> None:
    opened = desk()
    before = state_of(opened.phone)
    assert [len(heap.heap.items) for heap in opened.heaps] == [2] * 5
    assert opened.screen.foot.take.text() == "Take in 10 pictures"
    opened.screen.foot.take.click()
    cases = [visit.row.case_id for visit in opened.screen.sorting.visits]
    assert [opened.photos(case_id) for case_id in cases] == [2] * 5
    assert "10 pictures taken in for 5 visits." in opened.screen.notes.result.text
    assert opened.heaps == ()
    assert opened.screen.notes.before.plain == "Taken in already: 10 pictures."
    assert not opened.screen.foot.take.isEnabled()
    assert state_of(opened.phone) == before


def test_nothing_is_taken_in_before_a_person_says_so(desk: Callable[..., Desk]) -> None:
    opened = desk()
    opened.screen.refresh()
    opened.screen.leave()
    assert [opened.photos(visit.row.case_id) for visit in opened.screen.sorting.visits] == [0] * 5


def test_a_tap_takes_a_picture_out_and_the_menu_moves_names_and_sets_it_aside(desk: Callable[..., Desk]) -> None:
    opened = desk()
    tap_tile(opened.heaps[0].tiles, 0)
    assert opened.screen.foot.take.text() == "Take in 9 pictures"
    tap_tile(opened.heaps[0].tiles, 0)
    assert opened.screen.foot.take.text() == "Take in 10 pictures"
    second = opened.heaps[1].heap.visit
    assert second is not None
    tap_tile(opened.heaps[0].tiles, 1, below=True)
    choose(menu_of(opened.screen), "Belongs to", second.row.title)
    assert sum(len(heap.heap.items) for heap in opened.heaps) == 10
    tap_tile(opened.heaps[0].tiles, 0, below=True)
    choose(menu_of(opened.screen), "Document")
    assert opened.heaps[0].heap.items[0].kind == "document"
    tap_tile(opened.heaps[0].tiles, 0, below=True)
    choose(menu_of(opened.screen), "Not for us")
    assert sum(len(heap.heap.items) for heap in opened.heaps) == 9
    assert "Not for us: 1 picture." in opened.screen.notes.before.plain
    opened.screen.notes.aside.click()
    assert sum(len(heap.heap.items) for heap in opened.heaps) == 10


def test_everything_goes_by_keys(desk: Callable[..., Desk]) -> None:
    opened = desk()
    tiles = opened.heaps[0].tiles
    tiles.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tiles, Qt.Key.Key_Space)
    assert [item.chosen for item in opened.heaps[0].heap.items] == [False, True]
    QTest.keyClick(tiles, Qt.Key.Key_Right)
    QTest.keyClick(tiles, Qt.Key.Key_Space)
    assert [item.chosen for item in opened.heaps[0].heap.items] == [False, False]
    QTest.keyClick(tiles, Qt.Key.Key_Return)
    assert menu_of(opened.screen).actions()
    menu_of(opened.screen).close()
    assert "picture not chosen" in str(tiles.model().data(tiles.currentIndex(), Qt.ItemDataRole.AccessibleTextRole))


def test_a_clock_that_is_hours_off_is_said_in_words_and_set_by_one_tap(desk: Callable[..., Desk]) -> None:
    opened = desk(-dt.timedelta(hours=8))
    assert "seems to be 8 hours slow" in opened.screen.notes.clock.text
    assert not opened.screen.foot.take.isEnabled()
    opened.screen.notes.clock.acted.emit()
    assert "counts as 8 hours slow" in opened.screen.notes.clock.text
    assert [len(heap.heap.items) for heap in opened.heaps] == [2] * 5
    opened.screen.notes.clock.acted.emit()
    assert opened.screen.notes.clock.text.startswith("The clock of SecretCameraName seems")


def test_a_clock_that_is_years_off_is_set_by_the_picture_that_a_person_knows(desk: Callable[..., Desk]) -> None:
    opened = desk(-dt.timedelta(days=4_000, minutes=77), visits=2)
    assert "seems to be wrong" in opened.screen.notes.clock.text
    (unplaced,) = opened.heaps
    assert unplaced.heap.visit is None
    visit = opened.screen.sorting.visits[0]
    tap_tile(unplaced.tiles, 0, below=True)
    choose(menu_of(opened.screen), "Was taken at this visit", visit.row.title)
    assert [(heap.heap.visit is not None, len(heap.heap.items)) for heap in opened.heaps] == [(True, 2), (True, 2)]
    assert "10 years" in opened.screen.notes.clock.text


def test_pictures_that_nothing_places_are_chosen_and_put_to_a_visit_together(desk: Callable[..., Desk], tmp_path: Path) -> None:
    opened = desk(visits=2)
    for number in range(3):
        put(opened.phone / "DCIM" / f"night{number}.jpg", a_jpeg(200, 100 + number, taken="2026:11:22 02:00:00"), moment("18:00"))
    opened.screen.refresh()
    unplaced = opened.heaps[-1]
    assert unplaced.heap.visit is None
    assert not unplaced.move_them.isEnabled()
    unplaced.all.click()
    assert opened.screen.foot.take.text() == "Take in 4 pictures"
    unplaced.move_them.click()
    choose(menu_of(opened.screen), opened.screen.sorting.visits[1].row.title)
    assert opened.screen.foot.take.text() == "Take in 7 pictures"


def test_broken_files_are_listed_in_words_beside_the_others(desk: Callable[..., Desk]) -> None:
    opened = desk()
    for name in ("half.jpg", "odd.png"):
        put(opened.phone / "DCIM" / name, b"no picture", moment("09:00"))
    opened.screen.refresh()
    said = opened.screen.notes.unread.text
    assert said.startswith("2 files cannot be read.")
    assert "half.jpg" in said
    assert opened.screen.foot.take.text() == "Take in 10 pictures"


def test_a_card_pulled_out_between_looking_and_taking_in_is_told_and_loses_nothing(desk: Callable[..., Desk]) -> None:
    opened = desk()
    shutil.rmtree(opened.phone)
    opened.screen.foot.take.click()
    said = opened.screen.notes.result.text
    assert "Nothing was taken in." in said
    assert "and 7 more: The picture file is no longer there." in said
    assert opened.screen.notes.empty.isVisible()


def test_a_card_pulled_out_while_it_is_read_is_said_once_and_its_pictures_go(
    qtbot: QtBot, laptop: Laptop, tmp_path: Path, threads: Tasks
) -> None:
    begin_visits(laptop)
    a_phone(tmp_path / "phone", each=8)
    opened = open_desk(qtbot, laptop, tmp_path / "phone", threads)
    opened.screen.reading.begun.connect(lambda: shutil.rmtree(tmp_path / "phone", ignore_errors=True))
    with qtbot.waitSignal(opened.screen.reading.pulled_out, timeout=20_000) as told:
        opened.screen.refresh()
    qtbot.waitUntil(lambda: not opened.screen.reading.running, timeout=20_000)
    assert told.args == ["MY PHONE"]
    assert "was pulled out: MY PHONE" in opened.screen.notes.trouble.text
    assert not opened.screen.notes.unread.isVisible()
    assert opened.heaps == ()


def test_folders_and_files_are_dropped_in_and_copied_never_moved(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 2)
    first, second, *_ = a_phone(tmp_path / "dropped", visits=2)
    shutil.move(second, tmp_path / "single.jpg")
    opened = open_desk(qtbot, laptop, tmp_path / "nothing plugged in")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place)) for place in (tmp_path / "dropped", tmp_path / "single.jpg")])
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    drop = QDropEvent(QPointF(5, 5), both, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    drop.setDropAction(Qt.DropAction.MoveAction)
    opened.screen.dropEvent(drop)
    assert drop.dropAction() is Qt.DropAction.CopyAction
    assert opened.screen.foot.take.text() == "Take in 4 pictures"
    opened.screen.foot.take.click()
    assert "4 pictures taken in" in opened.screen.notes.result.text
    assert first.exists()


def test_pictures_dragged_from_a_phone_s_own_window_are_answered_with_what_to_do(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    opened = open_desk(qtbot, laptop, tmp_path / "nothing plugged in")
    data = QMimeData()
    data.setData('application/x-qt-windows-mime;value="FileGroupDescriptorW"', b"\1\0\0\0")
    copy = Qt.DropAction.CopyAction
    opened.screen.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    assert "Copy them into a folder of this computer first" in opened.screen.notes.trouble.text


def test_the_tab_key_goes_from_heap_to_heap_and_to_the_button_last(desk: Callable[..., Desk]) -> None:
    opened = desk(visits=2)
    opened.heaps[0].all.setFocus(Qt.FocusReason.TabFocusReason)
    passed = []
    for _step in range(6):
        passed.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    first, second = opened.heaps
    assert passed == [first.all, first.move_them, first.tiles, second.all, second.move_them, second.tiles]
    assert QApplication.focusWidget() is opened.screen.foot.take


def test_the_watched_folder_is_kept_and_looked_into(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 1)
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    opened = open_desk(qtbot, laptop, tmp_path / "nothing plugged in")
    assert opened.screen.notes.empty.isVisible()
    opened.screen.watch_folder(folder)
    assert str(folder) in opened.screen.watch.watched
    put(folder / "new.jpg", a_jpeg(taken="2026:11:22 09:05:00"), moment("09:05"))
    with qtbot.waitSignal(opened.screen.watch.stirred, timeout=10_000):
        put(folder / "newer.jpg", a_jpeg(400, 300, taken="2026:11:22 09:06:00"), moment("09:06"))
    assert opened.screen.foot.take.text() == "Take in 2 pictures"
    folder.rename(tmp_path / "renamed")
    opened.screen.refresh()
    assert opened.heaps == ()


def test_five_hundred_pictures_are_looked_at_bit_by_bit_stopped_and_gone_on_with(
    qtbot: QtBot, laptop: Laptop, tmp_path: Path, threads: Tasks
) -> None:
    begin_visits(laptop)
    plain = a_jpeg(160, 120, taken="2026:11:22 09:05:00")
    for number in range(500):
        put(tmp_path / "phone" / "DCIM" / f"{number:03d}.jpg", plain + bytes(number), moment("09:05"))
    opened = open_desk(qtbot, laptop, tmp_path / "phone", threads)
    reading = opened.screen.reading
    qtbot.waitUntil(lambda: reading.running and reading.done >= 30, timeout=20_000)
    opened.screen.foot.progress.cancelled.emit()
    assert not reading.running
    seen = len(reading.pictures)
    assert 30 <= seen < 500
    assert len(opened.heaps[0].heap.items) == seen
    opened.screen.sources.again.click()
    qtbot.waitUntil(lambda: len(reading.pictures) == 500, timeout=30_000)
    assert opened.screen.foot.take.text() == "Take in 500 pictures"
    opened.screen.foot.take.click()
    qtbot.waitUntil(lambda: opened.screen.taking.done >= 5, timeout=20_000)
    opened.screen.foot.progress.cancelled.emit()
    qtbot.waitUntil(lambda: not opened.screen.taking.running, timeout=20_000)
    assert "Stopped;" in opened.screen.notes.result.text
    case_id = opened.screen.sorting.visits[0].row.case_id
    assert opened.photos(case_id) == len(opened.screen.taking.taken)


def test_without_a_visit_the_page_says_what_to_do_first(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    a_phone(tmp_path / "phone")
    opened = open_desk(qtbot, laptop, tmp_path / "phone")
    assert opened.screen.notes.empty.isVisible()
    assert not opened.screen.notes.clock.isVisible()
    assert opened.heaps[0].heap.visit is None


def test_phones_and_cards_are_known_by_their_folder_of_pictures(tmp_path: Path) -> None:
    for folder in ("card/DCIM", "phone/Internal storage/DCIM", "phone/SD/DCIM", "stick/papers"):
        (tmp_path / folder).mkdir(parents=True)
    found = with_pictures([(name, tmp_path / name) for name in ("card", "phone", "stick", "not there")])
    assert [(one.name, one.folder.relative_to(tmp_path).as_posix()) for one in found] == [
        ("card", "card/DCIM"),
        ("phone", "phone/Internal storage/DCIM"),
        ("phone", "phone/SD/DCIM"),
    ]


def test_where_a_phone_has_no_drive_letter_the_page_says_what_to_do() -> None:
    assert "no drive letter" in hint("win32")
    assert "copy its pictures into the watched folder" in hint("win32")
    assert "file manager" in hint("linux")
    assert "AirDrop" in hint("darwin")
