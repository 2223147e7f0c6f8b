"""What a person sees of a child that was handed over while something of it is unsent: card, list, visit page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.error_words import words_for
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenChild, OpenChildren, RecordVisit
from fieldapp.gui.screens.children import columns
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.today.lines import planned_lines
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.store.departures import Whereto
from fieldapp.usecases.changes import Changes
from tests.support.children_window import a_children_screen, a_visit_screen, destinations, over, settle
from tests.support.handed_over import answered, filled, finish_a_visit, leave
from tests.support.laptop import OTHER, SCHOOL, TODAY, Laptop, fill
from tests.support.qt import InlineTasks
from tests.support.views import child_row

ZERO_WIDTH = "\u200b"


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    """The first of three children: visited, then handed over to ครูวิชัย before the visit was sent."""
    case_id = fill(laptop, 3)[0].id
    finish_a_visit(laptop, case_id)
    leave(laptop, case_id)
    return case_id


def the_card(qtbot: QtBot, laptop: Laptop, case_id: str) -> ChildrenScreen:
    screen = a_children_screen(qtbot, over(laptop), laptop.clock)
    screen.open_case(case_id)
    settle(screen)
    return screen


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible()).replace(ZERO_WIDTH, "")


def buttons_of(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QPushButton) if each.isVisible() and each.text()]


def test_the_card_names_the_new_owner_and_offers_nothing_to_do(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    head = the_card(qtbot, laptop, case_id).card.head
    assert "ส่งต่อให้ครูวิชัย (โรงเรียนบ้านนาคู)แล้ว" in said(head)
    assert "จะส่งให้เขตในการซิงก์ครั้งต่อไป แล้วข้อมูลเด็กคนนี้จะออกจากเครื่องนี้" in said(head)
    assert buttons_of(head) == []


def test_a_visit_that_was_begun_can_be_gone_on_with_from_the_card(qtbot: QtBot, laptop: Laptop) -> None:
    case_id = fill(laptop, 1)[0].id
    laptop.visits.save(laptop.visits.draft(case_id).visit)
    leave(laptop, case_id)
    screen = the_card(qtbot, laptop, case_id)
    assert buttons_of(screen.card.head) == ["บันทึกการเยี่ยมต่อ"]
    asked = destinations(screen)
    screen.card.head._visit.click()
    assert asked == [RecordVisit(case_id)]
    visiting = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    assert "ส่งต่อให้ครูวิชัย" in visiting.page.notice.text
    visiting.page.answered.emit(filled(laptop.visits.draft(case_id).visit))
    assert visiting.page.notice.isVisible()  # saving takes other messages away, not this one
    visiting.finish()
    assert laptop.visits.drafts() == ()


def test_the_row_says_it_and_is_not_late(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    row = laptop.children.row(case_id)
    assert columns.standing(row)[:2] == ("ส่งต่อแล้ว", "ส่งต่อแล้ว")
    assert "ส่งต่อแล้ว" in columns.spoken(row, TODAY)
    merged = child_row(handed_over=True, merged=True, due_on=TODAY.replace(day=1))
    assert columns.standing(merged)[:2] == ("รายซ้ำ รวมแล้ว", "รวมแล้ว")
    assert (columns.due(merged, TODAY), columns.overdue_days(merged, TODAY)) == ("—", 0)


def test_the_foot_of_the_list_does_not_add_it_to_this_persons_children(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = the_card(qtbot, laptop, case_id)
    assert "2 ราย · ส่งต่อแล้ว 1 ราย รอส่งข้อมูล" in said(screen.list)


def test_a_list_that_is_open_shows_what_a_sync_learned(qtbot: QtBot, laptop: Laptop) -> None:
    case_id = fill(laptop, 3)[0].id
    finish_a_visit(laptop, case_id)
    screen = the_card(qtbot, laptop, case_id)
    assert "บันทึกการเยี่ยม" in buttons_of(screen.card.head)
    leave(laptop, case_id)
    screen.changes.publish(Changes(cases=frozenset({case_id})))
    settle(screen)
    assert "ส่งต่อให้ครูวิชัย" in said(screen.card.head)


def test_the_visit_page_of_a_child_that_was_handed_over_is_refused_with_words(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = VisitScreen(over(laptop), InlineTasks(), ChangeFeed(), laptop.clock)
    qtbot.addWidget(screen)
    refused: list[Exception] = []
    screen.tasks.unhandled.connect(refused.append)
    asked = destinations(screen)
    screen.arrive(RecordVisit(case_id))
    screen.refresh()
    assert asked == [OpenChild(case_id)]
    assert [words_for(error).happened for error in refused] == ["เด็กคนนี้ส่งต่อให้ผู้อื่นดูแลแล้ว จึงเริ่มบันทึกเรื่องใหม่ที่นี่ไม่ได้"]
    screen.arrive(RecordVisit("0190a000-0000-7000-8000-0000000000ff"))
    screen.refresh()
    assert isinstance(asked[-1], OpenChildren)


def test_an_open_visit_page_is_told_when_the_child_is_handed_over(qtbot: QtBot, laptop: Laptop) -> None:
    case_id = fill(laptop, 1)[0].id
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    assert not screen.page.notice.isVisible()
    leave(laptop, case_id)
    screen.changes.publish(Changes(cases=frozenset({case_id})))
    assert "ส่งต่อให้ครูวิชัย" in screen.page.notice.text and screen.page.notice.isVisible()
    assert screen.visit is not None
    screen.page.answered.emit(filled(screen.visit))
    screen.finish()
    assert laptop.visits.drafts() == ()
    assert laptop.today.view(TODAY).unsent.visits == 1


def test_leaving_the_visit_page_lets_the_child_go(qtbot: QtBot, laptop: Laptop) -> None:
    case_id = fill(laptop, 1)[0].id
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    assert laptop.store.in_hand == {case_id}
    screen.leave()
    assert laptop.store.in_hand == frozenset()
    screen.refresh()
    assert laptop.store.in_hand == {case_id}


def test_a_duplicate_leads_to_the_case_that_goes_on(qtbot: QtBot, laptop: Laptop) -> None:
    going, staying = (case.id for case in fill(laptop, 2))
    finish_a_visit(laptop, going)
    leave(laptop, going, Whereto(OTHER, SCHOOL, merged_into=staying))
    screen = the_card(qtbot, laptop, going)
    assert "เขตรวมเป็นรายเดียวแล้ว รายที่ใช้ต่ออยู่กับครูวิชัย" in said(screen.card.head)
    asked = destinations(screen)
    link = next(each for each in screen.card.head.findChildren(QPushButton) if each.text() == "เปิดรายที่ใช้ต่อ")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked == [OpenChild(staying)]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("no_longer_yours", "เพราะส่งต่อเด็กให้ผู้อื่นดูแลแล้ว"),
        ("merged", "เพราะเด็กมีชื่อซ้ำและรวมเป็นรายเดียวแล้ว"),
        ("device_revoked", "เพราะเครื่องนี้ถูกยกเลิกสิทธิ์ใช้งานแล้ว"),
        ("account_closed", "เพราะบัญชีผู้ใช้ถูกปิดแล้ว"),
        ("account_expired", "เพราะบัญชีผู้ใช้หมดอายุแล้ว"),
    ],
)
def test_the_history_says_why_the_district_keeps_a_visit(qtbot: QtBot, laptop: Laptop, code: str, reason: str) -> None:
    case_id = fill(laptop, 1)[0].id
    answered(laptop, finish_a_visit(laptop, case_id).id, "held", code)
    assert f"เขตเก็บไว้รอพิจารณา · {reason}" in said(the_card(qtbot, laptop, case_id).card.timeline)


def test_today_marks_the_visit_that_was_begun_for_a_child_that_was_handed_over() -> None:
    (line,) = planned_lines([child_row(handed_over=True, due_on=TODAY.replace(day=1))], ["case-1"], TODAY)
    assert (line.due, line.overdue) == ("ส่งต่อแล้ว", False)
