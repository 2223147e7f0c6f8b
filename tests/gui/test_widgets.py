"""The small pieces: dates as teachers type them, lines that wrap, text that is not clipped, messages."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.errors import Offline
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.theme.tokens import TARGET
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card, Divider
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.search_field import SearchField
from fieldapp.gui.widgets.stacked_bar import Segment, StackedBar, Tone
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.thai_wrap import BREAK, with_break_marks
from tests.support.qt import type_text

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.fixture
def date(qtbot: QtBot) -> DateEdit:
    date = DateEdit(TODAY)
    qtbot.addWidget(date)
    date.show()
    return date


@pytest.mark.parametrize("typed", ["9/7/2557", "9-7-57", "๙/๗/๒๕๕๗", "9 ก.ค. 2557", "9/7/2014"])
def test_a_date_is_understood_as_teachers_type_it(qtbot: QtBot, date: DateEdit, typed: str) -> None:
    type_text(date.field, typed)
    assert date.value() == dt.date(2014, 7, 9)
    assert date.is_valid()


@pytest.mark.parametrize("typed", ["32/1/2569", "2569", "เมื่อวาน"])
def test_what_is_no_day_is_shown_as_wrong_and_kept_for_mending(qtbot: QtBot, date: DateEdit, typed: str) -> None:
    type_text(date.field, typed)
    assert date.value() is None
    assert not date.is_valid()
    assert date.field.text() == typed


def test_a_change_is_told_once_for_each_other_date(qtbot: QtBot, date: DateEdit) -> None:
    told: list[object] = []
    date.changed.connect(told.append)
    type_text(date.field, "9/7/2557")
    assert told[-1] == dt.date(2014, 7, 9)
    told.clear()
    date.field.clear()
    date.field.textEdited.emit("")
    assert told == [None]
    assert date.is_valid()


def test_a_day_can_be_picked_from_the_calendar(qtbot: QtBot, date: DateEdit) -> None:
    date.set_value(TODAY)
    popup = date.calendar()
    with qtbot.waitSignal(date.changed) as changed:
        popup.findChild(QCalendarWidget).clicked.emit(QDate(2026, 11, 24))
    assert changed.args == [dt.date(2026, 11, 24)]
    assert date.field.text() == "24/11/2569"


def test_thai_may_be_broken_between_syllables_where_no_dictionary_is_at_hand() -> None:
    marked = with_break_marks("ยายเลี้ยงหลานและทำงานที่ระยอง")
    assert marked.replace(BREAK, "") == "ยายเลี้ยงหลานและทำงานที่ระยอง"
    assert marked.split(BREAK) == ["ยาย", "เลี้ยงหลาน", "และ", "ทำ", "งานที่ระ", "ยอง"]


def test_a_long_thai_text_without_spaces_wraps_inside_its_room(qtbot: QtBot) -> None:
    text = Text("เก็บไว้ในเครื่องอย่างปลอดภัยจะส่งเองเมื่อมีสัญญาณกลับมาอีกครั้งหนึ่ง", wrap=True)
    qtbot.addWidget(text)
    assert text.heightForWidth(200) >= 2 * text.heightForWidth(2_000)
    assert text.minimumSizeHint().width() <= 200


@pytest.mark.parametrize("letters", ["ก", "w", "ที่", "😀"])
def test_letters_without_end_wrap_inside_their_room_and_none_is_lost(qtbot: QtBot, letters: str) -> None:
    text = Text(letters * 3_000, wrap=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() <= 700
    assert text.text().replace(BREAK, "") == letters * 3_000


@pytest.mark.parametrize("wrap", [True, False])
def test_marks_that_turn_the_direction_of_writing_are_not_obeyed(qtbot: QtBot, wrap: bool) -> None:
    text = Text("ก\u202eabc\u2066 · 22 พ.ย.", wrap=wrap)
    qtbot.addWidget(text)
    assert text.text().replace(BREAK, "") == "กabc · 22 พ.ย."
    assert text.plain == "ก\u202eabc\u2066 · 22 พ.ย."


def test_marks_above_and_below_a_thai_line_have_room(qtbot: QtBot) -> None:
    text = Text("ปู่ที่ปี่ผู้ใหญ่ กี้ฎุ", Role.STRONG)
    qtbot.addWidget(text)
    text.ensurePolished()
    assert text.sizeHint().height() >= text.fontMetrics().tightBoundingRect(text.text()).height()


def test_a_text_without_room_ends_in_dots_and_tells_all_in_its_tip(qtbot: QtBot) -> None:
    text = Text("โรงเรียนบ้านนาคูพัฒนาโนนนาจาน", elide=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() < text.sizeHint().width()
    assert text.toolTip() == "โรงเรียนบ้านนาคูพัฒนาโนนนาจาน"


@pytest.mark.parametrize("make", [buttons.primary, buttons.plain, buttons.danger, buttons.link])
def test_a_button_is_large_enough_for_a_finger(qtbot: QtBot, make: object) -> None:
    button = make("บันทึก")  # type: ignore[operator]
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().height() >= TARGET - 2


def test_of_a_group_of_chips_one_is_chosen_and_can_be_let_go(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout, group, told = FlowLayout(holder), ChipGroup(), []
    group.chosen.connect(told.append)
    chips = [Chip("พ่อ"), Chip("แม่")]
    for key, chip in zip("ab", chips, strict=True):
        layout.addWidget(chip)
        group.add(key, chip)
    for chip in (chips[0], chips[1], chips[1]):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert told == ["a", "b", None]
    assert group.value() is None


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    for word in ("ผู้ปกครองมีรายได้น้อย", "ย้ายถิ่นบ่อย", "สุขภาพ"):
        layout.addWidget(Chip(word))
    assert layout.heightForWidth(200) > layout.heightForWidth(2_000)


def test_a_message_says_all_three_parts_of_an_error(qtbot: QtBot) -> None:
    message = Message()
    qtbot.addWidget(message)
    message.show_error(Offline(), "ลองใหม่")
    for part in ("ติดต่อเขตไม่ได้", "อยู่ครบในเครื่องนี้", "ส่งเอง"):
        assert part in message.text
    with qtbot.waitSignal(message.acted):
        message.button.click()
    message.clear()
    assert message.isHidden()


def test_progress_of_bytes_beyond_32_bits_is_a_share(qtbot: QtBot) -> None:
    strip = ProgressStrip("หยุดไว้ก่อน")
    qtbot.addWidget(strip)
    strip.show_progress("กำลังส่ง", "", 3_000_000_000, 6_000_000_000)
    assert strip.share == pytest.approx(0.5)
    strip.show_progress("กำลังติดต่อ", "", 0, 0)
    assert strip.share is None


def test_escape_empties_the_search(qtbot: QtBot) -> None:
    field = SearchField("ค้นหา", "Ctrl K")
    qtbot.addWidget(field)
    type_text(field, "นาคู")
    with qtbot.waitSignal(field.textEdited):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_bar_tells_its_shares_in_words(qtbot: QtBot) -> None:
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.set_segments([Segment("กลับเข้าระบบ", 95, Tone.GOOD), Segment("ไม่พบตัว", 0, Tone.WARNING), Segment("ไม่กลับ", 1821, Tone.PLUM)])
    assert bar.accessibleName() == "กลับเข้าระบบ 95, ไม่กลับ 1,821"


def test_a_list_stands_under_a_hairline_only_below_something(qtbot: QtBot) -> None:
    named, bare = Card("รายการ"), Card()
    for card in (named, bare):
        qtbot.addWidget(card)
        card.add_list(Text("หนึ่ง"))
    assert len(named.findChildren(Divider)) == 1
    assert bare.findChildren(Divider) == []


def test_nothing_empty_lies_below_wrapped_texts_on_a_page_that_scrolls(qtbot: QtBot) -> None:
    page = ScrollPage(margin=0, spacing=0)
    qtbot.addWidget(page)
    for _paragraph in range(12):
        page.body.addWidget(Text("ครูเยี่ยมบ้านแล้วบันทึกผลในเครื่องนี้ ส่งให้เขตเมื่อมีสัญญาณ " * 3, wrap=True))
    page.resize(700, 200)
    page.show()
    QApplication.processEvents()
    last = page.body.itemAt(page.body.count() - 1).widget()
    assert page.content.height() > page.viewport().height()
    assert last.height() == last.heightForWidth(last.width())
    assert page.content.height() == page.content.heightForWidth(page.content.width())
