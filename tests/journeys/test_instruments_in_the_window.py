"""Every instrument about a child or a house, as a teacher meets it: published in the office, opened from the card, answered page by page by
clicks and keys without a network, finished, synced, and read in the office, on its page and in Excel."""

import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from fieldapp import texts
from tests.support.district import engine
from tests.support.form_day import FormDay, form_day
from tests.support.instrument_answers import ANSWERS
from tests.support.instruments import NAMES, sheet

__all__ = ["engine"]

# What the pictures' platform says of lists that open over a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

# Words that stand where an answer stands, of a choice or as they were typed.
TOLD = {
    "aspects": ("เก่งด้านใด", "สุขศึกษาและพลศึกษา · ศิลปะ ดนตรี นาฏศิลป์"),
    "eq": ("คะแนนรวมของแต่ละด้าน: ด้านดี", "48"),
    "follow_up": ("การมาเรียน", "มาบ้าง ขาดบ้าง"),
    "home_visit": ("ผู้ให้ข้อมูลเป็นอะไรกับนักเรียน", "ยาย"),
    "household": ("สภาพบ้าน", "ชำรุดทรุดโทรม หรือทำจากวัสดุพื้นบ้าน · ไม่มีห้องส้วม"),
    "ld": ("ผลตามเกณฑ์ท้ายแบบ: การอ่าน", "ถึงเกณฑ์ ควรส่งต่อ"),
    "poverty": ("พื้นบ้าน", "ดิน ทราย"),
    "sdq": ("ฉบับที่ใช้", "ครูเป็นผู้ประเมิน"),
    "special_needs": ("ทางการเห็น", "พบลักษณะ ควรส่งต่อ"),
    "tracing": ("สาเหตุหลักที่ไม่ได้เรียน", "ผู้ปกครองมีรายได้น้อย"),
}


@pytest.fixture(scope="module")
def day(engine: Engine, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[FormDay]:
    """All of them filled and synced."""
    texts.use_language("th")
    with form_day(engine, tmp_path_factory.mktemp("day"), sorted(ANSWERS), qapp) as day:
        for name in sorted(ANSWERS):
            hands = day.fill(name, lambda _page, _over: None)
            assert (name, hands.missing()) == (name, [])
            day.finish(hands)
        assert day.sync() is None
        yield day


def test_none_is_left_out() -> None:
    about_schools = {name for name in NAMES if sheet(name, "settings")[0]["attribute::app:about"] == "school"}
    assert set(ANSWERS) == set(TOLD) == set(NAMES) - about_schools


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_office_reads_its_answers_in_words(day: FormDay, name: str) -> None:
    page = day.office.get(day.copies()[day.title(name)]).text
    said = [(unescape(question), unescape(answer)) for question, answer in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)]
    question, answer = TOLD[name]
    assert answer in [text for label, text in said if label == question.rpartition(": ")[2]]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_spreadsheet_has_its_answers_under_their_labels(day: FormDay, name: str) -> None:
    book = load_workbook(io.BytesIO(day.office.get(f"/office/forms/answers/{name}").content))
    header, *lines = book.worksheets[0].iter_rows(values_only=True)
    question, answer = TOLD[name]
    assert len(set(header)) == len(header)
    assert str(lines[0][header.index(question)]) == answer


def test_what_was_found_in_the_house_is_on_the_card(day: FormDay) -> None:
    card = day.office.get(f"/office/cases/{day.case_id}").text
    assert all(words in card for words in ("นางคำปุ่น ศรีสุวรรณ", "แม่บุญธรรม", "0812345678"))
