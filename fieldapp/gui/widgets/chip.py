"""A choice in a round button that stays pressed: filters above a list, short answers."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget


class Chip(QPushButton):
    """`filled` makes a pressed chip dark (filters); otherwise it is soft (answers)."""

    def __init__(self, text: str, *, filled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("variant", "chip")
        self.setProperty("filled", filled)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class ChipGroup(QObject):
    """Chips of which at most one is pressed; pressing it again lets go. `chosen` carries the chip's key or None."""

    chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[object, Chip] = {}

    def add(self, key: object, chip: Chip) -> None:
        self._chips[key] = chip
        chip.clicked.connect(partial(self._on_clicked, key))

    def set_value(self, key: object) -> None:
        for other, chip in self._chips.items():
            chip.setChecked(other == key)

    def value(self) -> object:
        return next((key for key, chip in self._chips.items() if chip.isChecked()), None)

    def _on_clicked(self, key: object) -> None:
        pressed = self._chips[key].isChecked()
        self.set_value(key if pressed else None)
        self.chosen.emit(key if pressed else None)
