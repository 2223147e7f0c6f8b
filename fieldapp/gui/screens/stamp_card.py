"""The settings page's card about the stamp on photos."""

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from fieldapp.gui.navigation import Screen
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_OFF, _ON = 0, 1


class StampCard(Card):
    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Date and place on photos"))
        self._screen = screen
        note = _(
            "The day, the house number and the village are written onto new photos of a visit, never a name. The original stays without."
        )
        self.add(Text(note, Role.SMALL_MUTED, wrap=True))
        self.choice = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        for key, text in ((_OFF, _("Do not write")), (_ON, _("Write date and place"))):
            chip = Chip(text, filled=True)
            self.choice.addButton(chip, key)
            row.addWidget(chip)
        row.addStretch(1)
        self.body.addLayout(row)
        self.choice.idClicked.connect(self._on_chosen)
        screen.tasks.run(self, screen.client.preferences.stamps_photos, lambda on: self.choice.button(int(on)).setChecked(True))

    def _on_chosen(self, key: int) -> None:
        self._screen.tasks.run(self, lambda: self._screen.client.preferences.set_stamps_photos(key == _ON))
