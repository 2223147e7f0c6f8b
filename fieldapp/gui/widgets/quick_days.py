"""Days that people agree on most often, one tap each: tomorrow, in a week, in two, in a month."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.texts import _, ngettext

DAYS = (1, 7, 14, 30)


class QuickDays(QWidget):
    """`chosen` carries the number of days from the day the person counts from."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=space(2))
        self._chips: dict[int, Chip] = {}
        for days in DAYS:
            chip = Chip(_("Tomorrow") if days == 1 else ngettext("{days} day", "{days} days", days).format(days=days))
            chip.clicked.connect(lambda _checked=False, days=days: self._on_clicked(days))
            flow.addWidget(chip)
            self._chips[days] = chip

    def chip(self, days: int) -> Chip:
        return self._chips[days]

    def show_days(self, days: int | None) -> None:
        """Press the chip that says this number, if there is one."""
        for number, chip in self._chips.items():
            chip.setChecked(number == days)

    def _on_clicked(self, days: int) -> None:
        self.show_days(days)
        self.chosen.emit(days)
