"""The tab of care on a child's card: what is recorded there stands there, and waits for the district."""

import datetime as dt
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.care.consent import Consent, ConsentPurpose, ConsentState
from fieldapp.domain.care.goal import CareAspect, Goal, GoalState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskState
from fieldapp.domain.care.support import Support, SupportArea, SupportState
from fieldapp.domain.reference import Agency, AgencyKind
from fieldapp.gui.screens.card.caring.consent_dialog import ConsentDialog
from fieldapp.gui.screens.card.caring.end_dialog import EndDialog
from fieldapp.gui.screens.card.caring.goal_dialog import GoalDialog
from fieldapp.gui.screens.card.caring.risk_dialog import RiskDialog
from fieldapp.gui.screens.card.caring.support_dialog import SupportDialog
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.reports.consent_sheet import VERSION
from fieldapp.usecases.caring import CaseCare
from tests.support.children_window import a_children_screen, over, settle
from tests.support.laptop import TODAY, Laptop, fill

pytestmark = pytest.mark.usefixtures("english")
D = TypeVar("D", bound=FormDialog)
HOME = Agency("children_home", "บ้านพักเด็กและครอบครัว", AgencyKind.WELFARE.value)


@pytest.fixture
def screen(qtbot: QtBot, laptop: Laptop) -> ChildrenScreen:
    laptop.put(HOME)
    fill(laptop, 1)
    screen = a_children_screen(qtbot, over(laptop), laptop.clock)
    screen.card.open_tab(5)
    return screen


def press(parent: QWidget, text: str) -> None:
    found = (*parent.findChildren(QPushButton), *parent.findChildren(TextLink))
    next(one for one in found if one.text() == text and one.isVisible()).click()


def opened(screen: ChildrenScreen, kind: type[D], button: str) -> D:
    press(screen.card.care, button)
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def kept(screen: ChildrenScreen, dialog: FormDialog, laptop: Laptop) -> CaseCare:
    accepted: list[bool] = []
    dialog.accepted.connect(lambda: accepted.append(True))
    dialog.keep()
    assert accepted, dialog.message.text
    settle(screen)
    return laptop.caring.of_case(screen.list.current_case)


def said(screen: ChildrenScreen) -> str:
    return " | ".join(label.text() for label in screen.card.care.findChildren(QLabel))


def test_a_risk_is_recorded_and_ends(screen: ChildrenScreen, laptop: Laptop) -> None:
    dialog = opened(screen, RiskDialog, "Record a risk")
    dialog.keep()
    assert "Say what you saw." in dialog.message.text
    dialog.reason.setText("ขาดเรียนบ่อย")
    dialog.levels.set_value(RiskLevel.PROBLEM)
    (line,) = kept(screen, dialog, laptop).risks
    assert isinstance(line.fact, Risk) and (line.fact.level, line.state) == (RiskLevel.PROBLEM, RiskState.OPEN)
    assert screen.card.tabs.words(5) == "Care 1" and "ขาดเรียนบ่อย" in said(screen)
    end = opened(screen, EndDialog, "Record what became of it")
    end.keep()
    assert "Choose what happened." in end.message.text
    end.states.set_value(RiskState.RESOLVED)
    end.date.set_value(TODAY - dt.timedelta(days=3))
    end.keep()
    assert "It cannot be before" in end.message.text
    end.date.set_value(TODAY)
    assert kept(screen, end, laptop).risks[0].state is RiskState.RESOLVED
    assert screen.card.tabs.words(5) == "Care"


def test_help_serves_a_goal_and_can_be_corrected_and_taken_back(screen: ChildrenScreen, laptop: Laptop) -> None:
    goal_dialog = opened(screen, GoalDialog, "Set a goal")
    goal_dialog.goal.setText("มาเรียนทุกวัน")
    goal_dialog.aspects.set_value(CareAspect.PROMOTE)
    (goal,) = kept(screen, goal_dialog, laptop).goals
    assert isinstance(goal.fact, Goal) and (goal.state, goal.fact.aspect) == (GoalState.OPEN, CareAspect.PROMOTE)
    dialog = opened(screen, SupportDialog, "Record help")
    dialog.keep()
    assert "Choose the area of the help." in dialog.message.text
    dialog.areas.set_value(SupportArea.FUNDS)
    dialog.what.setText("ค่าชุดนักเรียน")
    dialog.giver.set_words(HOME.name)
    dialog.cost.setText("1500")
    dialog.goal.setCurrentIndex(1)
    (given,) = kept(screen, dialog, laptop).supports
    assert isinstance(given.fact, Support)
    assert (given.fact.agency_id, given.fact.cost_baht, given.fact.goal_id) == (HOME.id, 1500, goal.fact.id)
    again = opened(screen, SupportDialog, "Correct")
    assert (again.what.text(), again.cost.text(), again.giver.words()) == ("ค่าชุดนักเรียน", "1500", HOME.name)
    again.cost.setText("1200")
    (corrected,) = kept(screen, again, laptop).supports
    assert isinstance(corrected.fact, Support) and (corrected.fact.cost_baht, corrected.fact.supersedes) == (1200, given.fact.id)
    assert kept(screen, opened(screen, EndDialog, "Take back"), laptop).supports[0].state is SupportState.TAKEN_BACK


def test_a_consent_is_read_out_signed_and_withdrawn(screen: ChildrenScreen, laptop: Laptop) -> None:
    dialog = opened(screen, ConsentDialog, "Record a consent")
    dialog.purposes.set_value(ConsentPurpose.SHARING)
    dialog._on_purpose()
    assert "pass on" in dialog.read_out.text()
    dialog.giver.setText("ยายบุญมี")
    dialog.keep()
    assert "Choose yes or no." in dialog.message.text
    dialog.answers.set_value(True)
    QTest.mousePress(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    QTest.mouseMove(dialog.pad, QPoint(90, 60))
    QTest.mouseRelease(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    (line,) = kept(screen, dialog, laptop).consents
    consent = line.fact
    assert isinstance(consent, Consent) and (consent.given, consent.giver, consent.form_version) == (True, "ยายบุญมี", VERSION)
    assert consent.signature.startswith("M") and line.state is ConsentState.GIVEN
    end = opened(screen, EndDialog, "Record what became of it")
    assert kept(screen, end, laptop).consents[0].state is ConsentState.WITHDRAWN


def test_a_refusal_is_kept_and_nothing_more_is_asked_of_it(screen: ChildrenScreen, laptop: Laptop) -> None:
    dialog = opened(screen, ConsentDialog, "Record a consent")
    dialog.giver.setText("ยายบุญมี")
    dialog.answers.set_value(False)
    (line,) = kept(screen, dialog, laptop).consents
    assert (line.state, line.next) == (ConsentState.REFUSED, ())
