"""The lines of what needs a person: a record that the district did not take, and a photo that could not be taken.

Each says what it is, why, and what can be done: one button for the next thing to do, links for the rest.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _
from fieldapp.usecases.syncing import AsideItem, SentItem

Aside = SentItem | AsideItem
BUTTON = 120


class AsideRow(QWidget):
    """Every signal carries the item."""

    open_requested = Signal(object)
    retry_requested = Signal(object)
    help_requested = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._item: Aside | None = None
        self._title = Text("", wrap=True)
        self._why = Text("", Role.SMALL, wrap=True)
        self._note = Text("", Role.SMALL_MUTED, wrap=True)
        self._pill = Pill()
        self.open = buttons.small("")
        # One width for all, so that the states stand in a line.
        self.open.setMinimumWidth(BUTTON)
        self.retry = TextLink(_("Send again as it is"), small=True)
        self.help = TextLink(_("Send to the helpdesk…"), small=True)
        self._lay_out()
        for button, signal in ((self.open, self.open_requested), (self.retry, self.retry_requested), (self.help, self.help_requested)):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(self._item))

    def show_item(self, item: Aside) -> None:
        self._item = item
        title = wording.aside_title(item)
        self._title.setText(title)
        self._why.setText(wording.why(item))
        note = wording.aside_note(item, self._clock())
        self._note.setText(note)
        self._note.setVisible(bool(note))
        word = _("Photo set aside") if isinstance(item, AsideItem) else _("Set aside")
        self._pill.set(word, Tone.WARNING)
        self.open.setText(wording.way_to_mend(item))
        self.retry.setVisible(not (isinstance(item, SentItem) and item.being_mended))
        for button in (self.open, self.retry, self.help):
            button.setAccessibleName(f"{button.text()} · {title}")
        self.setAccessibleName(" · ".join(filter(None, (title, self._why.plain, note, word))))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(space(5), space(3), space(5), space(1))
        row.setSpacing(space(3))
        column = QVBoxLayout()
        column.setSpacing(1)
        links = QHBoxLayout()
        links.setSpacing(space(5))
        links.addWidget(self.retry)
        links.addWidget(self.help)
        links.addStretch(1)
        for part in (self._title, self._why, self._note):
            column.addWidget(part)
        column.addLayout(links)
        row.addLayout(column, 1)
        side = QHBoxLayout()
        side.setSpacing(space(3))
        side.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.open)
        row.addLayout(side)
        row.setAlignment(side, Qt.AlignmentFlag.AlignTop)
