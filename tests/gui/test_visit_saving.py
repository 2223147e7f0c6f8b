"""A draft is written one save at a time, and the newest words are never left behind."""

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.visit.saving import DraftSaver
from tests.support.qt import LaterTasks
from tests.support.stub_usecases import NOW, StubVisits
from tests.support.views import draft

VISIT = draft().visit


def a_saver(visits: StubVisits, tasks: Any) -> DraftSaver:
    return DraftSaver(visits, tasks, ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]


def test_what_is_answered_while_a_save_is_under_way_goes_with_the_next(qtbot: QtBot) -> None:
    visits, tasks = StubVisits(), LaterTasks()
    saver = a_saver(visits, tasks)
    for note in ("first", "second", "third"):
        saver.save(replace(VISIT, note=note))
    assert len(tasks.waiting) == 1
    tasks.finish_all()
    assert [visit.note for visit in visits.saves] == ["first", "third"]
    assert not saver.pending


def test_a_draft_that_is_finished_is_not_written_again(qtbot: QtBot) -> None:
    visits, tasks = StubVisits(), LaterTasks()
    saver = a_saver(visits, tasks)
    saver.save(VISIT)
    saver.save(replace(VISIT, note="late"))
    saver.forget()
    tasks.finish_all()
    assert [visit.note for visit in visits.saves] == [VISIT.note]
