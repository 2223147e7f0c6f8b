"""Which of several parts is shown: one word each, in as many lines as they need. All are in sight, however narrow it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.flow_layout import FlowLayout


class Tabs(QWidget):
    """The Tab key stops at the part that is shown, arrow keys go to the others. `chosen` carries the place."""

    chosen = Signal(int)

    def __init__(self, name: str, words: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = FlowLayout(self, spacing=space(1))
        # An exclusive group gives its buttons the arrow keys, and the Tab key to one of them.
        self._group = QButtonGroup(self)
        for place, word in enumerate(words):
            button = QPushButton(word)
            button.setProperty("variant", "tab")
            button.setCheckable(True)
            button.setAccessibleDescription(name)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)

    def set_words(self, place: int, words: str) -> None:
        self._group.button(place).setText(words)

    def words(self, place: int) -> str:
        return self._group.button(place).text()

    def choose(self, place: int) -> None:
        self._group.button(place).setChecked(True)

    def _on_toggled(self, place: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(place)
