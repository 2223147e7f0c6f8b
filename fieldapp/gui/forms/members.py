"""What is asked several times in few words (the people of a house, their ages and incomes) as a table: one line each."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.forms import ChangeSet
from fieldapp.forms.xform.model import Control
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.forms.editors.factory import cell, editor
from fieldapp.gui.forms.still_line import Cell, StillLine
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

# Makes the button at the end of a line.
TakeAway = Callable[[], QWidget]
_MOST_COLUMNS = 9
_CHOICE_SHARE, _NUMBER_SHARE = 4, 3
_NUMBERS = frozenset({"int", "decimal"})


def is_short(bridge: FormBridge, control: Control) -> bool:
    """Whether all that is asked are choices and numbers, few enough for the width of a small screen."""
    asked = [one for one in control.controls if not _is_words(bridge, one)]
    short = all(one.kind == "select1" or (one.kind == "input" and bridge.place(one.path).bind.type in _NUMBERS) for one in asked)
    return short and 1 < len(asked) <= _MOST_COLUMNS


def _is_words(bridge: FormBridge, control: Control) -> bool:
    return control.kind == "input" and bool(control.path) and bridge.place(control.path).bind.type == "string"


class Line(QWidget):
    """One of them. Its fields are made when a person comes to it; until then its answers are painted. Cells that do not apply leave their
    place empty. Words below, where the form has some for it."""

    def __init__(self, bridge: FormBridge, control: Control, base: str, today: dt.date, parent: QWidget, *, take_away: TakeAway) -> None:
        super().__init__(parent)
        self._bridge, self._control, self._base, self._today, self._take_away = bridge, control, base, today, take_away
        self._asked = [one for one in control.controls if not _is_words(bridge, one)]
        self._editors: list[Editor] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(1))
        self.still: StillLine | None = StillLine(self)
        self.still.wanted.connect(self._on_wanted)
        self._column.addWidget(self.still)
        self._stops: list[QWidget] = [self.still]
        self.refresh()

    def editors(self) -> Iterator[Editor]:
        """Of a line that someone came to."""
        return iter(self._editors)

    @property
    def last_stop(self) -> QWidget:
        """Where the keyboard leaves this line for the next."""
        return self._stops[-1]

    def take_in_hand(self) -> None:
        """Fields instead of painted answers."""
        still, self.still = self.still, None
        if still is None:
            return
        row = QHBoxLayout()
        row.setSpacing(space(2))
        self._column.addLayout(row)
        for one in self._control.controls:
            if _is_words(self._bridge, one):
                made = editor(self._bridge, one, self._exact(one), self._today, self)
                self._column.addWidget(made)
            else:
                made = cell(self._bridge, one, self._exact(one), self._today, self)
                take_share(made)
                row.addWidget(made, share(one), Qt.AlignmentFlag.AlignTop)
            self._editors.append(made)
        away = self._take_away()
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._stops = [*(one.answer.focusProxy() or one.answer for one in self._editors if one.answer), away]
        # Qt leads the keyboard to what was made last at the very end; these stand in the place of the painted line.
        for before, after in pairwise((still, *self._stops)):
            QWidget.setTabOrder(before, after)
        self._column.removeWidget(still)
        still.hide()
        still.deleteLater()

    def point_at(self, path: str) -> QWidget | None:
        if path not in map(self._exact, self._control.controls):
            return None
        self.take_in_hand()
        found = next(one for one in self._editors if one.path == path)
        found.point_at()
        return found

    def leave(self) -> None:
        """The person went on: what is wrong is told."""
        self._bridge.touched.update(map(self._exact, self._asked))
        for one in self._editors:
            one.show_problem()
        self._show_still()

    def apply(self, changes: ChangeSet) -> None:
        for one in self._editors:
            one.apply(changes)
        touched = (changes.relevance, changes.values, changes.validity, changes.labels)
        if self.still is not None and any(path.startswith(f"{self._base}/") for paths in touched for path in paths):
            self.refresh()

    def refresh(self) -> None:
        for one in self._editors:
            one.refresh()
        self._show_still()

    def _show_still(self) -> None:
        session = self._bridge.session
        if self.still is None:
            return
        cells = [self._cell(one) for one in self._asked]
        silent = _("not answered")
        heard = [
            f"{wording.plain(session.label(self._exact(one)))} {cell.words or silent}"
            for one, cell in zip(self._asked, cells, strict=True)
            if cell.shown
        ]
        below = " · ".join(filter(None, (self._words(one) for one in self._control.controls if one not in self._asked)))
        self.still.show_cells(cells, below, ", ".join((*heard, below) if below else heard))

    def _words(self, control: Control) -> str:
        """Of a note, or of an answer in words."""
        path, session = self._exact(control), self._bridge.session
        return " ".join(filter(None, (wording.plain(session.label(path)), session.value(path)))) if session.is_relevant(path) else ""

    def _cell(self, control: Control) -> Cell:
        path = self._exact(control)
        value = self._bridge.session.value(path)
        if control.kind == "select1":
            words = next((one.label or one.value for one in self._bridge.options(path) if one.value == value), value)
        else:
            words = value.removesuffix(".0")
        return Cell(share(control), words, self._bridge.session.is_relevant(path), self._bridge.problem(path) is not None)

    def _on_wanted(self, place: int) -> None:
        self.point_at(self._exact(self._asked[place]))

    def _exact(self, control: Control) -> str:
        return self._base + control.path.removeprefix(self._control.path)


class Head(QWidget):
    """The names of the columns, as the first line asks them."""

    def __init__(self, bridge: FormBridge, control: Control, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._control = bridge, control
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(space(2))
        self._names: list[tuple[str, Text]] = []
        for one in control.controls:
            if not _is_words(bridge, one):
                name = Text("", Role.SMALL_MUTED, wrap=True)
                take_share(name)
                name.setAlignment(Qt.AlignmentFlag.AlignBottom)
                self.row.addWidget(name, share(one))
                self._names.append((one.path.removeprefix(control.path), name))
        self.row.addSpacing(TARGET)

    def refresh(self, first: str) -> None:
        session = self._bridge.session
        for path, name in self._names:
            label = wording.plain(session.label(first + path))
            name.setText(f"{label} *" if session.is_required(first + path) else label)


def share(control: Control) -> int:
    return _CHOICE_SHARE if control.kind == "select1" else _NUMBER_SHARE


def take_share(widget: QWidget) -> None:
    """As wide as its share of the line, whatever it holds, so that the columns stand under each other."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
    policy.setRetainSizeWhenHidden(True)
    policy.setHeightForWidth(widget.sizePolicy().hasHeightForWidth())
    widget.setSizePolicy(policy)
