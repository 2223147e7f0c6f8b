"""The ladder on the screen: figures, bases, dates, and its file."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.domain.ladder import Rounding
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.reports.screen import ReportsScreen
from fieldapp.reports.ladder import LadderReport
from fieldapp.usecases.reports import Reports
from tests.support.laptop import Laptop, a_listed_child
from tests.support.qt import InlineTasks
from tests.support.work_views import NOW, ladder_report

pytestmark = pytest.mark.usefixtures("english")


class Asked:
    """`Reports` that give one report and note the dates that were asked for."""

    def __init__(self, report: LadderReport) -> None:
        self.report = report
        self.dates: list[dt.date] = []

    def ladder(self, as_of: dt.date, rounding: Rounding | None = None) -> LadderReport:
        self.dates.append(as_of)
        return self.report


def a_screen(qtbot: QtBot, reports: Any, role: str = "teacher", path: Path | None = None) -> ReportsScreen:
    client: Any = SimpleNamespace(profile=SimpleNamespace(role=role), reports=reports)
    screen = ReportsScreen(client, InlineTasks(), ChangeFeed(), lambda: NOW, choose_file=lambda _parent, _path: path)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.show_part("ladder")
    screen.refresh()
    return screen


def words_on(screen: ReportsScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible()).replace("\u200b", "")


def test_the_figures_of_the_district_stand_there_with_their_bases(qtbot: QtBot) -> None:
    said = words_on(a_screen(qtbot, Asked(ladder_report())))
    for figure in ("916", "424", "95", "821", "134", "45", "82", "52", "68.36 %", "74.86 %", "10.37 %"):
        assert figure in said
    assert "of 1,340 listed" in said
    assert "of 916 traced" in said


def test_truncating_shows_the_other_percentage_and_says_so(qtbot: QtBot) -> None:
    said = words_on(a_screen(qtbot, Asked(ladder_report(rounding=Rounding.TRUNCATE))))
    assert "68.35 %" in said
    assert "percentages cut after two decimals" in said


def test_the_ministry_s_way_shows_its_two_more_figures_and_its_name(qtbot: QtBot) -> None:
    said = words_on(a_screen(qtbot, Asked(ladder_report(ministry=True))))
    assert "the ministry's way of counting" in said
    assert "To be traced further" in said
    assert "120" in said


def test_another_date_asks_for_another_report(qtbot: QtBot) -> None:
    reports = Asked(ladder_report())
    screen = a_screen(qtbot, reports)
    screen.date.field.selectAll()
    qtbot.keyClicks(screen.date.field, "1/11/2026")
    assert reports.dates[0] == dt.date(2026, 11, 22)
    assert reports.dates[-1] == dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("role", "scope"), [("teacher", "in your care"), ("school_head", "of your school"), ("officer", "of the district")]
)
def test_the_footnote_says_whose_children_are_counted(qtbot: QtBot, role: str, scope: str) -> None:
    assert scope in words_on(a_screen(qtbot, Asked(ladder_report()), role))


def test_without_children_there_are_no_figures_and_no_file(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Asked(ladder_report(empty=True)))
    assert "No figures on this date" in words_on(screen)
    assert not screen.export.isEnabled()


def test_the_file_holds_the_figures(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "ladder.xlsx"
    screen = a_screen(qtbot, Asked(ladder_report()), path=path)
    qtbot.mouseClick(screen.export, Qt.MouseButton.LeftButton)
    cells = {cell for row in load_workbook(path).active.iter_rows(values_only=True) for cell in row}  # type: ignore[union-attr]
    assert {1340, 916, 424, 179} <= cells
    assert "Saved ladder.xlsx" in screen.message.text


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    screen = a_screen(qtbot, Asked(ladder_report()), path=tmp_path / "missing" / "ladder.xlsx")
    qtbot.mouseClick(screen.export, Qt.MouseButton.LeftButton)
    assert "could not be saved" in screen.message.text


class TestOverARealStore:
    def test_the_ladder_counts_what_is_on_this_laptop(self, qtbot: QtBot, laptop: Laptop) -> None:
        for number in range(3):
            laptop.put(*a_listed_child(number))
        said = words_on(a_screen(qtbot, Reports(laptop.store)))
        assert "3 listed" in said
        assert "Only the 3 children in your care" in said
