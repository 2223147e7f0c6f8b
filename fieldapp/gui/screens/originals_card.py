"""The settings page's card about the originals of photos: how long they stay, and what they take."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.navigation import Screen
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.originals import ORIGINAL_DAYS

if TYPE_CHECKING:
    from fieldapp.usecases.changes import Changes
    from fieldapp.usecases.originals import Held


class OriginalsCard(Card):
    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Originals of photos"))
        self._screen = screen
        note = _(
            "The file as it came from the phone or camera stays here, encrypted, until the district holds the photo. It is never sent. "
            "Until then it can be saved from the photo."
        )
        self.add(Text(note, Role.SMALL_MUTED, wrap=True))
        self.choice = QButtonGroup(self)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        label = Text(_("Delete after the receipt"), Role.MUTED)
        row.addWidget(label)
        for days in ORIGINAL_DAYS:
            word = ngettext("{count} day", "{count} days", days).format(count=days) if days else _("at once")
            chip = Chip(word, filled=True)
            chip.setAccessibleName(f"{label.plain}: {word}")
            self.choice.addButton(chip, days)
            row.addWidget(chip)
        row.addStretch(1)
        self.add(holder)
        self._held = Text("", wrap=True)
        self.add(self._held)
        self._short = Text("", Role.STRONG, wrap=True, tone=Tone.WARNING)
        self._short.hide()
        self.add(self._short)
        self.choice.idClicked.connect(self._on_chosen)
        originals = screen.client.originals
        screen.tasks.run(self, originals.days, lambda days: self.choice.button(days).setChecked(True))
        self._read()

    def _read(self) -> None:
        self._screen.tasks.run(self, self._screen.client.originals.held, self._show)

    def _show(self, held: "Held") -> None:
        said = ngettext("{count} original, {size} of at most {most}", "{count} originals, {size} of at most {most}", held.count)
        sizes = {"size": phrases.size(held.bytes), "most": phrases.size(held.most_bytes)}
        self._held.setText(said.format(count=held.count, **sizes) if held.count else _("No originals are kept now."))
        self._short.setText(_("There is no room for more originals. Photos are taken in all the same, without them."))
        self._short.setVisible(not held.room)

    def _on_chosen(self, days: int) -> None:
        def then(changes: "Changes") -> None:
            self._screen.changes.publish(changes)
            self._read()

        self._screen.tasks.run(self, lambda: self._screen.client.originals.set_days(days), then)
