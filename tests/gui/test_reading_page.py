"""The card in large type, for the gate."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import phrases
from fieldapp.domain.visit import Met, Outcome
from fieldapp.gui.screens.card.reading import ReadingPage
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.widgets.text import Text
from tests.support.children_window import a_children_screen, over, settle
from tests.support.laptop import TODAY, Laptop, a_listed_child

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def screen(qtbot: QtBot, laptop: Laptop) -> ChildrenScreen:
    child, case = a_listed_child()
    secret = {"national_id": "1460300000019", "guardian_phone": "0812345214", "disability": "ตาบอด", "disadvantage": "ยากจน"}
    laptop.put(replace(child, guardian_name="ยายบุญมี", guardian_relation="ยาย", **secret), case)
    visit = laptop.visits.draft(case.id).visit
    laptop.visits.save(replace(visit, visited_on=TODAY, met=(Met.GUARDIAN,), outcome=Outcome.WANTS_RETURN))
    laptop.visits.finish(case.id)
    laptop.follow_ups.plan(case.id, TODAY, "นำชุดนักเรียนไปให้")
    screen = a_children_screen(qtbot, over(laptop), laptop.clock)
    settle(screen)
    return screen


def opened(screen: ChildrenScreen) -> ReadingPage:
    QTest.keyClick(screen.list.table, Qt.Key.Key_F7)
    return next(one for one in screen.findChildren(ReadingPage) if one.isVisible())


def said(page: ReadingPage) -> str:
    return " | ".join(label.plain if isinstance(label, Text) else label.text() for label in page.findChildren(QLabel))


def test_one_key_shows_what_one_needs_at_the_gate_and_one_takes_it_away(screen: ChildrenScreen) -> None:
    page = opened(screen)
    assert screen.card.card is not None
    for told in (phrases.full_name(screen.card.card.row), "ยายบุญมี", "นำชุดนักเรียนไปให้", "Wants to go back", "1300"):
        assert told in said(page)
    QTest.keyClick(page, Qt.Key.Key_F7)
    assert not page.isVisible()


def test_nothing_that_is_masked_or_sensitive_stands_on_it(screen: ChildrenScreen) -> None:
    shown = said(opened(screen))
    for secret in ("0000001", "1460", "5214", "ตาบอด", "ยากจน"):
        assert secret not in shown


def test_letters_grow_and_shrink_within_bounds(screen: ChildrenScreen) -> None:
    page = opened(screen)
    name = page._texts[0][0]
    sizes = []
    for _press in range(4):
        sizes.append(name.fontMetrics().height())
        QTest.keyClick(page, Qt.Key.Key_Plus)
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]
    assert not page.larger.isEnabled()
    assert page.smaller.isEnabled()


def test_a_button_on_the_card_does_the_same(screen: ChildrenScreen) -> None:
    screen.card.head.large.click()
    assert any(one.isVisible() for one in screen.findChildren(ReadingPage))
