"""What somebody who does not see, does not use a mouse, or uses a finger finds in a window: names, the way of the Tab key, the size of
targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from fieldapp.gui.theme.tokens import RAIL_WIDTH

_MOST_TABS = 400
_INPUTS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QTabBar)
# They come with what they scroll or fill, which has the name.
_PARTS = (QScrollBar, QHeaderView)


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is the widget in words."""

    what: str
    problem: str

    def __str__(self) -> str:
        return f"{self.what}: {self.problem}"


def controls(top: QWidget) -> Iterator[QWidget]:
    """Everything visible below that somebody can act upon: inputs of Qt's own, and whatever else takes the keyboard."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, _PARTS) or _is_inside_of_one(widget):
            continue
        if isinstance(widget, _INPUTS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


def spoken(widget: QWidget) -> str:
    """What a screen reader says for it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def described(widget: QWidget) -> str:
    way = [type(widget).__name__]
    above = widget.parentWidget()
    while above is not None and len(way) < 3:
        if type(above).__module__.startswith("fieldapp"):
            way.append(type(above).__name__)
        above = above.parentWidget()
    return f"{'<'.join(way)} {spoken(widget)!r}"


def nameless(top: QWidget) -> list[Finding]:
    """Controls without a name that can be read out."""
    return [Finding(described(one), "no name") for one in controls(top) if not any(letter.isalnum() for letter in spoken(one))]


def too_small(top: QWidget, least: int = 40) -> list[Finding]:
    """Controls whose smaller side is less than a finger needs."""
    found = []
    for one in controls(top):
        height, width = one.height(), one.width()
        if min(height, width) < least and one.isEnabled():
            found.append(Finding(described(one), f"{width}×{height}"))
    return found


def stops(top: QWidget) -> list[QWidget]:
    """Where the Tab key should come by: visible, enabled, taking the keyboard by Tab."""
    return [one for one in controls(top) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]


def walked(top: QWidget, *, back: bool = False) -> list[QWidget]:
    """The widgets that Tab (or Shift+Tab) visits until it is where it began."""
    top.activateWindow()
    QApplication.processEvents()
    visited: list[QWidget] = []
    for _press in range(_MOST_TABS):
        at = QApplication.focusWidget() or top
        QTest.keyClick(at, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in visited:
            break
        visited.append(now)
    return visited


def out_of_order(way: list[QWidget], top: QWidget) -> list[Finding]:
    """Steps of a walk that go up in a column or back in a line. The walk may begin anywhere; it is turned so that it begins at the rail."""
    places = [_seen_at(one, top) for one in way]
    if not places:
        return []
    start = min(range(len(way)), key=lambda number: (places[number].left() > RAIL_WIDTH, places[number].top(), places[number].left()))
    found = []
    turned = [*way[start:], *way[:start]]
    for before, after in pairwise(turned):
        one, other = _seen_at(before, top), _seen_at(after, top)
        scrolled_away = any(seen.y() != it.mapTo(top, QPoint(0, 0)).y() for seen, it in ((one, before), (other, after)))
        beside = min(one.right(), other.right()) - max(one.left(), other.left())
        level = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
        if beside > 0 and other.bottom() <= one.top() + 2:
            found.append(Finding(described(after), f"above {described(before)}, and comes after it"))
        elif not scrolled_away and level > min(one.height(), other.height()) / 2 and other.right() <= one.left():
            found.append(Finding(described(after), f"left of {described(before)}, and comes after it"))
    return found


def _seen_at(widget: QWidget, top: QWidget) -> QRect:
    """What is scrolled out of sight lies at the edge of what scrolls it."""
    room = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not top:
        if isinstance(above, QScrollArea):
            port = above.viewport()
            edge = QRect(port.mapTo(top, QPoint(0, 0)), port.size())
            room.moveTop(max(min(room.top(), edge.bottom() - 1), edge.top() - room.height() + 1))
        above = above.parentWidget()
    return room


def _is_inside_of_one(widget: QWidget) -> bool:
    """The field of a box, the viewport of a list."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QAbstractItemView | QHeaderView | QTabBar):
            return True
        above = above.parentWidget()
    return False
