"""The list of children over a real store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.domain.received_list import ListType
from fieldapp.errors import StoreError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenChild, OpenChildren, RecordVisit
from fieldapp.gui.screens.children.columns import At
from fieldapp.gui.screens.children.model import ROW
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.tasks import Lane
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import ListFilter, SortBy
from tests.support.children_window import a_children_screen, destinations, over, settle
from tests.support.laptop import Laptop, a_laptop, a_listed_child, fill
from tests.support.qt import InlineTasks
from tests.support.stub_usecases import NOW, stub_client
from tests.support.views import child_rows

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def laptop(laptop: Laptop) -> Laptop:
    fill(laptop, 12)
    return laptop


def a_screen(qtbot: QtBot, laptop: Laptop) -> ChildrenScreen:
    return a_children_screen(qtbot, over(laptop), laptop.clock)


def names(screen: ChildrenScreen) -> list[str]:
    rows = (screen.list.model.row_at(place) for place in range(screen.list.model.rowCount()))
    return [row.given_name for row in rows if row]


def current(screen: ChildrenScreen) -> str:
    row = screen.list.table.currentIndex().data(ROW)
    return row.given_name if row else ""


def choose(screen: ChildrenScreen, name: str) -> None:
    screen.list.table.selectRow(names(screen).index(name))
    settle(screen)


def foot(screen: ChildrenScreen) -> str:
    return screen.list._foot.plain


def test_names_stand_in_thai_order_and_the_first_child_is_open(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    assert names(screen)[:5] == ["กมลชนก", "เกวลิน", "แก้วตา", "จิราภรณ์", "โชคชัย"]
    assert foot(screen) == "12 children"
    assert screen.card.card is not None
    assert screen.card.card.child.given_name == "กมลชนก"


def test_searching_narrows_the_list_and_keeps_the_chosen_child(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    choose(screen, "ปวีณา")
    screen.search("วี")
    assert names(screen) == ["ปวีณา"]
    assert current(screen) == "ปวีณา"
    assert foot(screen) == "1 of 12 children"
    screen.search("")
    assert current(screen) == "ปวีณา"


def test_nothing_found_offers_to_take_search_and_filters_away(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    asked = destinations(screen)
    screen.search("ไม่มีใครชื่อนี้")
    assert screen.list._no_match.isVisible()
    assert screen.card.card is None
    screen.list._no_match.acted.emit()
    assert len(names(screen)) == 12
    assert asked == [OpenChildren()]


def test_a_laptop_without_children_says_where_they_come_from(qtbot: QtBot, tmp_path: Path) -> None:
    screen = a_screen(qtbot, a_laptop(tmp_path))
    assert screen.list._none.isVisible()
    assert not screen.list._no_match.isVisible()


def test_a_chip_filters_and_pressing_it_again_lets_go(qtbot: QtBot, laptop: Laptop) -> None:
    late, case = a_listed_child(40, due_on=NOW.date().replace(day=1))
    laptop.put(late, case)
    screen = a_screen(qtbot, laptop)
    chip = screen.list.filters._overdue
    assert chip.text() == "Overdue 1"
    chip.click()
    assert names(screen) == [late.given_name]
    chip.click()
    assert len(names(screen)) == 13


def test_menus_name_villages_and_lists_with_their_counts(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    villages = screen.list.filters._village_menu()
    assert len(villages.actions()) == len(laptop.children.counts().villages) + 1
    villages.actions()[1].trigger()
    assert screen.list.filter.village is not None
    more = screen.list.filters._more_menu()
    kinds = more.actions()[1].menu()
    kinds.actions()[2].trigger()
    assert screen.list.filter.list_type is ListType.DROPPED_OUT


def test_a_heading_sorts_and_the_same_heading_turns_the_order_round(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    header = screen.list.table.horizontalHeader()
    header.sectionClicked.emit(At.AGE)
    assert (screen.list.filter.sort, screen.list.filter.descending) == (SortBy.AGE, False)
    header.sectionClicked.emit(At.AGE)
    assert screen.list.filter.descending
    assert screen.list.model.headerData(At.AGE, Qt.Orientation.Horizontal) == "Age ▾"


def test_a_sync_refreshes_rows_in_place_and_keeps_selection(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    choose(screen, "ปวีณา")
    resets: list[int] = []
    screen.list.model.modelReset.connect(lambda: resets.append(1))
    before = screen.list.table.currentIndex().row()
    laptop.put(*a_listed_child(50, given_name="กกก"))
    screen.changes.publish(Changes(all=True))
    settle(screen)
    assert names(screen)[0] == "กกก"
    assert current(screen) == "ปวีณา"
    assert screen.list.table.currentIndex().row() == before + 1
    assert screen.card.card is not None
    assert screen.card.card.child.given_name == "ปวีณา"
    assert not resets


def test_enter_records_a_visit_of_the_chosen_child(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    asked = destinations(screen)
    QTest.keyClick(screen.list.table, Qt.Key.Key_Down)
    QTest.keyClick(screen.list.table, Qt.Key.Key_Return)
    row = screen.list.model.row_at(1)
    assert row is not None
    assert asked == [RecordVisit(row.case_id)]


def test_a_letter_typed_in_the_list_asks_for_the_search(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    with qtbot.waitSignal(screen.search_typed) as typed:
        QTest.keyClick(screen.list.table, Qt.Key.Key_A)
    assert typed.args == ["a"]


def test_opening_a_child_takes_away_what_hides_it(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    case_id = laptop.children.page(ListFilter(text="ปวีณา"), 0, 1)[0].case_id
    screen.search("ธนกร")
    screen.arrive(OpenChild(case_id))
    settle(screen)
    assert current(screen) == "ปวีณา"
    assert len(names(screen)) == 12


def test_what_waits_to_be_sent_is_marked_in_words(qtbot: QtBot, laptop: Laptop) -> None:
    row = laptop.children.page(ListFilter(), 0, 1)[0]
    laptop.follow_ups.plan(row.case_id, NOW.date(), "โทรถามยาย")
    screen = a_screen(qtbot, laptop)
    first = screen.list.model.index(0, At.NAME)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).endswith("waiting to be sent")


def test_a_fault_of_the_store_is_told_and_the_rows_stay(qtbot: QtBot) -> None:
    client = stub_client(child_rows(5))
    screen = a_children_screen(qtbot, client, lambda: NOW)
    client.children.error = StoreError("store.busy")
    screen.search("ก")
    assert screen.list.message.isVisible()
    assert screen.list.model.rowCount() == 5
    client.children.error = None
    screen.search("")
    assert not screen.list.message.isVisible()


class HeldTasks(InlineTasks):
    """Does nothing until it is let go: a store that takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []
        self.holding = False

    def run(self, owner: QObject, work: Any, then: Any = lambda _: None, failed: Any = None, lane: Lane = Lane.STORE) -> None:
        if self.holding:
            self.held.append(lambda: super(HeldTasks, self).run(owner, work, then, failed, lane))
        else:
            super().run(owner, work, then, failed, lane)


def test_rows_far_down_are_placeholders_until_their_page_comes(qtbot: QtBot) -> None:
    tasks = HeldTasks()
    screen = ChildrenScreen(stub_client(child_rows(5_000)), tasks, ChangeFeed(), lambda: NOW)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    settle(screen)
    tasks.holding = True
    table = screen.list.table
    table.scrollTo(screen.list.model.index(3_000, 0))
    QTest.qWait(20)
    seen = table.indexAt(QPoint(100, 100)).row()
    assert seen > 2_900
    assert screen.list.model.row_at(seen) is None
    tasks.holding = False
    while tasks.held:
        tasks.held.pop(0)()
        QTest.qWait(5)
    assert screen.list.model.row_at(seen) is not None
    assert screen.list.model.rowCount() == 5_000


def test_fast_typing_asks_only_for_the_first_and_the_last(qtbot: QtBot) -> None:
    tasks = HeldTasks()
    screen = ChildrenScreen(stub_client(child_rows(50)), tasks, ChangeFeed(), lambda: NOW)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    tasks.holding = True
    for text in ("ก", "กม", "กมล"):
        screen.search(text)
    assert len(tasks.held) == 1
    tasks.holding = False
    tasks.held.pop()()
    assert screen.list.filter.text == "กมล"
    assert all("กมล" in name for name in names(screen))
