"""The lines of the sync centre: a record of this laptop, one that needs a person, a run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import Delivery, PhotoDelivery
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
        self._detail = Text("", Role.SMALL_MUTED, elide=True)
        self._pill = Pill()
        self._receipt = Text("", Role.SMALL_MUTED)
        self._receipt.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._receipt.setFixedWidth(_RECEIPT_WIDTH)
        row = _row(self, self._title, self._detail)
        row.addWidget(self._pill)
        row.addWidget(self._receipt)
        self.pressed.connect(lambda: self.receipt_requested.emit(self._item))

    def show_item(self, item: SentItem) -> None:
        self._item = item
        word, tone = wording.delivery(item.delivery)
        self._title.setText(wording.item_title(item))
        self._detail.setText(
            " · ".join(filter(None, (phrases.moment(item.made_at, self._clock()), wording.photos(item.photos), wording.held(item))))
        )
        self._pill.set(word, tone)
        self._receipt.setText(_("Receipt {number}").format(number=item.receipt_number) if item.receipt_number else "")
        self.set_pressable(bool(item.receipt_number))
        self.setAccessibleName(" · ".join(filter(None, (self._title.text(), self._detail.text(), word, self._receipt.text()))))


class NeedsYouRow(QWidget):
    """Why a person is asked to look, and the two things that can be done: open it, and send it again after mending."""

    open_requested = Signal(object)
    retry_requested = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._item: SentItem | None = None
        self._title = Text("", elide=True)
        self._detail = Text("", Role.SMALL_MUTED, wrap=True)
        self._pill = Pill()
        self.retry = buttons.small(_("Send again"))
        self.open = buttons.small(_("Open card"))
        row = _row(self, self._title, self._detail)
        row.addWidget(self._pill)
        row.addWidget(self.retry)
        row.addWidget(self.open)
        self.retry.clicked.connect(lambda: self.retry_requested.emit(self._item))
        self.open.clicked.connect(lambda: self.open_requested.emit(self._item))

    def show_item(self, item: SentItem) -> None:
        self._item = item
        title = wording.item_title(item)
        self._title.setText(" · ".join((title, phrases.moment(item.made_at, self._clock()))))
        self._detail.setText(wording.why(item))
        only_photo = item.delivery in (Delivery.WAITING, Delivery.RECEIVED) and PhotoDelivery.SET_ASIDE in item.photos
        word, tone = (_("Photo set aside"), Tone.WARNING) if only_photo else wording.delivery(item.delivery)
        self._pill.set(word, tone)
        self.retry.setVisible(item.delivery is Delivery.REJECTED)
        self.open.setVisible(bool(item.case_id))
        self.retry.setAccessibleName(f"{self.retry.text()} · {title}")
        self.open.setAccessibleName(f"{self.open.text()} · {title}")
        self.setAccessibleName(" · ".join((self._title.text(), self._detail.plain, word)))


class RunRow(QWidget):
    """One earlier sync."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._title = Text("", elide=True)
        self._detail = Text("", Role.SMALL_MUTED, elide=True)
        self._pill = Pill()
        _row(self, self._title, self._detail).addWidget(self._pill)

    def show_item(self, run: SyncRun) -> None:
        word, tone = wording.run_title(run)
        self._title.setText(phrases.moment(run.started_at, self._clock()))
        self._detail.setText(wording.run_detail(run))
        self._pill.set(word, tone)
        self.setAccessibleName(" · ".join((self._title.text(), self._detail.text(), word)))


def _row(widget: QWidget, title: Text, detail: Text) -> QHBoxLayout:
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
