"""A whole visit in the real window with the keyboard alone, and with a finger alone: no mouse, and nothing set from behind."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QScroller, QWidget

from fieldapp import words
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, NextStep, Outcome, Whereabouts
from fieldapp.gui.navigation import OpenChildren, OpenToday
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.children.table import ChildrenTable
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.usecases.children import ListFilter
from tests.pictures.album import Album
from tests.pictures.desk import Desk
from tests.support.accessibility import spoken

NAME = "คมสันต์"
_MOST_TABS = 80
_STEPS = 8
_LOOKS = 50
_TRIES = 3


@pytest.fixture(scope="module")
def album(qapp: QApplication) -> Iterator[Album]:
    with tempfile.TemporaryDirectory() as folder, Album(Path(folder)) as made:
        yield made


@pytest.fixture
def desk(album: Album) -> Iterator[Desk]:
    with album.posed("unlock") as desk:
        desk.sit_down(writes=True)
        yield desk


def _received(desk: Desk) -> tuple[CaseState, int]:
    """How the case of the child stands, and how many visits wait in the outbox."""
    (row,) = desk.client.children.page(ListFilter(text=NAME), 0, 2)
    return row.state, desk.client.syncing.overview().unsent.visits


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_keyboard(), key, modifiers)
    QApplication.processEvents()


def _keyboard() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


def _type(text: str) -> None:
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(_keyboard(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _tab_to(wanted: Callable[[QWidget], bool]) -> None:
    for _turn in range(_MOST_TABS):
        if wanted(_keyboard()):
            return
        _press(Qt.Key.Key_Tab)
    raise AssertionError("the Tab key does not come by")


def _choose(said: str) -> None:
    """Go there by Tab and press the space bar."""
    _tab_to(lambda widget: isinstance(widget, QAbstractButton) and spoken(widget) == said)
    _press(Qt.Key.Key_Space)


def test_a_visit_is_recorded_with_the_keyboard_alone(desk: Desk) -> None:
    desk.go(OpenToday())
    before = _received(desk)
    desk.window.activateWindow()
    QApplication.processEvents()
    _press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    _type(NAME)
    desk.settle()
    _tab_to(lambda widget: isinstance(widget, ChildrenTable))
    _press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.shell is not None
    assert isinstance(desk.shell.current, VisitScreen)
    _choose(words.of(Met.CHILD))
    _choose(words.of(Met.GRANDPARENT))
    _press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    _choose(words.of(Whereabouts.THIS_HOUSE))
    _press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    _choose(words.of(Outcome.WANTS_RETURN))
    _choose("ผู้ปกครองมีรายได้น้อย")
    _press(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    _choose(words.of(NextStep.NONE))
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert isinstance(desk.shell.current, ChildrenScreen)
    assert (before[0], _received(desk)) == (CaseState.ASSIGNED, (CaseState.WANTS_RETURN, before[1] + 1))


class Finger:
    """Touches what is in sight; what is not is brought there by a drag first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._device: QPointingDevice = QTest.createTouchDevice()

    def tap(self, widget: QWidget) -> None:
        self._bring(widget)
        window = self._desk.window
        place = widget.mapTo(window, widget.rect().center())
        assert window.childAt(place) in (widget, *widget.findChildren(QWidget))
        QTest.touchEvent(window, self._device).press(0, place).commit()
        QTest.touchEvent(window, self._device).release(0, place).commit()
        self._desk.settle()

    def choose(self, tile: QAbstractButton) -> None:
        """A touch while the page is still moving only stops it; then a person taps once more."""
        for _again in range(_TRIES):
            self.tap(tile)
            for _look in range(_LOOKS):
                if tile.isChecked():
                    return
                QTest.qWait(10)
        raise AssertionError(f"{spoken(tile)} cannot be chosen")

    def drag(self, start: QPoint, by: int) -> None:
        window = self._desk.window
        QTest.touchEvent(window, self._device).press(0, start).commit()
        for step in range(1, _STEPS + 1):
            QTest.touchEvent(window, self._device).move(0, start + QPoint(0, by * step // _STEPS)).commit()
            QTest.qWait(10)
        QTest.touchEvent(window, self._device).release(0, start + QPoint(0, by)).commit()
        QApplication.processEvents()

    def _bring(self, widget: QWidget) -> None:
        area = next((one for one in _above(widget) if isinstance(one, QScrollArea)), None)
        if area is None:
            return
        port = area.viewport()

        def in_sight() -> bool:
            return port.rect().contains(widget.mapTo(port, widget.rect().center()))

        for _try in range(5):
            if in_sight():
                return
            middle = port.mapTo(self._desk.window, port.rect().center())
            down = widget.mapTo(port, widget.rect().center()).y() > port.height() // 2
            self.drag(middle, -port.height() // 3 if down else port.height() // 3)
            while QScroller.hasScroller(port) and QScroller.scroller(port).state() is not QScroller.State.Inactive:
                QTest.qWait(10)  # a touch would only stop it
        assert in_sight(), spoken(widget)


def _above(widget: QWidget) -> Iterator[QWidget]:
    at = widget.parentWidget()
    while at is not None:
        yield at
        at = at.parentWidget()


def _button(inside: QWidget, said: str) -> QAbstractButton:
    return next(one for one in inside.findChildren(QAbstractButton) if one.isVisible() and said in (spoken(one), one.text()))


def test_a_visit_is_recorded_with_a_finger_alone(desk: Desk) -> None:
    # Low, so that what is to be tapped lies partly below the edge.
    desk.window.resize(1093, 614)
    desk.go(OpenChildren(NAME))
    before = _received(desk)
    finger = Finger(desk)
    assert desk.shell is not None
    screen = desk.shell.current
    assert isinstance(screen, ChildrenScreen)
    finger.tap(screen.card.head._visit)
    visiting = desk.shell.current
    assert isinstance(visiting, VisitScreen)
    page = visiting.page
    for said in (words.of(Met.CHILD), words.of(Met.GRANDPARENT)):
        finger.choose(_button(page.met, said))
    finger.tap(page.foot.next)
    finger.choose(_button(page.whereabouts, words.of(Whereabouts.THIS_HOUSE)))
    finger.tap(page.foot.next)
    finger.choose(_button(page.outcome, words.of(Outcome.WANTS_RETURN)))
    finger.choose(_button(page.outcome, "ผู้ปกครองมีรายได้น้อย"))
    finger.tap(page.foot.next)
    finger.tap(page.foot.next)
    finger.choose(_button(page.next_step, words.of(NextStep.NONE)))
    finger.tap(page.foot.finish)
    assert isinstance(desk.shell.current, ChildrenScreen)
    assert (before[0], _received(desk)) == (CaseState.ASSIGNED, (CaseState.WANTS_RETURN, before[1] + 1))
