"""Editors that few forms need: parts of a date, places, several of very many choices."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition, Session
from fieldapp.gui.demo.hands import write
from fieldapp.gui.forms.blocks import RepeatBlock
from fieldapp.gui.forms.bridge import PAUSE_MS, FormBridge
from fieldapp.gui.forms.editors.chosen import ListAnswer
from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.forms.editors.long_list import LongListAnswer
from fieldapp.gui.forms.editors.part_days import PartDayAnswer
from fieldapp.gui.forms.editors.places import PlaceAnswer
from fieldapp.gui.forms.editors.typed import DigitsAnswer, NumberAnswer
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.forms.members import Line
from fieldapp.gui.theme.style import apply_theme
from tests.support.qt import type_text
from tests.support.xforms import BANGKOK, TODAY, xform_of

_VILLAGES = "\n".join(f"| | village | v{number} | บ้านที่ {number} |" for number in range(1000))
_FORM = f"""
| survey |
| | type | name | label | appearance |
| | begin_group | g | ทั้งหมด | field-list |
| | date | month | เดือนไหน | month-year |
| | date | year | ปีไหน | year |
| | geopoint | place | พิกัด | |
| | select_multiple village | villages | หมู่บ้าน | |
| | end_group | | | |
| choices |
| | list_name | name | label |
{_VILLAGES}
"""


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> FormView:
    apply_theme(qapp, "light")
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(_FORM)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.resize(1278, 708)
    view.show()
    return view


def answer_of(view: FormView, name: str) -> AnswerWidget:
    found = next(one for one in view.blocks(view.page).editors() if one.path == f"/data/g/{name}").answer
    assert found is not None
    return found


def kept(view: FormView, name: str) -> str:
    return view.bridge.session.value(f"/data/g/{name}")


@pytest.mark.parametrize("typed", ["2569", "๒๕๖๙", "2026"])
def test_a_year_is_kept_as_its_first_day(view: FormView, typed: str) -> None:
    year = answer_of(view, "year")
    assert isinstance(year, PartDayAnswer)
    type_text(year.year, typed)
    year.year.editingFinished.emit()
    assert kept(view, "year") == "2026-01-01"
    assert year.year.text() == typed


def test_half_of_a_month_stands_until_the_other_half_comes(view: FormView) -> None:
    month = answer_of(view, "month")
    assert isinstance(month, PartDayAnswer)
    assert month.month is not None
    type_text(month.year, "2569")
    month.year.editingFinished.emit()
    assert kept(view, "month") == ""
    assert month.year.text() == "2569"
    month.month.setCurrentIndex(5)
    month.month.activated.emit(5)
    assert kept(view, "month") == "2026-05-01"


def test_a_place_is_pasted_whole_and_what_is_no_place_is_no_answer(view: FormView) -> None:
    place = answer_of(view, "place")
    assert isinstance(place, PlaceAnswer)
    type_text(place.latitude, "16.4322, 103.5060")
    place.latitude.editingFinished.emit()
    assert kept(view, "place") == "16.4322 103.506 0.0 0.0"
    place.longitude.setText("900")
    place.longitude.editingFinished.emit()
    assert kept(view, "place") == ""
    assert place.longitude.text() == "900"


def test_several_of_a_thousand_choices_are_found_and_ticked(view: FormView) -> None:
    villages = answer_of(view, "villages")
    assert isinstance(villages, LongListAnswer)
    type_text(villages.search, "777")
    (found,) = [item for item in villages.items() if not item.isHidden()]
    found.setCheckState(Qt.CheckState.Checked)
    villages.search.clear()
    villages.items()[3].setCheckState(Qt.CheckState.Checked)
    assert kept(view, "villages") == "v3 v777"
    assert "2" in villages.count.plain


_HOUSE = """
| survey |
| | type | name | label | relevant | constraint | constraint_message |
| | begin_repeat | member | สมาชิก | | | |
| | select_one who | relation | เป็นใคร | | | |
| | integer | age | อายุ | | . < 130 | อายุไม่เกิน 129 ปี |
| | decimal | income | รายได้ | ${age} > 15 | | |
| | note | told | ยังไม่ใส่รายได้ | ${age} > 15 and ${income} = '' | | |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label |
| | who | father | พ่อ |
| | who | mother | แม่ |
"""


def test_members_of_a_house_are_lines_of_a_table(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(_HOUSE)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.resize(1005, 554)
    view.show()
    session, block = view.bridge.session, view.findChild(RepeatBlock)
    assert isinstance(block, RepeatBlock)
    while session.repeats("/data/member") < 3:
        qtbot.mouseClick(block.add, Qt.MouseButton.LeftButton)
    for number, age in ((1, "40"), (2, "10"), (3, "38")):
        view.bridge.set(f"/data/member[{number}]/age", age)
    QApplication.processEvents()
    fields = {one.path: one for one in block.editors()}
    assert not fields["/data/member[2]/income"].isVisible()
    assert fields["/data/member[1]/told"].isVisible()
    columns = {fields[f"/data/member[{number}]/income"].x() for number in (1, 3)}
    assert len(columns) == 1
    assert len(block.findChildren(Line)) == 3
    removals = [button for button in block.findChildren(QToolButton) if button.accessibleName()]
    qtbot.mouseClick(removals[1], Qt.MouseButton.LeftButton)
    assert session.repeats("/data/member") == 2
    moved = fields["/data/member[2]/age"].answer
    assert isinstance(moved, NumberAnswer)
    assert moved.field.text() == "38"
    assert view.minimumSizeHint().width() <= 1005


_TYPED = """
| survey |
| | type | name | label | appearance |
| | begin_group | g | ทั้งหมด | field-list |
| | decimal | income | รายได้ | |
| | select_one who | who | ใคร | minimal |
| | end_group | | | |
| choices |
| | list_name | name | label |
| | who | aunt | อา |
| | who | teacher | อาจารย์ |
"""


@pytest.fixture
def typed(qtbot: QtBot, qapp: QApplication) -> FormView:
    apply_theme(qapp, "light")
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(_TYPED)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.resize(1278, 708)
    view.show()
    return view


@pytest.mark.parametrize(("keys", "kept_as"), [("7500", "7500.0"), ("1.5", "1.5"), ("๒๑๐๐", "2100.0"), ("0.05", "0.05")])
def test_a_decimal_is_what_was_typed_digit_by_digit(typed: FormView, keys: str, kept_as: str) -> None:
    income = answer_of(typed, "income")
    assert isinstance(income, NumberAnswer)
    write(income.field, keys)
    assert (income.field.text(), kept(typed, "income")) == (keys, kept_as)


def test_a_decimal_is_shown_as_people_write_it(typed: FormView) -> None:
    typed.bridge.set("/data/g/income", "7500")
    income = answer_of(typed, "income")
    assert isinstance(income, NumberAnswer)
    assert income.field.text() == "7500"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_words_of_a_choice_are_its_answer_before_the_field_is_left(typed: FormView) -> None:
    who = answer_of(typed, "who")
    assert isinstance(who, ListAnswer)
    line = who.box.lineEdit()
    assert line is not None
    write(line, "อา")
    assert kept(typed, "who") == "aunt"
    write(line, "จารย์")
    assert (kept(typed, "who"), line.text()) == ("teacher", "อาจารย์")


def test_what_is_wrong_is_told_at_a_pause_while_someone_types(qtbot: QtBot, qapp: QApplication) -> None:
    survey = """
    | survey |
    | | type | name | label | constraint | constraint_message | appearance |
    | | text | phone | โทรศัพท์ | regex(., '^0[0-9]{8}$') | หมายเลข 9 หลัก | numbers |
    """
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(survey)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.show()
    phone = next(view.blocks(0).editors())
    assert isinstance(phone.answer, DigitsAnswer)
    write(phone.answer.field, "๐๔๓-๘")
    assert not phone.problem.isVisible()
    qtbot.waitUntil(phone.problem.isVisible)
    assert (phone.problem.plain, view.focusWidget()) == ("หมายเลข 9 หลัก", phone.answer.field)
    write(phone.answer.field, "11 234")
    assert not phone.problem.isVisible()
    assert view.bridge.session.value("/data/phone") == "043811234"[:9]


def test_an_emptied_answer_is_not_called_missing_while_someone_types(qtbot: QtBot, typed: FormView) -> None:
    income = answer_of(typed, "income")
    assert isinstance(income, NumberAnswer)
    write(income.field, "7")
    qtbot.waitUntil(lambda: "/data/g/income" in typed.bridge.touched)
    typed.bridge.touched.clear()
    QTest.keyClick(income.field, Qt.Key.Key_Backspace)
    with qtbot.assertNotEmitted(typed.bridge.changed, wait=2 * PAUSE_MS):
        pass
    assert typed.bridge.touched == set()


_PAGES = "| survey |\n| | type | name | label |\n" + "\n".join(
    f"| | begin_group | g{number} | หน้า {number} |\n| | text | t{number} | ข้อ {number} |\n| | end_group | | |" for number in range(30)
)


def test_the_list_of_pages_follows_to_the_open_one(qtbot: QtBot, qapp: QApplication) -> None:
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(_PAGES)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.resize(1278, 708)
    view.show()
    view.open_page(25)
    line = view.list.lines[25]
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect().height() == line.height())


_ASKED_LATER = """
| survey |
| | type | name | label | appearance | relevant |
| | begin_group | g | ทั้งหมด | field-list | |
| | select_one who | first | ใคร | minimal | |
| | select_one who | later | ใครอีก | minimal | ${first} = 'aunt' |
| | end_group | | | | |
| choices |
| | list_name | name | label |
| | who | aunt | อา |
"""


def test_the_words_of_a_list_that_is_asked_later_begin_where_those_of_the_others_do(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(_ASKED_LATER)), timezone=BANGKOK)), TODAY)
    qtbot.addWidget(view)
    view.resize(1278, 708)
    view.show()
    for name in ("first", "later"):
        view.bridge.set(f"/data/g/{name}", "aunt")
    for _round in range(4):
        QApplication.processEvents()
    begins = set()
    for name in ("first", "later"):
        answer = answer_of(view, name)
        assert isinstance(answer, ListAnswer)
        line = answer.box.lineEdit()
        assert line is not None
        begins.add(line.geometry().x() + line.cursorRect().x())
    assert len(begins) == 1
