"""The lines of the sync centre: a record of this laptop, and a run. Those that need a person are in `aside_rows`."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.syncing import SentItem, SyncRun

_RECEIPT_WIDTH = 132


class ItemRow(PressableRow):
    """A record with its own state, its photos' states below, and its receipt, which opens by a click anywhere."""

    receipt_requested = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._item: SentItem | None = None
        self._title = Text("", elide=True)
        self._detail = Text("", Role.SMALL_MUTED, wrap=True)
        self._pill = Pill()
        self._receipt = Text("", Role.SMALL_MUTED)
        self._receipt.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._receipt.setFixedWidth(_RECEIPT_WIDTH)
        row = line(self, self._title, self._detail)
        row.addWidget(self._pill)
        row.addWidget(self._receipt)
        self.pressed.connect(lambda: self.receipt_requested.emit(self._item))

    def show_item(self, item: SentItem) -> None:
        self._item = item
        word, tone = wording.pill(item)
        self._title.setText(wording.item_title(item))
        now = self._clock()
        told = (
            phrases.moment(item.made_at, now),
            wording.what(item),
            wording.photos(item.photos),
            wording.beside(item),
            wording.decided(item, now),
        )
        self._detail.setText(" · ".join(filter(None, told)))
        self._pill.set(word, tone)
        self._receipt.setText(_("Receipt {number}").format(number=item.receipt_number) if item.receipt_number else "")
        self.set_pressable(bool(item.receipt_number))
        self.setAccessibleName(" · ".join(filter(None, (self._title.text(), self._detail.plain, word, self._receipt.text()))))


class RunRow(QWidget):
    """One earlier sync."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._title = Text("", elide=True)
        self._detail = Text("", Role.SMALL_MUTED, elide=True)
        self._pill = Pill()
        line(self, self._title, self._detail).addWidget(self._pill)

    def show_item(self, run: SyncRun) -> None:
        word, tone = wording.run_title(run)
        self._title.setText(phrases.moment(run.started_at, self._clock()))
        self._detail.setText(wording.run_detail(run))
        self._pill.set(word, tone)
        self.setAccessibleName(" · ".join((self._title.text(), self._detail.text(), word)))


def line(widget: QWidget, title: Text, detail: Text) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(space(5), space(3), space(5), space(3))
    row.setSpacing(space(3))
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addStretch(1)
    column.addWidget(title)
    column.addWidget(detail)
    column.addStretch(1)
    row.addLayout(column, 1)
    return row
