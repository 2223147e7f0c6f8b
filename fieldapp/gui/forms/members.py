"""What is asked several times in few words (the people of a house, their ages and incomes) as a table: one line each."""

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.forms import ChangeSet
from fieldapp.forms.xform.model import Control
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.forms.editors.factory import cell, editor
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.text import Role, Text

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
    """One of them; cells that do not apply leave their place empty. Words below, where the form has some for it."""

    def __init__(self, bridge: FormBridge, control: Control, base: str, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout()
        self.row.setSpacing(space(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        column.addLayout(self.row)
        self._editors: list[Editor] = []
        for one in control.controls:
            path = base + one.path.removeprefix(control.path)
            if _is_words(bridge, one):
                made = editor(bridge, one, path, today, self)
                column.addWidget(made)
            else:
                made = cell(bridge, one, path, today, self)
                take_share(made)
                self.row.addWidget(made, share(one), Qt.AlignmentFlag.AlignTop)
            self._editors.append(made)

    def editors(self) -> Iterator[Editor]:
        return iter(self._editors)

    def apply(self, changes: ChangeSet) -> None:
        for one in self._editors:
            one.apply(changes)

    def refresh(self) -> None:
        for one in self._editors:
            one.refresh()


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
