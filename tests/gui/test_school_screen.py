"""The screen of a school's forms: by keys and by touch, for a teacher and for the district."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.reference import Role, School
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.forms.editors.chosen import TilesAnswer
from fieldapp.gui.navigation import FillForm, OpenSchool
from fieldapp.gui.screens.school.screen import SchoolScreen
from tests.support.children_window import SIZE, a_form_screen, destinations, over
from tests.support.forms_here import published
from tests.support.laptop import SCHOOL, Laptop, a_laptop
from tests.support.qt import InlineTasks, tap
from tests.support.xlsforms import about_school

pytestmark = pytest.mark.usefixtures("english")

PLAN = published(about_school("school_safety"))


@pytest.fixture
def officer(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop(tmp_path / "officer", role=Role.OFFICER)
    made.put(School("46030002", "โรงเรียนสอง", "460101"), PLAN)
    yield made
    made.store.close()


def a_school_screen(qtbot: QtBot, laptop: Laptop, destination: OpenSchool | None = None) -> SchoolScreen:
    screen = SchoolScreen(over(laptop), InlineTasks(), ChangeFeed(), laptop.clock)
    qtbot.addWidget(screen)
    screen.resize(*SIZE)
    screen.show()
    screen.arrive(destination or OpenSchool())
    screen.refresh()
    QApplication.processEvents()
    return screen


def button(holder: QWidget) -> QPushButton:
    (found,) = (one for one in holder.findChildren(QPushButton) if one.isVisibleTo(holder))
    return found


def test_a_teacher_fills_the_form_of_their_school_and_is_back_at_it(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.put(PLAN)
    screen = a_school_screen(qtbot, laptop)
    assert (screen.title(), screen.subtitle(), screen.school.isVisible()) == ("School", "โรงเรียนบ้านนาคู", False)
    went = destinations(screen)
    button(screen.forms).setFocus()
    QTest.keyClick(button(screen.forms), Qt.Key.Key_Space)
    assert went == [FillForm("school_safety", "", SCHOOL)]
    form = a_form_screen(qtbot, over(laptop), laptop.clock, went[0])
    assert form.view is not None and form.subtitle() == "โรงเรียนบ้านนาคู"
    (tiles,) = form.view.findChildren(TilesAnswer)
    tap(tiles.tile("no"))
    came = destinations(form)
    while form.view.next.isVisible():
        tap(form.view.next)
    tap(form.view.finish)
    assert came == [OpenSchool(SCHOOL)]
    assert [line.filled for line in laptop.school_forms.view().forms] == [1]


def test_the_district_chooses_a_school_by_any_part_of_its_name(qtbot: QtBot, officer: Laptop) -> None:
    screen = a_school_screen(qtbot, officer)
    assert screen.school.isVisible() and not screen.forms.isVisible()
    line = screen.school.box.lineEdit()
    assert line is not None
    line.setText("โรงเรียนสอง (46030002)")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert screen.subtitle() == "โรงเรียนสอง" and screen.forms.isVisible()
    went = destinations(screen)
    QTest.mouseClick(button(screen.forms), Qt.MouseButton.LeftButton)
    assert went == [FillForm("school_safety", "", "46030002")]


def test_what_was_begun_about_another_school_leads_back_to_it(qtbot: QtBot, officer: Laptop) -> None:
    opened = officer.filling.open_about_school("school_safety", "46030002")
    officer.filling.save(opened.draft, opened.session.to_xml(), 0)
    screen = a_school_screen(qtbot, officer, OpenSchool(SCHOOL))
    went = destinations(screen)
    QTest.mouseClick(button(screen.elsewhere), Qt.MouseButton.LeftButton)
    assert went == [FillForm("school_safety", "", "46030002")]


def test_throwing_the_draft_away_leads_back_to_the_school(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.put(PLAN)
    opened = laptop.filling.open_about_school("school_safety", SCHOOL)
    laptop.filling.save(opened.draft, opened.session.to_xml(), 0)
    form = a_form_screen(qtbot, over(laptop), laptop.clock, FillForm("school_safety", "", SCHOOL))
    came = destinations(form)
    form._discard()
    assert came == [OpenSchool(SCHOOL)]
    assert [line.begun for line in laptop.school_forms.view().forms] == [False]


def test_who_is_of_no_school_is_told_so(qtbot: QtBot, tmp_path: Path) -> None:
    partner = a_laptop(tmp_path / "partner", role=Role.PARTNER)
    partner.put(PLAN)
    screen = a_school_screen(qtbot, partner)
    assert screen.subtitle() == "" and not screen.forms.isVisible() and not screen.school.isVisible()
    went = destinations(screen)
    QTest.mouseClick(button(screen), Qt.MouseButton.LeftButton)
    assert [type(one).__name__ for one in went] == ["OpenSync"]
    partner.store.close()
