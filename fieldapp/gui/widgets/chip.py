"""A choice in a round button that stays pressed: filters above a list, causes of a visit."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import icon


class Chip(QPushButton):
    """`count` follows the text. `filled` makes a pressed chip dark (filters); otherwise it is soft (answers). `star` marks the main one."""

    def __init__(self, text: str, count: int | None = None, *, filled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text
        self._star = False
        self.setProperty("variant", "chip")
        self.setProperty("filled", filled)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        self.setText(self._label if count is None else f"{self._label} {count:,}")

    @property
    def star(self) -> bool:
        return self._star

    def set_star(self, star: bool) -> None:
        self._star = star
        self.setIcon(icon("star-filled", current().primary_text, 16) if star else QIcon())


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
