"""The instruments about a school, as its teacher and the district's officer meet them: from the school's place in the window, page by page
without a network, finished, synced, and read in the office and in Excel."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from fieldapp import texts
from tests.support.district import engine
from tests.support.form_day import form_day
from tests.support.form_hands import FormHands

__all__ = ["engine"]

# What the pictures' platform says of lists that open over a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(("name", "account", "school"), [("school_safety", "somying", ""), ("supervision", "officer", "46030001")])
def test_a_form_about_a_school_goes_all_the_way(
    engine: Engine, tmp_path: Path, qapp: QApplication, name: str, account: str, school: str
) -> None:
    texts.use_language("th")
    with form_day(engine, tmp_path, [name], qapp, account) as day:
        hands = FormHands(
            day.open_of_school(name, school), {"contact_phone": "0812345678", "again_on": "1/6/2570"}, lambda _page, _over: None
        )
        hands.fill()
        assert hands.missing() == []
        day.finish(hands)
        assert day.sync() is None
        book = load_workbook(io.BytesIO(day.office.get(f"/office/forms/answers/{name}").content))
        header, *lines = book.worksheets[0].iter_rows(values_only=True)
        assert len(lines) == 1
        (line,) = lines
        assert line[1] == "โรงเรียนหนึ่ง"
        assert sum(cell not in (None, "") for cell in line[4:]) >= (len(header) - 4) // 2
