"""The first thing a person sees: whose data, and the passphrase that opens it. Imports nothing that is slow to load."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.errors import StoreError
from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, primary
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

if TYPE_CHECKING:
    from fieldapp.client import Profile


class UnlockScreen(Stage):
    """`unlock_wanted` carries profile id and passphrase; the answer comes back through `show_busy` and `show_error`."""

    unlock_wanted = Signal(str, str)
    sign_in_wanted = Signal()

    def __init__(self, profiles: "Sequence[Profile]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.profiles = tuple(profiles)
        self._seconds_left = 0
        self._busy = False
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self.second_passed)
        self._choice = QButtonGroup(self)

        self.column.addWidget(Text(_("Unlock"), Role.FIGURE))
        self.column.addWidget(Text(_("Type the passphrase of this computer. No signal is needed."), Role.MUTED, wrap=True))
        self.column.addSpacing(space(2))
        for place, profile in enumerate(self.profiles):
            tile = ProfileTile(profile)
            tile.setChecked(place == 0)
            self._choice.addButton(tile, place)
            self.column.addWidget(tile)
        self._choice.idClicked.connect(self._on_chosen)
        self.passphrase = PasswordField()
        self.passphrase.returnPressed.connect(self._on_submit)
        self.passphrase.textEdited.connect(self._on_edited)
        self.column.addSpacing(space(1))
        self.column.addWidget(Field(_("Passphrase of this computer"), self.passphrase))
        self.message = Message()
        self.column.addWidget(self.message)
        self.button = primary(_("Unlock"), "lock")
        self.button.clicked.connect(self._on_submit)
        self.column.addWidget(self.button)
        self.column.addLayout(self._others())
        self.practise = link(_("Practise with invented children"))
        self.practise.clicked.connect(self.practice_wanted)
        self.column.addWidget(self.practise, 0, Qt.AlignmentFlag.AlignLeft)
        self.begins_at = self.passphrase

    def show_busy(self, busy: bool) -> None:
        """The key is being derived, which takes a moment on purpose."""
        self._busy = busy
        self.passphrase.setReadOnly(busy)
        self.button.setText(_("Opening…") if busy else _("Unlock"))
        self._set_enabled()

    def show_error(self, error: Exception) -> None:
        self.show_busy(False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        if isinstance(error, StoreError):
            self._seconds_left = int(error.data.get("seconds", 0))
        if self._seconds_left > 0:
            self._show_wait()
            self._clock.start()
            return
        from fieldapp.error_words import words_for

        told = words_for(error)
        left = int(error.data.get("tries_left", 0)) if isinstance(error, StoreError) else 0
        if left:
            more = ngettext("{count} more try before a pause.", "{count} more tries before a pause.", left).format(count=left)
            told = replace(told, safe=more)
        self.message.show_error(told)

    def _others(self) -> QHBoxLayout:
        row = QHBoxLayout()
        other = link(_("Someone else signs in"))
        other.clicked.connect(self.sign_in_wanted)
        forgotten = link(_("Forgot the passphrase?"))
        forgotten.clicked.connect(self._on_forgotten)
        row.addWidget(other)
        row.addStretch(1)
        row.addWidget(forgotten)
        return row

    def _on_chosen(self, _place: int) -> None:
        self.passphrase.setFocus()

    def _on_submit(self) -> None:
        place = self._choice.checkedId()
        if self.button.isEnabled() and place >= 0 and self.passphrase.text():
            self.message.clear()
            self.passphrase.reveal(False)
            self.unlock_wanted.emit(self.profiles[place].id, self.passphrase.text())

    def _on_edited(self) -> None:
        if not self._seconds_left:
            self.message.clear()

    def _on_forgotten(self) -> None:
        self.message.show_info(
            _("The passphrase cannot be read out or reset from outside."),
            _(
                "What was sent is safe at the district. What was not sent yet can be opened at the district office: "
                "bring this computer there."
            ),
        )

    def second_passed(self) -> None:
        """The wait after too many tries is counted down."""
        self._seconds_left -= 1
        if self._seconds_left > 0:
            self._show_wait()
            return
        self._clock.stop()
        self.message.clear()
        self._set_enabled()
        self.passphrase.setFocus()

    def _show_wait(self) -> None:
        self._set_enabled()
        self.message.show_error(StoreError("store.too_many_tries", seconds=self._seconds_left))

    def _set_enabled(self) -> None:
        self.button.setEnabled(not self._busy and self._seconds_left <= 0)


class ProfileTile(QPushButton):
    """One person of this computer."""

    def __init__(self, profile: "Profile", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("variant", "tile")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{profile.person_name} {profile.school_name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), space(3), space(4), space(3))
        row.setSpacing(space(3))
        picture = Text()
        picture.setPixmap(pixmap("user", current().primary_text, 28))
        row.addWidget(picture)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(profile.person_name or _("Name not readable: unlocking restores it"), Role.STRONG, elide=True))
        where = " · ".join(part for part in (profile.account, profile.school_name or profile.district_name) if part)
        lines.addWidget(Text(where, Role.SMALL_MUTED, elide=True))
        row.addLayout(lines, 1)
        for text in self.findChildren(Text):
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
