"""What stands on a page below one another: questions, tables of like questions, groups with a heading, and what is repeated.

A block is made once, under its parent (what is shown without one would be a window), and then only shown, hidden and brought up to
date. Paths are exact: inside a repeat each instance has its own blocks.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import ChangeSet
from fieldapp.forms.xform.model import Control
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.choice_table import ChoiceTable, is_table_row
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.forms.editors.factory import editor
from fieldapp.gui.forms.members import Head, Line, is_short
from fieldapp.gui.forms.runs import CONTAINERS, runs
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_COLUMNS = 3


class Blocks(QWidget):
    """The blocks of some controls, one below the other. `base`: exact path of what they lie in, by its generic path, for instances."""

    def __init__(
        self,
        bridge: FormBridge,
        controls: Sequence[Control],
        today: dt.date,
        parent: QWidget,
        base: tuple[str, str] = ("", ""),
        *,
        dense: bool = False,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._today = today
        self._base = base
        self.parts: list[Editor | ChoiceTable | GroupBlock | RepeatBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(3 if dense else 5))
        for run in runs(controls):
            self._add(run, dense=dense)

    def editors(self) -> Iterator[Editor]:
        for part in self.parts:
            if isinstance(part, Editor):
                yield part
            else:
                yield from part.editors()

    def point_at(self, path: str) -> QWidget | None:
        """Put the keyboard where this question is answered; what is to be seen of it, None where it is not here."""
        for part in self.parts:
            if isinstance(part, Editor):
                if part.path == path:
                    part.point_at()
                    return part
            elif found := part.point_at(path):
                return found
        return None

    def leave(self) -> None:
        """The person went on from all of them: what is wrong is told."""
        for part in self.parts:
            if isinstance(part, Editor):
                self._bridge.touched.add(part.path)
                part.show_problem()
            else:
                part.leave()

    def apply(self, changes: ChangeSet) -> None:
        for part in self.parts:
            part.apply(changes)

    def refresh(self) -> None:
        for part in self.parts:
            part.refresh()

    def exact(self, generic: str) -> str:
        shape, here = self._base
        return here + generic.removeprefix(shape) if shape else generic

    def _add(self, run: list[Control], *, dense: bool) -> None:
        first = run[0]
        if is_table_row(first):
            self._put(ChoiceTable(self._bridge, [(one, self.exact(one.path)) for one in run], self))
            return
        if first.kind in CONTAINERS:
            path = self.exact(first.path)
            repeat = first if first.kind == "repeat" else next((one for one in first.controls if one.path == first.path), None)
            if repeat is not None:
                self._put(RepeatBlock(self._bridge, repeat, path, self._today, self))
            else:
                self._put(GroupBlock(self._bridge, first, path, self._today, self._base, self))
            return
        made = [editor(self._bridge, one, self.exact(one.path), self._today, self) for one in run]
        self.parts += made
        if len(made) == 1 or not dense:
            for one in made:
                self._column.addWidget(one)
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(3))
        for place, one in enumerate(made):
            grid.addWidget(one, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self._column.addLayout(grid)

    def _put(self, part: "ChoiceTable | GroupBlock | RepeatBlock") -> None:
        self.parts.append(part)
        self._column.addWidget(part)


class GroupBlock(QWidget):
    """A group inside a page: its words as a heading over its questions."""

    def __init__(self, bridge: FormBridge, control: Control, path: str, today: dt.date, base: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._path = path
        self._head = Text("", Role.HEADING, wrap=True)
        self.blocks = Blocks(bridge, control.controls, today, self, base)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        column.addWidget(self._head)
        column.addWidget(self.blocks)
        self.refresh()

    def editors(self) -> Iterator[Editor]:
        yield from self.blocks.editors()

    def point_at(self, path: str) -> QWidget | None:
        return self.blocks.point_at(path)

    def leave(self) -> None:
        self.blocks.leave()

    def apply(self, changes: ChangeSet) -> None:
        if self._path in changes.relevance:
            self.setVisible(self._bridge.session.is_relevant(self._path))
        if changes.labels:
            self._name()
        self.blocks.apply(changes)

    def refresh(self) -> None:
        self._name()
        if self._path:
            self.setVisible(self._bridge.session.is_relevant(self._path))
        self.blocks.refresh()

    def _name(self) -> None:
        label = wording.plain(self._bridge.session.label(self._path)) if self._path else ""
        self._head.setText(label)
        self._head.setVisible(bool(label))


class RepeatBlock(QWidget):
    """What is asked several times: a card for each, one to add and one to take away."""

    def __init__(self, bridge: FormBridge, control: Control, path: str, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._control = control
        self.path = path
        self._today = today
        self._instances: list[tuple[Card | Line, Blocks | Line, Text | None]] = []
        self._head = Head(bridge, control, self) if is_short(bridge, control) else None
        self._counted = bridge.place(control.path).count is not None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(3))
        self.add = buttons.plain(_("Add one more"))
        self.add.clicked.connect(self._on_add)
        if self._head is not None:
            self._column.addWidget(self._head)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)
        self.add.setVisible(not self._counted)
        self._arrange()

    def editors(self) -> Iterator[Editor]:
        for _card, blocks, _title in self._instances:
            yield from blocks.editors()

    def point_at(self, path: str) -> QWidget | None:
        return next((found for _card, blocks, _title in self._instances if (found := blocks.point_at(path))), None)

    def leave(self) -> None:
        for _card, blocks, _title in self._instances:
            blocks.leave()

    def apply(self, changes: ChangeSet) -> None:
        if self.path in changes.relevance:
            self.setVisible(self._bridge.session.is_relevant(self.path))
        if self.path in changes.repeats:
            self._arrange()
        for _card, blocks, _title in self._instances:
            blocks.apply(changes)

    def refresh(self) -> None:
        self._arrange()
        for _card, blocks, _title in self._instances:
            blocks.refresh()

    def remove_at(self, place: int) -> None:
        """The answers of the others move up; the last card goes."""
        self._bridge.remove(f"{self.path}[{place + 1}]")
        for _card, blocks, _title in self._instances:
            blocks.refresh()

    def _on_add(self) -> None:
        self._bridge.add(self.path)
        newest = self._instances[-1][1]
        if isinstance(newest, Line):
            newest.take_in_hand()
        first = next(newest.editors(), None)
        if first is not None:
            first.point_at()

    def _arrange(self) -> None:
        count = self._bridge.session.repeats(self.path)
        while len(self._instances) > count:
            card, _blocks, _title = self._instances.pop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._instances) < count:
            self._grow()
        name = wording.plain(self._bridge.session.label(f"{self.path}[1]")) if count else ""
        for number, (_card, _blocks, title) in enumerate(self._instances, 1):
            if title is not None:
                title.setText(f"{name} {number}" if name else _("Number {number}").format(number=number))
        if self._head is not None:
            self._head.setVisible(bool(count))
            if count:
                self._head.refresh(f"{self.path}[1]")

    def _grow(self) -> None:
        place = len(self._instances)
        if self._head is not None:
            line = Line(
                self._bridge,
                self._control,
                f"{self.path}[{place + 1}]",
                self._today,
                self,
                take_away=lambda: self._button_to_remove(place),
            )
            if place:
                before = self._instances[-1][1]
                assert isinstance(before, Line)
                self.setTabOrder(before.last_stop, line.last_stop)
            self.setTabOrder(line.last_stop, self.add)
            if self._bridge.session.repeats(self.path) == 1:
                # The first of a new table: there is nothing else to do here.
                line.take_in_hand()
            self._instances.append((line, line, None))
            self._column.insertWidget(1 + place, line)
            return
        card, title = Card(parent=self), Text("", Role.STRONG)
        base = (self._control.path, f"{self.path}[{place + 1}]")
        blocks = Blocks(self._bridge, self._control.controls, self._today, card, base, dense=True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        if not self._counted:
            away = buttons.small(_("Remove"))
            away.clicked.connect(lambda: self.remove_at(place))
            head.addWidget(away)
        card.body.addLayout(head)
        card.add(blocks)
        self._instances.append((card, blocks, title))
        self._column.insertWidget(place, card)

    def _button_to_remove(self, place: int) -> QAbstractButton:
        away = buttons.tool("trash", _("Remove number {number}").format(number=place + 1))
        away.clicked.connect(lambda: self.remove_at(place))
        away.setFixedWidth(TARGET)
        away.setEnabled(not self._counted)
        return away
