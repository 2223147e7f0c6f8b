"""Like questions as the rows of one table, their common choices as its columns: XLSForm's `table-list`, `label` and `list-nolabel`."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from fieldapp.forms import ChangeSet
from fieldapp.forms.xform.model import Control
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import TARGET, Tone, space
from fieldapp.gui.widgets.text import Role, Text

_ROW_APPEARANCES = frozenset({"label", "list-nolabel", "list"})
_QUESTION_SHARE = 3
_MARK = 22


def is_table_row(control: Control) -> bool:
    return control.kind in ("select1", "select") and bool(_ROW_APPEARANCES & set(control.appearance.split()))


class ChoiceTable(QWidget):
    def __init__(self, bridge: FormBridge, rows: Sequence[tuple[Control, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rows = [(control, path) for control, path in rows if "label" not in control.appearance.split()]
        self._boxes: dict[tuple[str, str], QCheckBox | QRadioButton] = {}
        self._words: dict[str, Text] = {}
        self._problems: dict[str, Text] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, _QUESTION_SHARE)
        options = bridge.options(rows[0][1])
        for column, option in enumerate(options, 1):
            head = Text(option.label or option.value, Role.SMALL_MUTED, wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        for line, (control, path) in enumerate(self._rows, 1):
            self._add_row(grid, 2 * line, control, path, [(option.value, option.label or option.value) for option in options])
        self.refresh()

    def editors(self) -> Iterator[Editor]:
        """None of its rows is an editor of its own."""
        return iter(())

    def rows(self) -> list[tuple[str, list[str]]]:
        """The exact path of each row, and the values of its boxes."""
        return [(path, [value for row, value in self._boxes if row == path]) for _control, path in self._rows]

    def box(self, path: str, value: str) -> QCheckBox | QRadioButton:
        return self._boxes[path, value]

    def point_at(self, path: str) -> QWidget | None:
        first = next((box for (row, _value), box in self._boxes.items() if row == path), None)
        if first is None:
            return None
        first.setFocus()
        return self._words[path]

    def leave(self) -> None:
        self._bridge.touched.update(path for _control, path in self._rows)
        self.refresh()

    def apply(self, changes: ChangeSet) -> None:
        mine = {path for _control, path in self._rows}
        if mine & (changes.relevance.keys() | changes.values.keys() | changes.required.keys() | changes.validity.keys() | changes.labels):
            self.refresh()

    def refresh(self) -> None:
        session = self._bridge.session
        for control, path in self._rows:
            shown = session.is_relevant(path)
            chosen = session.value(path).split() if control.kind == "select" else [session.value(path)]
            label = wording.plain(session.label(path))
            self._words[path].setText(f"{label} *" if session.is_required(path) else label)
            self._words[path].setVisible(shown)
            for (row, value), box in self._boxes.items():
                if row == path:
                    box.setVisible(shown)
                    box.setEnabled(not session.is_readonly(path))
                    box.setChecked(value in chosen)
            problem = self._bridge.problem(path) if shown else None
            self._problems[path].setText(wording.problem(problem) if problem else "")
            self._problems[path].setVisible(problem is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line above each row leads the eye from its words to its boxes."""
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        for words in self._words.values():
            if words.isVisible():
                painter.drawLine(0, words.y(), self.width(), words.y())
        painter.end()

    def _add_row(self, grid: QGridLayout, line: int, control: Control, path: str, options: list[tuple[str, str]]) -> None:
        words = Text("", wrap=True)
        grid.addWidget(words, line, 0)
        self._words[path] = words
        # Not exclusive by itself: then a second tap could not take an answer back.
        group = QButtonGroup(self)
        group.setExclusive(False)
        label = wording.plain(self._bridge.session.label(path))
        for column, (value, name) in enumerate(options, 1):
            box = QCheckBox() if control.kind == "select" else QRadioButton()
            box.setAutoExclusive(False)
            box.setAccessibleName(f"{label}: {name}")
            box.setToolTip(name)
            # Its mark in the middle of what a finger needs, and that in the middle of its column.
            box.setFixedWidth(TARGET)
            box.setStyleSheet(f"padding-left: {(TARGET - _MARK) // 2}px;")
            box.setMinimumHeight(TARGET)
            box.clicked.connect(self._tapper(control, path, value))
            group.addButton(box)
            grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignHCenter)
            self._boxes[path, value] = box
        problem = Text("", Role.SMALL_MUTED, wrap=True, tone=Tone.DANGER)
        grid.addWidget(problem, line + 1, 0, 1, len(options) + 1)
        self._problems[path] = problem

    def _tapper(self, control: Control, path: str, value: str) -> Callable[[], None]:
        return lambda: self._tap(path, value, several=control.kind == "select")

    def _tap(self, path: str, value: str, *, several: bool) -> None:
        before = self._bridge.session.value(path).split()
        if not several:
            self._bridge.set(path, "" if before == [value] else value)
        else:
            wanted = [one for one in before if one != value] if value in before else [*before, value]
            order = [option for row, option in self._boxes if row == path]
            self._bridge.set(path, " ".join(option for option in order if option in wanted))
        self.refresh()
