"""Above the photos: what they show (the home visit form asks it), what is still wanted, and a word of the guardian against photos."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.care.consent import Consent
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class PhotosShown(QWidget):
    """`chosen` carries a PhotosShow or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        self.refusal = Message()
        column.addWidget(self.refusal)
        self.chips: dict[PhotosShow, Chip] = {}
        self._group = ChipGroup(self)
        self._group.chosen.connect(self.chosen)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for show in PhotosShow:
            chip = Chip(words.short(show))
            chip.setAccessibleName(words.of(show))
            chip.setToolTip(words.of(show))
            self._group.add(show, chip)
            flow.addWidget(chip)
            self.chips[show] = chip
        column.addWidget(holder)
        self.lack = Text("", Role.SMALL, wrap=True)
        column.addWidget(self.lack)

    def show_choice(self, show: PhotosShow | None) -> None:
        self._group.set_value(show)

    def show_refusal(self, word: Consent | None) -> None:
        """`word`: the guardian said no to photos, or took the yes back."""
        self.refusal.clear()
        if word is not None:
            self.refusal.show_warning(
                _("The family does not agree to photos ({giver}, {day}).").format(giver=word.giver, day=phrases.day(word.on)),
                _(
                    "Take none of the house. The visit is complete without photos; if the child agrees, "
                    "one with the school sign may take their place."
                ),
            )

    def show_lack(self, missing: Sequence[PhotoKind], *, refused: bool, any_taken: bool) -> None:
        """A sentence on what is still wanted; nothing of it is required."""
        if missing:
            kinds = _(" and ").join(words.of(kind) for kind in missing)
            said = _("Still wanted: {kinds}. The visit can be finished without.").format(kinds=kinds)
        elif refused and not any_taken:
            said = ""
        else:
            said = _("The photos that the form wants are there.")
        self.lack.setText(said)
        self.lack.set_tone(Tone.NEUTRAL if missing else Tone.GOOD)
        self.lack.setVisible(bool(said))
