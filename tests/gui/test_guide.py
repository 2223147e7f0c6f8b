"""The user guide: every error leads to its place, and its words are those of the windows."""

import re
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.error_words import WORDS, district, laptop, words_for_code
from fieldapp.error_words.guide import guide_place
from fieldapp.error_words.refusals import _REASONS
from fieldapp.errors import Offline
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.help.dialog import GuideDialog
from fieldapp.gui.help.page import GuidePage
from fieldapp.gui.help.topics import Topic, search, topic_of, topics
from fieldapp.gui.screens.help.screen import HelpScreen
from fieldapp.gui.widgets.message import Message
from fieldapp.texts import LANGUAGES, use_language
from tests.pictures.album import names
from tests.pictures.guide import asked_for
from tests.support.catalogue import words_shown
from tests.support.qt import InlineTasks
from tests.support.work_views import NOW

ON_THE_LAPTOP = (*laptop.WORDS, *district.WORDS, *_REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted({*ON_THE_LAPTOP, *WORDS, "never.heard_of"}))
def test_every_error_leads_to_a_section_of_the_guide(language: str, code: str) -> None:
    found = topic_of(language, guide_place(code))
    assert found is not None
    topic, heading = found
    assert heading
    assert f"## {heading}\n" in topic.text


def test_an_error_is_explained_by_the_section_nearest_to_it() -> None:
    assert guide_place("offline.timeout") == "problems#no-line"
    assert guide_place("offline.not_the_server") == "problems#other-page"
    assert guide_place("sign_in.session_ended") == "problems#sign-in-again"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_guide_prints_bold_is_a_word_on_the_screen(language: str) -> None:
    shown = words_shown(language)
    bold = {(topic.key, words) for topic in topics(language) for words in re.findall(r"\*\*(.+?)\*\*", topic.text)}
    assert {(key, words) for key, words in bold if words not in shown} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_of_the_guide_are_scenes_of_the_real_windows(language: str) -> None:
    wanted = asked_for(language)
    assert len(wanted) > 8
    assert set(wanted) <= set(names())
    folder = topics(language)[0].folder / "pictures"
    assert set(folder.iterdir()) == set(wanted.values()), "make guide"


def test_names_of_sections_are_not_shown() -> None:
    assert not any("{#" in topic.text for language in LANGUAGES for topic in topics(language))
    assert search("th", "no-line") == ()


def test_an_error_opens_its_page_over_the_work_in_hand(qtbot: QtBot) -> None:
    use_language("th")
    window = QWidget()
    qtbot.addWidget(window)
    message = Message(window)
    window.resize(900, 700)
    window.show()
    message.show_error(Offline("offline.not_the_server"))
    message.guide.click()
    dialog = window.findChild(GuideDialog)
    assert dialog is not None and dialog.isVisible()
    _topic, heading = topic_of("th", "problems#other-page") or (None, "")
    assert dialog.page.textCursor().block().text() == heading
    below = dialog.page.cursorRect().top()
    assert 0 <= below < dialog.page.viewport().height() / 2
    assert words_for_code("offline.not_the_server").guide == "problems#other-page"


def test_a_hint_without_an_error_has_no_link(qtbot: QtBot) -> None:
    message = Message()
    qtbot.addWidget(message)
    message.show_warning("เลือกวันที่")
    assert message.guide.isHidden()


def test_a_picture_is_as_wide_as_there_is_room_and_no_wider_than_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    for name, width in (("wide", 3_000), ("small", 40)):
        QImage(width, 30, QImage.Format.Format_RGB32).save(str(tmp_path / f"{name}.png"))
    page = GuidePage()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    page.show_topic(Topic("a", "A", "# A\n\n![a](wide.png)\n\n![b](small.png)", "a", {}, tmp_path))
    html = page.document().toHtml()
    wide, small = (float(found) for found in re.findall(r'<img[^>]*width="([\d.]+)"', html))
    assert page.viewport().width() * 0.9 < wide < page.viewport().width()
    assert small == 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_on_paper_says_what_its_pages_say(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    use_language(language)
    screen = HelpScreen(SimpleNamespace(help_lines=None), InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.save_to(tmp_path / "guide.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "guide.pdf")]
    # A paragraph may go on over the number at the foot.
    said = "".join(re.sub(r"\s\d+\s*$", "", page) for page in pages)
    for topic in topics(language):
        document = QTextDocument()
        document.setMarkdown(topic.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        # The ends of lines are where paper needs them.
        missing = [line for line in document.toPlainText().splitlines() if _squeezed(line) not in _squeezed(said)]
        assert not missing


def test_a_guide_that_cannot_be_saved_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    screen = HelpScreen(SimpleNamespace(help_lines=None), InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.save_to(tmp_path / "nowhere" / "guide.pdf")
    assert not screen.message.isHidden()
    assert "เลือกที่อื่น" in screen.message.text


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\ufffc", "")
