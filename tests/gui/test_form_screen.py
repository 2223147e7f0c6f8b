"""Filling a form of the district through its pages, over a real store."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.domain.form import FormAbout
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.forms import FormDefinition, Session
from fieldapp.gui.forms.blocks import RepeatBlock
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.choice_table import ChoiceTable
from fieldapp.gui.forms.editors.chosen import ListAnswer, TilesAnswer
from fieldapp.gui.forms.editors.editor import AnswerWidget, Editor
from fieldapp.gui.forms.editors.moments import DayAnswer, TimeAnswer
from fieldapp.gui.forms.editors.simple import NotHere, OrderAnswer, ScaleAnswer, TickAnswer
from fieldapp.gui.forms.editors.typed import BoxAnswer, LineAnswer, NumberAnswer
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.forms.paging import pages
from fieldapp.gui.navigation import FillForm, OpenChild
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.gui.screens.form.sharing import SharingDialog
from fieldapp.records.of_case import submissions_of_case
from fieldapp.usecases.children import ListFilter
from tests.support.children_window import a_form_screen, destinations, over
from tests.support.forms_here import published
from tests.support.laptop import TODAY, Laptop, a_listed_child
from tests.support.qt import tap, type_text
from tests.support.xforms import xform_of
from tests.support.xlsforms import changed

pytestmark = pytest.mark.usefixtures("english")

FORM = published()


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    child, case = a_listed_child(guardian_phone="0812345214")
    laptop.put(child, case, FORM)
    return case.id


def a_screen(qtbot: QtBot, laptop: Laptop, case_id: str) -> FormScreen:
    return a_form_screen(qtbot, over(laptop), laptop.clock, FillForm("home_visit", case_id))


def a_view(qtbot: QtBot, survey: str, **options: bool) -> FormView:
    view = FormView(FormBridge(Session(FormDefinition.from_xml(xform_of(survey)), timezone=THAI_TIME)), TODAY, **options)
    qtbot.addWidget(view)
    view.resize(1100, 640)
    view.show()
    return view


def editor(view: FormView, path: str) -> Editor:
    return next(one for one in view.blocks(view.page).editors() if one.path == path)


def answer_of(view: FormView, path: str) -> AnswerWidget:
    found = editor(view, path).answer
    assert found is not None
    return found


def filled(laptop: Laptop, case_id: str):  # type: ignore[no-untyped-def]
    with laptop.store.reading() as connection:
        return submissions_of_case(connection, laptop.store.district_id, case_id)


def view_of(screen: FormScreen) -> FormView:
    assert screen.view is not None
    return screen.view


def to_the_end(view: FormView) -> None:
    while view.next.isVisible():
        tap(view.next)


def test_a_form_is_filled_and_finished_and_the_person_is_back_at_the_card(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    went = destinations(screen)
    view = view_of(screen)
    tiles = answer_of(view, "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("yes"))
    to_the_end(view)
    tap(view.finish)
    (submission,) = filled(laptop, case_id)
    assert "<met>yes</met>" in submission.xml and "<phone>0812345214</phone>" in submission.xml
    assert went == [OpenChild(case_id)]


def test_what_is_answered_is_on_disk_at_once(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    tiles = answer_of(view_of(screen), "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("no"))
    assert laptop.filling.open("home_visit", case_id).session.value("/data/met") == "no"


def test_what_is_typed_is_on_disk_when_the_screen_is_left(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    view = view_of(screen)
    tiles = answer_of(view, "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("yes"))
    phone = answer_of(view, "/data/phone")
    assert isinstance(phone, LineAnswer)
    phone.field.selectAll()
    type_text(phone.field, "0899999999")
    screen.leave()
    assert laptop.filling.open("home_visit", case_id).session.value("/data/phone") == "0899999999"


def test_what_is_missing_is_named_and_leads_to_its_question(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    view = view_of(a_screen(qtbot, laptop, case_id))
    to_the_end(view)
    tap(view.finish)
    assert filled(laptop, case_id) == ()
    view.point_at("/data/met")
    assert view.page == 0
    assert editor(view, "/data/met").problem.isVisible()


def test_answers_about_the_house_are_offered_to_its_other_children(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    here = laptop.children.row(case_id)
    sister, her_case = a_listed_child(1, house_no=here.house_no, moo=here.moo, village=here.village, tambon_code=here.tambon_code)
    laptop.put(sister, her_case, replace(FORM, about=FormAbout.HOUSEHOLD, version=2))
    screen = a_screen(qtbot, laptop, case_id)
    view = view_of(screen)
    tiles = answer_of(view, "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("yes"))
    to_the_end(view)
    tap(view.finish)
    (dialog,) = screen.findChildren(SharingDialog)
    assert list(dialog.boxes) == [her_case.id]
    dialog.accept()
    assert len(filled(laptop, her_case.id)) == len(filled(laptop, case_id)) == 1


def test_a_draft_opens_on_the_page_where_it_was_left(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    view = view_of(screen)
    tiles = answer_of(view, "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("yes"))
    tap(view.next)
    repeat = view.blocks(1).parts[0]
    assert isinstance(repeat, RepeatBlock)
    tap(repeat.add)
    screen.leave()
    assert view_of(a_screen(qtbot, laptop, case_id)).page == 1


def test_the_card_leads_to_the_form(laptop: Laptop, case_id: str) -> None:
    assert [line.form_id for line in laptop.children.card(case_id).forms] == ["home_visit"]
    assert laptop.children.page(ListFilter(), 0, 1)[0].case_id == case_id


def test_a_question_that_no_longer_applies_is_hidden_and_comes_back_with_its_answer(qtbot: QtBot) -> None:
    view = a_view(
        qtbot,
        """
| survey | | | | |
| | type | name | label | relevant |
| | select_one yn | met | Met? | |
| | text | phone | Phone | ${met} = 'y' |
| choices | | | | |
| | list_name | name | label | |
| | yn | y | Yes | |
| | yn | n | No | |
""",
    )
    tiles, phone = answer_of(view, "/data/met"), editor(view, "/data/phone")
    assert isinstance(tiles, TilesAnswer) and isinstance(phone.answer, LineAnswer)
    assert not phone.isVisible()
    tap(tiles.tile("y"))
    type_text(phone.answer.field, "081")
    tap(tiles.tile("n"))
    assert not phone.isVisible()
    tap(tiles.tile("y"))
    assert (phone.isVisible(), phone.answer.field.text()) == (True, "081")


def test_a_wrong_answer_is_told_in_the_forms_own_words_when_it_is_left(qtbot: QtBot) -> None:
    view = a_view(
        qtbot,
        """
| survey | | | | | |
| | type | name | label | constraint | constraint_message |
| | integer | age | Age | . < 20 | Too old for this form |
| | text | name | Name | | |
""",
    )
    age = editor(view, "/data/age")
    assert isinstance(age.answer, NumberAnswer)
    age.answer.field.setFocus()
    type_text(age.answer.field, "๔๐")
    assert not age.problem.isVisible()
    QTest.keyClick(age.answer.field, Qt.Key.Key_Return)
    assert (age.problem.plain, view.bridge.session.value("/data/age")) == ("Too old for this form", "40")
    age.answer.field.selectAll()
    type_text(age.answer.field, "12")
    QTest.keyClick(age.answer.field, Qt.Key.Key_Return)
    assert not age.problem.isVisible()


def test_members_of_a_house_are_added_and_taken_away(qtbot: QtBot) -> None:
    view = a_view(
        qtbot,
        """
| survey | | | | |
| | type | name | label | calculation |
| | begin repeat | member | Member | |
| | text | name | Name | |
| | integer | income | Income | |
| | end repeat | | | |
| | calculate | total | | sum(${income}) |
""",
    )
    block = view.blocks(0).parts[0]
    assert isinstance(block, RepeatBlock)
    while view.bridge.session.repeats("/data/member") < 3:
        tap(block.add)
    for place, income in enumerate((100, 200, 300), 1):
        field = answer_of(view, f"/data/member[{place}]/income")
        assert isinstance(field, NumberAnswer)
        type_text(field.field, str(income))
    assert view.bridge.session.value("/data/total") == "600"
    block.remove_at(1)
    left = [answer_of(view, f"/data/member[{place}]/income") for place in (1, 2)]
    assert [one.field.text() for one in left if isinstance(one, NumberAnswer)] == ["100", "300"]
    assert view.bridge.session.value("/data/total") == "400"


KINDS = """
| survey | | | | | |
| | type | name | label | appearance | parameters |
| | begin group | all | All | field-list | |
| | text | line | L | | |
| | text | box | B | multiline | |
| | integer | whole | W | | |
| | decimal | part | P | | |
| | date | day | D | | |
| | time | time | T | | |
| | dateTime | moment | M | | |
| | select_one l | one | O | | |
| | select_one l | long | G | minimal | |
| | select_multiple l | several | S | | |
| | rank l | order | R | | |
| | range | scale | C | | start=0 end=10 step=2 |
| | acknowledge | done | A | | |
| | note | read | N | | |
| | image | photo | I | | |
| | barcode | code | K | | |
| | end group | | | | |
| choices | | | | | |
| | list_name | name | label | | |
| | l | a | Aaa | | |
| | l | b | Bbb | | |
| | l | c | Ccc | | |
"""


def test_each_kind_of_question_has_its_editor(qtbot: QtBot) -> None:
    view = a_view(qtbot, KINDS)
    made = {one.path.rpartition("/")[2]: type(one.answer) for one in view.blocks(0).editors()}
    assert made == {
        "line": LineAnswer, "box": BoxAnswer, "whole": NumberAnswer, "part": NumberAnswer, "day": DayAnswer, "time": TimeAnswer,
        "moment": DayAnswer, "one": TilesAnswer, "long": ListAnswer, "several": TilesAnswer, "order": OrderAnswer, "scale": ScaleAnswer,
        "done": TickAnswer, "read": type(None), "photo": NotHere, "code": NotHere,
    }  # fmt: skip


def test_each_editor_writes_what_a_form_keeps_and_shows_it_again(qtbot: QtBot) -> None:
    view = a_view(qtbot, KINDS)
    session = view.bridge.session
    given = {
        "line": "ไร่", "box": "สองบรรทัด", "whole": "12", "part": "1.5", "day": "2026-11-22", "time": "14:30:00.000+07:00",
        "moment": "2026-11-22T14:30:00.000+07:00", "one": "b", "long": "c", "several": "a c", "order": "c a b", "scale": "4", "done": "OK",
    }  # fmt: skip
    for name, text in given.items():
        view.bridge.set(f"/data/all/{name}", text)
    assert session.validate() == []
    day, moment, time = (answer_of(view, f"/data/all/{name}") for name in ("day", "moment", "time"))
    assert isinstance(day, DayAnswer) and isinstance(moment, DayAnswer) and isinstance(time, TimeAnswer)
    assert (day.day.value(), moment.day.value(), time.field.text()) == (dt.date(2026, 11, 22), dt.date(2026, 11, 22), "14:30")
    assert moment.time is not None and moment.time.text() == "14:30"
    several, order, scale = (answer_of(view, f"/data/all/{name}") for name in ("several", "order", "scale"))
    assert isinstance(several, TilesAnswer) and isinstance(order, OrderAnswer) and isinstance(scale, ScaleAnswer)
    tap(several.tile("b"))
    order.list.setCurrentRow(2)
    order._move(-1)
    scale.slider.setValue(3)
    assert [session.value(f"/data/all/{name}") for name in ("several", "order", "scale")] == ["a b c", "c b a", "6"]


def test_a_long_list_is_searched_by_any_part_of_its_words(qtbot: QtBot) -> None:
    rows = "\n".join(f"| | s | s{number} | โรงเรียนบ้านที่ {number} | |" for number in range(1_000))
    view = a_view(
        qtbot,
        f"""
| survey | | | | |
| | type | name | label | appearance |
| | select_one s | school | School | |
| choices | | | | |
| | list_name | name | label | |
{rows}
""",
    )
    box = answer_of(view, "/data/school")
    assert isinstance(box, ListAnswer)
    line, search = box.box.lineEdit(), box.box.completer()
    assert line is not None and search is not None
    search.setCompletionPrefix("ที่ 777")
    assert search.completionCount() == 1
    line.setText("โรงเรียนบ้านที่ 777")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert view.bridge.session.value("/data/school") == "s777"


def test_like_questions_stand_in_one_table(qtbot: QtBot) -> None:
    view = a_view(
        qtbot,
        """
| survey | | | | |
| | type | name | label | appearance |
| | begin group | close | How close? | table-list |
| | select_one c | father | Father | |
| | select_one c | mother | Mother | |
| | end group | | | |
| choices | | | | |
| | list_name | name | label | |
| | c | near | Near | |
| | c | far | Far | |
""",
    )
    table = next(part for part in view.blocks(0).parts if isinstance(part, ChoiceTable))
    tap(table.box("/data/close/mother", "far"))
    assert view.bridge.session.value("/data/close/mother") == "far"
    tap(table.box("/data/close/mother", "far"))
    assert view.bridge.session.value("/data/close/mother") == ""


def test_sensitive_pages_are_left_out_for_who_may_not_see_them(qtbot: QtBot) -> None:
    survey = """
| survey | | | | | |
| | type | name | label | appearance | bind::app:sensitive |
| | begin group | plain | Plain | field-list | |
| | text | a | A | | |
| | end group | | | | |
| | begin group | secret | Secret | field-list | yes |
| | text | b | B | | |
| | end group | | | | |
| settings | | | | | |
| | namespaces | | | | |
| | app="urn:fieldapp:forms" | | | | |
"""
    for shown, count in ((True, 2), (False, 1)):
        view = a_view(qtbot, survey, shows_sensitive=shown)
        assert len(view.list.lines) == count + 1


def test_a_group_is_a_page_and_loose_questions_share_one() -> None:
    definition = FormDefinition.from_xml(
        xform_of(
            """
| survey | | | | |
| | type | name | label | appearance |
| | text | a | A | |
| | text | b | B | |
| | begin group | outer | Outer | |
| | begin group | one | One | field-list |
| | text | c | C | |
| | end group | | | |
| | begin group | two | Two | field-list |
| | text | d | D | |
| | end group | | | |
| | end group | | | |
| | begin repeat | rep | Rep | |
| | text | e | E | |
| | end repeat | | | |
"""
        )
    )
    assert [(page.path, page.above) for page in pages(definition)] == [
        ("", ()),
        ("/data/outer/one", ("/data/outer",)),
        ("/data/outer/two", ("/data/outer",)),
        ("/data/rep", ()),
    ]


def test_a_changed_version_does_not_touch_what_is_begun(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    tiles = answer_of(view_of(screen), "/data/met")
    assert isinstance(tiles, TilesAnswer)
    tap(tiles.tile("yes"))
    screen.leave()
    laptop.put(replace(FORM, active=False, version=2), published(changed("settings", 2, "version", "2569.2")))
    again = a_screen(qtbot, laptop, case_id)
    to_the_end(view_of(again))
    tap(view_of(again).finish)
    assert [one.form_version for one in filled(laptop, case_id)] == ["2569.1"]
