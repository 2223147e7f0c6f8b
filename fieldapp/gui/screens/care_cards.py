"""The settings page's cards about the laptop's care of itself: when it locks, and how its files, backups and disk stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.navigation import Screen
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.preferences import LOCK_MINUTES

if TYPE_CHECKING:
    from fieldapp.usecases.care import Condition


class LockCard(Card):
    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Locks by itself when nobody is at the computer."))
        self._screen = screen
        self.choice = QButtonGroup(self)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        label = Text(_("Lock after"), Role.MUTED)
        label.setFixedWidth(110)
        row.addWidget(label)
        for minutes in LOCK_MINUTES:
            chip = Chip(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes), filled=True)
            self.choice.addButton(chip, minutes)
            row.addWidget(chip)
        row.addStretch(1)
        self.add(holder)
        self.choice.idClicked.connect(self._on_chosen)
        screen.tasks.run(self, screen.client.preferences.lock_minutes, self._show)

    def _show(self, minutes: int) -> None:
        self.choice.button(minutes).setChecked(True)

    def _on_chosen(self, minutes: int) -> None:
        keep = self._screen.client.preferences.set_lock_minutes
        self._screen.tasks.run(self, lambda: keep(minutes), self._screen.changes.publish)


class CareCard(Card):
    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Data on this computer"))
        self._screen = screen
        screen.tasks.run(self, screen.client.care.condition, self._show)

    def _show(self, condition: "Condition") -> None:
        now = self._screen.clock()
        checked = condition.checked_at
        when = phrases.moment(checked, now) if checked else ""
        self._line(_("Last check: {when}, everything whole").format(when=when) if checked else _("Not checked yet"))
        if condition.backups:
            made = ngettext("{count} backup, the newest: {when}", "{count} backups, the newest: {when}", len(condition.backups))
            self._line(made.format(count=len(condition.backups), when=phrases.moment(condition.backups[0], now)))
        else:
            self._line(_("No backup yet"))
        sizes = {"used": phrases.size(condition.used_bytes), "free": phrases.size(condition.free_bytes)}
        self._line(_("Uses {used}; {free} are free").format(**sizes))
        if condition.low_on_disk:
            words = _("The disk is nearly full: nothing is downloaded until there is room. Visits are still saved.")
            self.add(Text(words, Role.STRONG, wrap=True, tone=Tone.WARNING))
        note = _("The app makes a backup every day and keeps the newest seven. Should a file be damaged, they are offered when you unlock.")
        self.add(Text(note, Role.SMALL_MUTED, wrap=True))

    def _line(self, words: str) -> None:
        self.add(Text(words, wrap=True))
