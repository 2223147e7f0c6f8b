"""Help that is there without a signal."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.help.topics import search, topics
from fieldapp.gui.navigation import OpenHelp
from fieldapp.gui.screens.help.numbers import NumbersDialog
from fieldapp.gui.screens.help.screen import HelpScreen
from fieldapp.help_lines import usual_lines
from fieldapp.texts import LANGUAGES, use_language
from tests.support.qt import InlineTasks
from tests.support.work_views import NOW


@pytest.fixture(autouse=True)
def thai() -> None:
    use_language("th")


@pytest.fixture
def screen(qtbot: QtBot) -> HelpScreen:
    client: Any = SimpleNamespace(help_lines=SimpleNamespace(known=usual_lines()))
    made = HelpScreen(client, InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1278, 708)
    made.show()
    return made


def test_every_language_has_the_same_pages() -> None:
    assert len({tuple(topic.key for topic in topics(language)) for language in LANGUAGES}) == 1
    assert {"start", "at-the-house", "received", "problems"} <= {topic.key for topic in topics("th")}


def test_a_word_is_found_without_its_tone_marks() -> None:
    assert "before-leaving" in {found.topic.key for found in search("th", "แบตเตอรี")}


def test_every_word_asked_for_must_be_there() -> None:
    assert {found.topic.key for found in search("th", "ใบรับ ลำดับที่")} == {"received"}
    assert search("th", "ใบรับ ไม่มีคำนี้แน่นอน") == ()


def test_a_page_that_was_searched_for_opens_at_the_word(screen: HelpScreen) -> None:
    screen.field.setText("Caps")
    assert screen.page.textCursor().selectedText() == "Caps"


def test_the_excerpt_is_the_phrase_with_the_word() -> None:
    (found,) = (each for each in search("th", "1300") if each.topic.key == "at-the-house")
    assert "1300" in found.excerpt
    assert "**" not in found.excerpt


def test_the_first_page_is_open_at_once(screen: HelpScreen) -> None:
    assert "เปิดไฟล์เชื่อมต่อ" in screen.page.toPlainText()


def test_typing_narrows_the_list_and_opens_what_was_found(screen: HelpScreen) -> None:
    screen.field.setText("191")
    assert screen.list.count() == 1
    assert "พบเหตุต้องคุ้มครองเด็ก" in screen.page.toPlainText()


def test_nothing_found_is_said(screen: HelpScreen) -> None:
    screen.field.setText("ฟหกด")
    assert screen._nothing.isVisible()
    screen.field.setText("")
    assert not screen._nothing.isVisible()
    assert screen.list.count() == len(topics("th"))


def test_another_screen_may_ask_for_a_page(screen: HelpScreen) -> None:
    screen.arrive(OpenHelp("received"))
    topic = screen.shown_topic()
    assert topic is not None
    assert topic.key == "received"
    assert "เขตรับแล้ว" in screen.page.toPlainText()


def test_the_numbers_of_help_are_one_tap_away(screen: HelpScreen) -> None:
    screen.numbers.click()
    dialog = screen.findChild(NumbersDialog)
    assert dialog is not None
    assert dialog.isVisible()
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert all(line.number in shown for line in usual_lines())
