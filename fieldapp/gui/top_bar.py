"""The bar at the top: where the person is, the search, what waits to be sent, when the last sync was, and the way to hide it all."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fieldapp import phrases
from fieldapp.gui.hiding.button import HideButton
from fieldapp.gui.theme.tokens import TOP_BAR_HEIGHT, Tone, space
from fieldapp.gui.widgets.search_field import SearchField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext


class TopBar(QFrame):
    """`searched` carries what is typed; `sync_wanted` asks for the sync page, `hide_wanted` for a
    screen that shows nothing."""

    searched = Signal(str)
    sync_wanted = Signal()
    hide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top-bar")
        self.setFixedHeight(TOP_BAR_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(6), 0, space(6), 0)
        row.setSpacing(space(3))
        self._title = Text("", Role.TITLE, elide=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._subtitle = Text("", Role.MUTED, elide=True)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.search = SearchField(_("Search name, ID, house number, village"), "Ctrl K")
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(380)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.textEdited.connect(self.searched)
        self.unsent = _pill_button(Tone.WARNING)
        self.last_sync = _pill_button(Tone.NEUTRAL)
        for pill in (self.unsent, self.last_sync):
            pill.clicked.connect(self.sync_wanted)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 2)
        row.addWidget(self.search, 3)
        row.addWidget(self.unsent)
        row.addWidget(self.last_sync)
        self.hiding = HideButton()
        self.hiding.clicked.connect(self.hide_wanted)
        row.addWidget(self.hiding)
        self.unsent.hide()
        self.last_sync.hide()

    def set_title(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def set_unsent(self, count: int) -> None:
        self.unsent.setText(ngettext("{count} waiting to be sent", "{count} waiting to be sent", count).format(count=f"{count:,}"))
        self.unsent.setVisible(count > 0)

    def set_syncing(self) -> None:
        self.last_sync.setText(_("Syncing…"))
        self.last_sync.show()

    def set_last_sync(self, at: dt.datetime | None, now: dt.datetime) -> None:
        words = _("Last sync {moment}").format(moment=phrases.moment(at, now)) if at else _("Not synced yet")
        self.last_sync.setText(words)
        self.last_sync.show()


def _pill_button(tone: Tone) -> QPushButton:
    button = QPushButton()
    button.setProperty("variant", "pill")
    button.setProperty("tone", tone.value)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
