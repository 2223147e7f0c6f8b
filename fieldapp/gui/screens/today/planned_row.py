"""One child to visit: who, where, how it stands, until when, and the button that begins the visit."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.names import initial
from fieldapp.domain.states import CaseState
from fieldapp.gui.theme.tokens import STATE_TONES, Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.avatar import Avatar
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.text import Role, Text

# Below this width the state stands above the date instead of beside it.
_COMPACT = 760
_DUE_WIDTH = 116
_BUTTON_WIDTH = 140


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows, in words. Age and list stand beside the name, `place` below it."""

    case_id: str
    name: str
    given_name: str
    age: str
    list_type: str
    place: str
    state: CaseState
    due: str
    overdue: bool
    action: str
    first: bool = False


class PlannedRow(PressableRow):
    """`opened` asks for the child's card, `acted` for what the button says; both carry the case's id."""

    opened = Signal(str)
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case_id = ""
        self._line: Line | None = None
        self._avatar = Avatar()
        self._name = Text("", Role.STRONG, elide=True)
        self._detail = Text("", Role.SMALL_MUTED, elide=True)
        self._place = Text("", Role.SMALL_MUTED, elide=True)
        self._pill = Pill()
        self._due = Text("", Role.SMALL_MUTED)
        self._due.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._primary = buttons.primary("")
        self._plain = buttons.plain("")
        self._standing = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self.pressed.connect(lambda: self.opened.emit(self._case_id))

    def show_item(self, line: Line) -> None:
        self._case_id = line.case_id
        self._line = line
        self._avatar.set(initial(line.given_name), STATE_TONES[line.state])
        self._name.setText(line.name)
        self._show_words(line)
        self._pill.set(words.short(line.state), STATE_TONES[line.state])
        self._due.setText(line.due)
        self._due.set_tone(Tone.WARNING if line.overdue else None)
        self._primary.setVisible(line.first)
        self._plain.setVisible(not line.first)
        for button in (self._primary, self._plain):
            button.setText(line.action)
            button.setAccessibleName(f"{line.action} · {line.name}")
        self.setAccessibleName(_joined(line.name, line.age, line.list_type, line.place, self._pill.text, line.due))

    @property
    def case_id(self) -> str:
        return self._case_id

    @property
    def button(self) -> QPushButton:
        return self._plain if self._primary.isHidden() else self._primary

    def resizeEvent(self, event: QResizeEvent) -> None:
        compact = self.width() < _COMPACT
        self._standing.setDirection(QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight)
        self._due.setMinimumWidth(0 if compact else _DUE_WIDTH)
        if self._line:
            self._show_words(self._line)
        super().resizeEvent(event)

    def _show_words(self, line: Line) -> None:
        """Where room is short the name has its line for itself, and the way there matters more than the list."""
        compact = self.width() < _COMPACT
        self._detail.setVisible(not compact)
        self._detail.setText(_joined(line.age, line.list_type))
        self._place.setText(_joined(line.age, line.place) if compact else line.place)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(3) + 2)
        layout.addWidget(self._avatar)
        layout.addLayout(self._words(), 1)
        self._standing.setSpacing(space(1))
        for widget in (self._pill, self._due):
            self._standing.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(self._standing)
        for button in (self._primary, self._plain):
            button.setMinimumWidth(_BUTTON_WIDTH)
            button.clicked.connect(lambda: self.acted.emit(self._case_id))
            layout.addWidget(button)

    def _words(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(space(2) - 2)
        # The name gives way before the age does, and only once there is no room left.
        top.addWidget(self._name, 0)
        top.addWidget(self._detail, 0)
        top.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._place)
        column.addStretch(1)
        return column


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
