"""The first screen of the day, with widgets."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.domain.states import CaseState
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenChild, OpenChildren, OpenSync, RecordVisit
from fieldapp.gui.screens.today.planned_row import PlannedRow
from fieldapp.gui.screens.today.screen import TodayScreen
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.today import Readiness, TodayView
from tests.support.laptop import NOW as LAPTOP_NOW
from tests.support.laptop import TODAY as LAPTOP_TODAY
from tests.support.laptop import Laptop, a_listed_child
from tests.support.qt import InlineTasks
from tests.support.views import child_rows
from tests.support.work_views import NOTHING_UNSENT, NOW, counts, today_view

pytestmark = pytest.mark.usefixtures("english")

NO_PHONE = SimpleNamespace(folder=lambda: None, count_new=lambda _places: 0)
PROFILE = SimpleNamespace(person_name="ครูสมหญิง", school_name="โรงเรียนบ้านนาคู", role="teacher")


def a_screen(qtbot: QtBot, *views: TodayView) -> TodayScreen:
    """A screen whose use case gives these days, one a load; the last for ever."""
    left = list(views)

    def view(_today: Any) -> TodayView:
        return left.pop(0) if len(left) > 1 else left[0]

    client: Any = SimpleNamespace(
        profile=PROFILE, today=SimpleNamespace(view=view), visits=SimpleNamespace(drafts=lambda: ()), phone_pictures=NO_PHONE
    )
    screen = TodayScreen(client, InlineTasks(), ChangeFeed(), lambda: NOW)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def rows_of(screen: TodayScreen) -> list[PlannedRow]:
    return [row for row in screen.findChildren(PlannedRow) if row.isVisible()]


def button(screen: TodayScreen, text: str) -> QPushButton:
    return next(each for each in screen.findChildren(QPushButton) if each.isVisible() and each.text() == text)


def gone_to(screen: TodayScreen) -> list[Any]:
    destinations: list[Any] = []
    screen.navigate.connect(destinations.append)
    return destinations


def test_the_button_of_a_row_begins_that_child_s_visit(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view())
    went = gone_to(screen)
    qtbot.mouseClick(rows_of(screen)[1].button, Qt.MouseButton.LeftButton)
    assert went == [RecordVisit("case-2")]


def test_a_row_opens_the_card_by_click_and_by_key(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view())
    went = gone_to(screen)
    qtbot.mouseClick(rows_of(screen)[0], Qt.MouseButton.LeftButton, pos=rows_of(screen)[0].rect().center())
    qtbot.keyClick(rows_of(screen)[2], Qt.Key.Key_Return)
    assert went == [OpenChild("case-1"), OpenChild("case-3")]


def test_a_follow_up_leads_to_the_card(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view(()))
    went = gone_to(screen)
    qtbot.mouseClick(rows_of(screen)[0].button, Qt.MouseButton.LeftButton)
    assert went == [OpenChild("case-6")]


def test_a_state_of_my_work_filters_the_children(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view())
    went = gone_to(screen)
    tracing = screen._work._legend.entries()[0]
    qtbot.mouseClick(tracing, Qt.MouseButton.LeftButton)
    assert went == [OpenChildren(filter=ListFilter(state=CaseState.TRACING))]


def test_nothing_due_offers_all_children(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view((), follow_ups=()))
    went = gone_to(screen)
    qtbot.mouseClick(button(screen, "All my children"), Qt.MouseButton.LeftButton)
    assert not rows_of(screen)
    assert went == [OpenChildren()]


def test_an_empty_laptop_offers_the_sync_and_nothing_else(qtbot: QtBot) -> None:
    readiness = Readiness(0, None, None, 700_000_000)
    screen = a_screen(qtbot, today_view((), follow_ups=(), counts=counts(), unsent=NOTHING_UNSENT, readiness=readiness))
    went = gone_to(screen)
    qtbot.mouseClick(button(screen, "Open sync"), Qt.MouseButton.LeftButton)
    assert went == [OpenSync()]
    assert not screen._work.isVisible()


def test_many_rows_come_as_they_are_scrolled_to(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view(child_rows(200), follow_ups=()))
    assert len(rows_of(screen)) == 40
    bar = screen._page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert len(rows_of(screen)) == 80


def test_a_change_shows_at_once_in_the_rows_that_stand_there(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, today_view(), today_view(today_view().planned[1:]))
    standing = rows_of(screen)[0]
    screen.changes.publish(Changes(cases=frozenset({"case-1"})))
    assert rows_of(screen)[0] is standing
    assert standing.case_id == "case-2"


def test_rows_and_buttons_have_names_for_screen_readers(qtbot: QtBot) -> None:
    row = rows_of(a_screen(qtbot, today_view()))[0]
    assert row.button.accessibleName() == "Record visit · ด.ช. ธนกร พิมพ์สวัสดิ์"
    assert "ด.ช. ธนกร พิมพ์สวัสดิ์" in row.accessibleName()
    assert "due today" in row.accessibleName()


@pytest.mark.parametrize("width", [1278, 1005])
def test_long_names_never_make_the_page_wider_than_the_window(qtbot: QtBot, width: int) -> None:
    screen = a_screen(qtbot, today_view())
    screen.resize(width, 560)
    qtbot.waitUntil(lambda: screen.width() == width)
    for row in rows_of(screen):
        right = row.button.mapTo(screen, row.button.rect().topRight()).x()
        assert right < screen._side.x()


class TestOverARealStore:
    def test_due_children_stand_in_the_plan(self, qtbot: QtBot, laptop: Laptop) -> None:
        for number, due in enumerate((LAPTOP_TODAY, None)):
            laptop.put(*a_listed_child(number, due_on=due))
        client: Any = SimpleNamespace(profile=PROFILE, today=laptop.today, visits=laptop.visits, phone_pictures=laptop.phone_pictures)
        screen = TodayScreen(client, InlineTasks(), ChangeFeed(), lambda: LAPTOP_NOW)
        qtbot.addWidget(screen)
        screen.resize(1278, 708)
        screen.show()
        screen.refresh()
        assert len(rows_of(screen)) == 1
        assert rows_of(screen)[0].button.text() == "Record visit"
