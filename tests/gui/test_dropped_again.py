"""A child who has left once more: said where it is looked after, and the case that begins is the one on the screen."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.domain.follow_up import Attendance
from fieldapp.domain.received_list import ListType
from fieldapp.domain.visit import Met, Outcome, ReturnLevel
from fieldapp.gui.screens.card.attendance_dialog import AttendanceDialog
from tests.support.children_window import a_children_screen, over, settle
from tests.support.laptop import Laptop, fill


@pytest.mark.usefixtures("english")
def test_the_new_case_of_a_child_who_left_again_is_opened(qtbot: QtBot, laptop: Laptop) -> None:
    (case,) = fill(laptop, 1)
    back = replace(laptop.visits.draft(case.id).visit, met=(Met.CHILD,), outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    laptop.visits.save(back)
    laptop.visits.finish(case.id)
    screen = a_children_screen(qtbot, over(laptop), laptop.clock)
    screen.card.open_tab(2)
    settle(screen)
    next(one for one in screen.card.follow_ups.findChildren(QPushButton) if one.text() == "Done" and one.isVisible()).click()
    dialog = next(one for one in screen.findChildren(AttendanceDialog) if one.isVisible())
    dialog.choices.set_value(Attendance.NOT_ATTENDING)
    dialog.dropped.setChecked(True)
    dialog.keep()
    settle(screen)
    card = screen.card.card
    assert card is not None
    assert (card.row.list_type, card.case.id) == (ListType.DROPPED_AGAIN, screen.list.current_case)
    assert card.case.id != case.id
