"""Members of a house as a table in which only the line that someone fills in has fields."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition, Session
from fieldapp.gui.forms.blocks import RepeatBlock
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.typed import NumberAnswer
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.forms.members import Line
from fieldapp.gui.forms.still_line import StillLine
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.window import Window
from tests.support.qt import type_text
from tests.support.xforms import BANGKOK, TODAY, xform_of

_HOUSE = """
| survey |
| | type | name | label | required | relevant | constraint |
| | begin_repeat | member | สมาชิก | | | |
| | select_one who | relation | เป็นใคร | yes | | |
| | integer | age | อายุ | | | . < 130 |
| | decimal | income | รายได้ | | ${age} > 15 | |
| | note | told | ยังไม่ใส่รายได้ | | ${age} > 15 and ${income} = '' | |
| | end_repeat | | | | | |
| | begin_group | after | ต่อไป | | | |
| | text | name | ชื่อ | | | |
| | end_group | | | | | |
| choices |
| | list_name | name | label |
| | who | father | พ่อ |
| | who | mother | แม่ |
"""


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[FormView]:
    """Three people were written down before: a father of 40, a mother of 38, and someone of 10."""
    apply_theme(qapp, "light")
    session = Session(FormDefinition.from_xml(xform_of(_HOUSE)), timezone=BANGKOK)
    for number, (relation, age) in enumerate((("father", "40"), ("mother", "38"), ("", "10")), 1):
        if number > 1:
            session.add_repeat("/data/member")
        session.set(f"/data/member[{number}]/relation", relation)
        session.set(f"/data/member[{number}]/age", age)
    view = FormView(FormBridge(session), TODAY)
    # In a window as in the app: it is that which leads the Tab key.
    window = Window()
    qtbot.addWidget(window)
    window.show_stage(view, "")
    window.resize(1005, 554)
    window.show()
    for _round in range(4):
        QApplication.processEvents()
    yield view


def lines(view: FormView) -> list[Line]:
    return view.blocks(0).findChildren(Line)


def field(line: Line, name: str) -> QLineEdit:
    found = next(one.answer for one in line.editors() if one.path.endswith(f"/{name}"))
    assert isinstance(found, NumberAnswer)
    return found.field


def test_a_table_of_people_has_no_fields_before_someone_comes_to_a_line(view: FormView) -> None:
    assert view.blocks(0).findChildren(QComboBox) == []
    assert [line.still.accessibleName() for line in lines(view) if line.still] == [
        "เป็นใคร พ่อ, อายุ 40, รายได้ ยังไม่ได้ตอบ, ยังไม่ใส่รายได้",
        "เป็นใคร แม่, อายุ 38, รายได้ ยังไม่ได้ตอบ, ยังไม่ใส่รายได้",
        "เป็นใคร ยังไม่ได้ตอบ, อายุ 10",
    ]


def test_a_tap_on_a_cell_puts_the_keyboard_into_it(qtbot: QtBot, view: FormView) -> None:
    line = lines(view)[1]
    assert line.still is not None
    place = next(x for x in range(line.still.width()) if line.still.cell_at(x) == 1) + 20
    qtbot.mouseClick(line.still, Qt.MouseButton.LeftButton, pos=QPoint(place, 20))
    age = field(line, "age")
    assert view.focusWidget() is age
    type_text(age, "1")
    assert view.bridge.session.value("/data/member[2]/age") == "381"
    assert [one.still is None for one in lines(view)] == [False, True, False]


def test_fields_stand_where_their_answers_were_painted(qtbot: QtBot, view: FormView) -> None:
    line = lines(view)[0]
    assert line.still is not None
    painted = [line.still.cell_at(x) for x in range(0, line.still.width(), 4)]
    line.take_in_hand()
    QApplication.processEvents()
    middle = field(line, "income").mapTo(line, field(line, "income").rect().center()).x()
    assert painted[middle // 4] == 2


def test_the_keyboard_goes_through_the_lines_in_their_order_and_on_to_the_button_below(qtbot: QtBot, view: FormView) -> None:
    block = view.blocks(0).findChild(RepeatBlock)
    assert isinstance(block, RepeatBlock)
    view.activateWindow()
    # The last was filled in before the others.
    lines(view)[2].take_in_hand()
    first = lines(view)[0].still
    assert first is not None
    view.list.setFocus()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    passed: list[str] = []
    while QApplication.focusWidget() is not block.add:
        qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), StillLine))
        here = QApplication.focusWidget()
        assert here is not None and len(passed) < 20
        passed += [one.path.removeprefix("/data/member") for line in lines(view) for one in line.editors() if one.isAncestorOf(here)]
        QTest.keyClick(here, Qt.Key.Key_Tab)
    asked = ["relation", "age", "income"]
    assert passed == [*(f"[1]/{name}" for name in asked), *(f"[2]/{name}" for name in asked), *(f"[3]/{name}" for name in asked[:2])]


def test_the_keyboard_goes_back_into_the_end_of_a_line(qtbot: QtBot, view: FormView) -> None:
    block = view.blocks(0).findChild(RepeatBlock)
    assert isinstance(block, RepeatBlock)
    view.activateWindow()
    block.add.setFocus()
    QTest.keyClick(block.add, Qt.Key.Key_Backtab)
    third = lines(view)[2]
    qtbot.waitUntil(lambda: third.still is None)
    assert QApplication.focusWidget() is field(third, "age")


def test_what_is_missing_in_a_painted_line_is_found_and_leads_there(view: FormView) -> None:
    view.next.click()
    view.point_at("/data/member[3]/relation")
    third = lines(view)[2]
    relation = next(one for one in third.editors() if one.path.endswith("/relation"))
    assert relation.problem.isVisible()
    assert relation.isAncestorOf(view.focusWidget() or view)


def test_a_line_that_is_taken_away_moves_up_the_painted_ones(view: FormView) -> None:
    block = view.blocks(0).findChild(RepeatBlock)
    assert isinstance(block, RepeatBlock)
    block.remove_at(0)
    first = lines(view)[0].still
    assert first is not None and first.accessibleName().startswith("เป็นใคร แม่, อายุ 38")
