"""Choosing between two values: a tile each with the value, whose it is and since when. One tap decides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.card import conflict_words
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import RADIUS, Tone, space
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.conflicts import OpenConflict, Side

# Narrower than this the two values stand one below the other.
_SIDE_BY_SIDE = 400


class ValueTile(PressableRow):
    """One of the two values, a button as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(4), space(3), space(4), space(3))
        column.setSpacing(1)
        self.whose = Text("", Role.SMALL_MUTED, wrap=True)
        self.value = Text("", Role.STRONG, wrap=True)
        self.note = Text("", Role.SMALL_MUTED, wrap=True)
        for text in (self.whose, self.value, self.note):
            column.addWidget(text)
        column.addStretch(1)

    def show_value(self, field: str, value: str, whose: str, note: str) -> None:
        self.value.setText(value)
        self.whose.setText(whose)
        self.note.setText(note)
        self.setAccessibleName(" · ".join((field, value, whose, note)))


class ConflictBox(QWidget):
    """`chosen` carries the conflict as it was shown, and the side."""

    chosen = Signal(object, object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._shown: OpenConflict | None = None
        self.title = Text("", Role.STRONG, wrap=True)
        self.tiles = {Side.KEPT: ValueTile(), Side.OFFERED: ValueTile()}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(space(2))
        for side, tile in self.tiles.items():
            self._row.addWidget(tile, 1)
            tile.pressed.connect(lambda side=side: self._choose(side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self.title)
        column.addLayout(self._row)

    def show_conflict(self, shown: OpenConflict) -> None:
        self._shown = shown
        name = shown.conflict.field
        field = conflict_words.field(name)
        self.title.setText(field)
        for side, tile in self.tiles.items():
            said = conflict_words.value(name, conflict_words.wire_of(shown, side))
            note = _("on the card now") if side is Side.KEPT else _("waits for a choice")
            tile.show_value(field, said, conflict_words.whose(shown, side, self._clock()), note)
            tile.set_pressable(shown.may_decide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _SIDE_BY_SIDE
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _choose(self, side: Side) -> None:
        if self._shown is None:
            return
        for tile in self.tiles.values():
            # One decision; what comes of it is shown anew.
            tile.set_pressable(False)
        self.chosen.emit(self._shown.conflict, side)


class ConflictBanner(QFrame):
    """What two people filled in differently on this card; hidden where there is nothing."""

    chosen = Signal(object, object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.boxes: list[ConflictBox] = []
        self.setObjectName("conflicts")
        self._icon = QLabel()
        self._title = Text("", Role.STRONG, wrap=True, tone=Tone.INFO)
        self._text = Text("", Role.SMALL, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._title)
        said.addWidget(self._text)
        head.addLayout(said, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space(4), space(3), space(4), space(4))
        self._column.setSpacing(space(3))
        self._column.addLayout(head)
        self.hide()

    def show_conflicts(self, conflicts: tuple[OpenConflict, ...]) -> None:
        colours = current().tone(Tone.INFO)
        self.setStyleSheet(f"#conflicts {{ background: {colours.soft}; border: none; border-radius: {RADIUS}px; }}")
        self._icon.setPixmap(pixmap("info", colours.text, 22))
        count = len(conflicts)
        title = ngettext("Two people filled in {count} field differently", "Two people filled in {count} fields differently", count)
        self._title.setText(title.format(count=count))
        mine = any(one.may_decide for one in conflicts)
        self._text.setText(
            _("Tap what is right. It works without a signal, and the other one is not lost.")
            if mine
            else _("Whoever looks after this child decides.")
        )
        while len(self.boxes) < count:
            box = ConflictBox(self._clock)
            box.chosen.connect(self.chosen)
            self._column.addWidget(box)
            self.boxes.append(box)
        for place, box in enumerate(self.boxes):
            box.setVisible(place < count)
            if place < count:
                box.show_conflict(conflicts[place])
        self.setVisible(bool(conflicts))
