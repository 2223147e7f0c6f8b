"""The way of the Tab key: as one reads, whenever each thing was made. Rows that come later, and parts that are filled in after what stands
below them, would else be visited last."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def go_on(top: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to what follows in `top` (or comes before), by its layouts: from above downwards, from left to right. False where
    there is nothing that takes it."""
    stops = [one for one in _stops(top) if one.isEnabled() and one.isVisible()]
    if not stops:
        return False
    at: QWidget | None = top.focusWidget()
    while at is not None and at not in stops:
        at = at.parentWidget()
    here = stops.index(at) if at is not None else -1 if forward else 0
    wanted = stops[(here + (1 if forward else -1)) % len(stops)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(wanted)
    return True


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    seen: set[QWidget] = set()
    for child in _inside(widget):
        seen.add(child)
        yield from _stops(child)
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        # What places itself, such as a button inside a field.
        if child not in seen and not child.isWindow() and not isinstance(widget, QScrollArea | QStackedWidget):
            yield from _stops(child)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        content = widget.widget()
        if content is not None:
            yield content
    elif isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        if shown is not None:
            yield shown
    elif isinstance(widget, QSplitter):
        yield from (one for place in range(widget.count()) if (one := widget.widget(place)) is not None)
    elif (layout := widget.layout()) is not None:
        yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: _position(layout, place))  # type: ignore[assignment]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _of_layout(inner)


def _position(grid: QGridLayout, place: int) -> tuple[int, int]:
    found: tuple[int, int, int, int] = grid.getItemPosition(place)  # type: ignore[assignment]
    return found[:2]
