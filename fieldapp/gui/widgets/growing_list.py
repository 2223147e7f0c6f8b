"""Rows with dividers that grow as they are scrolled to: the first rows are there at once, however many there are.

Rows are kept and shown anew when items change, so a sync refreshes what is on the screen and never rebuilds it.
"""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.texts import ngettext

Item = TypeVar("Item")
Shown = TypeVar("Shown", contravariant=True)

BATCH = 40
# How near the end, in pixels, the next rows are made: about two screens, so that nobody sees the end who goes on scrolling.
_AHEAD = 1400


class Row(Protocol[Shown]):
    """A widget that can be shown another item."""

    def show_item(self, item: Shown) -> None: ...


class GrowingList(QFrame, Generic[Item]):
    """`make_row` gives a QWidget with `show_item(item)`."""

    def __init__(self, make_row: Callable[[], Row[Item]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_row = make_row
        self._items: Sequence[Item] = ()
        self._rows: list[tuple[QWidget, QFrame | None]] = []
        self._wanted = BATCH
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._more = buttons.link("")
        self._more.clicked.connect(self.grow)
        self._layout.addWidget(self._more)
        self._more.hide()

    def set_items(self, items: Sequence[Item]) -> None:
        self._items = items
        self._fill()

    def rows(self) -> tuple[QWidget, ...]:
        """The rows on the screen, first to last."""
        return tuple(widget for widget, _divider in self._rows if not widget.isHidden())

    def grow(self) -> None:
        """Show the next rows."""
        if self._wanted < len(self._items):
            self._wanted += BATCH
            self._fill()

    def follow(self, area: QScrollArea) -> None:
        """Grow by itself when the area is scrolled near its end."""
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(lambda value: self.grow() if value > 0 and bar.maximum() - value < _AHEAD else None)

    def _fill(self) -> None:
        shown = min(self._wanted, len(self._items))
        while len(self._rows) < shown:
            self._add_row()
        for place, (widget, divider) in enumerate(self._rows):
            if place < shown:
                widget.show_item(self._items[place])  # type: ignore[attr-defined]
            widget.setVisible(place < shown)
            if divider:
                divider.setVisible(place < shown)
        left = len(self._items) - shown
        self._more.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self._more.setVisible(left > 0)

    def _add_row(self) -> None:
        row = self._make_row()
        assert isinstance(row, QWidget)
        divider = Divider() if self._rows else None
        at = self._layout.indexOf(self._more)
        if divider:
            self._layout.insertWidget(at, divider)
            at += 1
        self._layout.insertWidget(at, row)
        self._rows.append((row, divider))
