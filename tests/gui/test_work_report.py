"""My work and my school on the screen and on paper, over a real store."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.visit import Met, Outcome
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.printing import print_sheets
from fieldapp.gui.letters.work_report import Headed, set_work
from fieldapp.gui.navigation import OpenChild, OpenChildren
from fieldapp.gui.screens.reports.paper_dialog import PaperDialog
from fieldapp.gui.screens.reports.screen import ReportsScreen
from fieldapp.reports.period import Span
from fieldapp.reports.work_rows import confirmed_words
from fieldapp.store.changes import Changes
from fieldapp.usecases.reports import Reports
from tests.support.laptop import ME, NOW, OTHER, TODAY, Laptop, a_laptop, a_listed_child
from tests.support.qt import InlineTasks
from tests.support.records import a_visit

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop(tmp_path / "school", role=Role.SCHOOL_HEAD)
    yield made
    made.store.close()


def some_work(laptop: Laptop) -> None:
    """Seven children, two of another teacher; three visits, one child back."""
    cases = []
    for number in range(7):
        child, case = a_listed_child(number, assignee=OTHER if number > 4 else ME, last_grade="ม.1")
        if number == 0:
            case = case.with_step(CaseStep(new_id(), CaseState.RETURNED, TODAY, ME, NOW, 99))
        laptop.put(child, case)
        cases.append(case)
    laptop.put(*(a_visit(case, visited_on=TODAY - dt.timedelta(days=day)) for case, day in zip(cases, (0, 3, 10), strict=False)))


def a_screen(qtbot: QtBot, laptop: Laptop) -> ReportsScreen:
    identity = laptop.store.identity
    profile = SimpleNamespace(role=identity.role, person_name=identity.person_name)
    client: Any = SimpleNamespace(profile=profile, reports=Reports(laptop.store))
    screen = ReportsScreen(client, InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    # Cards that came into a layout are shown in the next round.
    QApplication.processEvents()
    return screen


def words_on(screen: ReportsScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible()).replace("\u200b", "")


def button(screen: ReportsScreen, text: str) -> QPushButton:
    return next(one for one in screen.findChildren(QPushButton) if one.isVisible() and text in one.text())


def report_of(laptop: Laptop, as_of: dt.date = TODAY) -> Any:
    return Reports(laptop.store).work(as_of, Span.TERM)


def test_a_teacher_sees_own_work_first_with_the_time_it_is_about(qtbot: QtBot, laptop: Laptop) -> None:
    some_work(laptop)
    said = words_on(a_screen(qtbot, laptop))
    assert "Children by state" in said
    assert "1 Nov 2026 to 22 Nov 2026" in said
    assert "By teacher" not in said


def test_a_school_head_sees_each_teacher(qtbot: QtBot, school: Laptop) -> None:
    some_work(school)
    said = words_on(a_screen(qtbot, school))
    for word in ("By teacher", "ครูสมหญิง", "ครูวิชัย", "By village", "By class"):
        assert word in said


def test_a_figure_of_today_opens_the_list_behind_it_and_one_of_the_past_does_not(qtbot: QtBot, laptop: Laptop) -> None:
    some_work(laptop)
    screen = a_screen(qtbot, laptop)
    asked: list[Any] = []
    screen.navigate.connect(asked.append)
    button(screen, "Back in education").click()
    assert isinstance(asked[0], OpenChildren)
    assert asked[0].filter is not None
    assert asked[0].filter.state is CaseState.RETURNED
    assert laptop.children.count(asked[0].filter) == 1
    button(screen, "days").click()
    assert isinstance(asked[1], OpenChild)
    screen.date.set_value(TODAY - dt.timedelta(days=1))
    screen.refresh()
    QApplication.processEvents()
    assert not [one for one in screen.findChildren(QPushButton) if one.isVisible() and one.text() == "Assigned"]


def test_what_waits_to_be_sent_is_said_to_be_unconfirmed(qtbot: QtBot, laptop: Laptop) -> None:
    child, case = a_listed_child(0)
    laptop.put(child, case)
    laptop.visits.save(replace(laptop.visits.draft(case.id).visit, met=(Met.CHILD,), outcome=Outcome.UNDECIDED))
    laptop.visits.finish(case.id)
    work = report_of(laptop).all
    assert (work.visits, work.unconfirmed_visits, work.unconfirmed_children) == (1, 1, 1)
    assert "not confirmed by the district yet: 1 visit · the state of 1 child" in words_on(a_screen(qtbot, laptop))


def test_that_the_district_has_all_is_said_only_where_nothing_waits(qtbot: QtBot, laptop: Laptop) -> None:
    some_work(laptop)
    assert "has confirmed everything" in words_on(a_screen(qtbot, laptop))
    child, other = a_listed_child(20)
    laptop.put(child, other)
    laptop.visits.save(replace(laptop.visits.draft(other.id).visit, met=(Met.CHILD,), outcome=Outcome.UNDECIDED))
    laptop.visits.finish(other.id)
    said = words_on(a_screen(qtbot, laptop))
    assert "has confirmed everything" not in said
    yesterday = report_of(laptop, TODAY - dt.timedelta(days=1))
    assert confirmed_words(yesterday) == "Some of what was done on this laptop is not confirmed by the district yet."


def test_without_children_there_is_nothing_to_print(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    assert "No figures on this date" in words_on(screen)
    assert not screen.on_paper.isEnabled()


def test_figures_follow_what_is_recorded(qtbot: QtBot, laptop: Laptop) -> None:
    some_work(laptop)
    screen = a_screen(qtbot, laptop)
    laptop.put(*a_listed_child(8))
    screen.changes.changed.emit(Changes(all=True))
    assert "Only the 8 children in your care" in words_on(screen)


def text_of(pdf: bytes) -> list[str]:
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("thai_digits", [False, True])
def test_every_line_of_the_paper_can_be_copied_from_the_pdf(qtbot: QtBot, school: Laptop, thai_digits: bool) -> None:
    some_work(school)
    headed = Headed("โรงเรียนบ้านนาคู", "ครูสมหญิง ผู้อำนวยการ", of_school=True)
    dialog = PaperDialog(report_of(school), headed)
    qtbot.addWidget(dialog)
    sheets = set_work(report_of(school), headed, names=True, thai_digits=thai_digits)
    dialog.sheets = sheets
    for sheet, copied in zip(sheets, text_of(dialog.pdf()), strict=True):
        for line in sheet.text.split("\n"):
            assert "".join(line.split()) in copied
    said = sheets[0].text
    assert ("22 พ.ย. 2569" in said, "๒๒ พ.ย. ๒๕๖๙" in said) == (not thai_digits, thai_digits)
    assert "โรงเรียนบ้านนาคู" in said


def test_names_are_on_paper_and_in_the_file_only_where_they_were_asked_for(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    some_work(laptop)
    path = tmp_path / "work.xlsx"
    dialog = PaperDialog(report_of(laptop), Headed("", "ครูสมหญิง", of_school=False), ask_where=lambda _parent, _ending: path)
    qtbot.addWidget(dialog)
    name = report_of(laptop).waiters[0].given_name

    def cells() -> set[Any]:
        dialog.save(".xlsx")
        return {cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row}

    assert not any(name in str(cell) for cell in cells())
    assert not any(name in sheet.text for sheet in dialog.sheets)
    dialog.names.setChecked(True)
    assert "names children" in dialog.caution.plain
    assert any(name in str(cell) for cell in cells())
    assert any(name in sheet.text for sheet in dialog.sheets)


def test_figures_in_the_spreadsheet_are_numbers(qtbot: QtBot, school: Laptop, tmp_path: Path) -> None:
    some_work(school)
    path = tmp_path / "work.xlsx"
    dialog = PaperDialog(report_of(school), Headed("", "", of_school=True), ask_where=lambda _parent, _ending: path)
    qtbot.addWidget(dialog)
    dialog.save(".xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Figures", "By teacher", "By village", "By class"]
    rows = {row[0]: row[1:] for row in book["By teacher"].iter_rows(values_only=True)}
    assert rows["ครูสมหญิง"] == (5, 1, 2, 3, 0)
    assert rows["ครูวิชัย"] == (2, 0, 2, 0, 0)


def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    some_work(laptop)
    dialog = PaperDialog(report_of(laptop), Headed("", "", of_school=False), ask_where=lambda _parent, _ending: tmp_path)
    qtbot.addWidget(dialog)
    dialog.save(".pdf")
    assert "could not be written" in dialog.message.text


def test_the_printer_gets_every_page(qtbot: QtBot, school: Laptop, tmp_path: Path) -> None:
    some_work(school)
    dialog = PaperDialog(report_of(school), Headed("", "", of_school=True))
    qtbot.addWidget(dialog)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    print_sheets(dialog.sheets, printer)
    assert len(pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())) == len(dialog.sheets) > 1
