"""The small ones: a tick that says yes, a number on a scale, an order of things, and what a laptop cannot take."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QSlider, QVBoxLayout, QWidget

from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_OK = "OK"
_LIST_HEIGHT = 220


class TickAnswer(AnswerWidget):
    """An acknowledgement: kept as OK, as ODK's clients do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(_("Yes, done"))
        self.box.setMinimumHeight(TARGET)
        self.box.clicked.connect(lambda ticked: self.answered.emit(_OK if ticked else "", False))
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)

    def show_answer(self, text: str) -> None:
        self.box.setChecked(bool(text))


class ScaleAnswer(AnswerWidget):
    """From `start` to `end` in steps. Nothing is answered until it is moved."""

    def __init__(self, start: str, end: str, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._step = _decimal(start, "0"), _decimal(step, "1") or Decimal(1)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, int(abs(_decimal(end, "10") - self._start) / abs(self._step)))
        self.slider.setMinimumHeight(TARGET)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self._said = Text("–", Role.STRONG)
        self._said.setMinimumWidth(space(12))
        self.slider.valueChanged.connect(self._on_moved)
        self.setFocusProxy(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self._said)

    def show_answer(self, text: str) -> None:
        self._said.setText(text or "–")
        if text:
            self.slider.blockSignals(True)
            self.slider.setValue(int((_decimal(text, "0") - self._start) / self._step))
            self.slider.blockSignals(False)

    def _on_moved(self, place: int) -> None:
        self.answered.emit(format((self._start + place * self._step).normalize(), "f"), False)


class OrderAnswer(AnswerWidget):
    """All of the choices in an order: moved up and down by buttons, the first is the most important."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, str] = {}
        self.list = QListWidget()
        self.list.setMaximumHeight(_LIST_HEIGHT)
        self.setFocusProxy(self.list)
        up, down = buttons.plain(_("Up")), buttons.plain(_("Down"))
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        side = QVBoxLayout()
        side.addWidget(up)
        side.addWidget(down)
        side.addStretch(1)
        row.addLayout(side)

    def show_options(self, options: list[tuple[str, str]]) -> None:
        if dict(options) != self._labels:
            self._labels = dict(options)
            self._fill([])

    def show_answer(self, text: str) -> None:
        if text.split() != self._order():
            self._fill(text.split())

    def _fill(self, order: list[str]) -> None:
        self.list.clear()
        for value in (*order, *(one for one in self._labels if one not in order)):
            item = QListWidgetItem(self._labels.get(value, value))
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.list.addItem(item)

    def _order(self) -> list[str]:
        return [str(self.list.item(place).data(Qt.ItemDataRole.UserRole)) for place in range(self.list.count())]

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if place < 0 or not 0 <= place + by < self.list.count():
            return
        item = self.list.takeItem(place)
        self.list.insertItem(place + by, item)
        self.list.setCurrentRow(place + by)
        self.answered.emit(" ".join(self._order()), False)


class NotHere(AnswerWidget):
    """What this program cannot take in, said plainly; an answer that is there already stays."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Text(words, Role.MUTED, wrap=True))

    def show_answer(self, text: str) -> None:
        """Nothing to show."""


def _decimal(text: str, default: str) -> Decimal:
    try:
        return Decimal(text or default)
    except InvalidOperation:
        return Decimal(default)
