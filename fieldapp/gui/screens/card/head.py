"""The head of a card: who it is, and what a person most often does next."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.screens.card import sentences
from fieldapp.gui.screens.card.facts import Reveal
from fieldapp.gui.screens.children.columns import standing
from fieldapp.gui.theme.tokens import STATE_TONES, Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.avatar import Avatar
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import Card


class CardHead(QWidget):
    visit_wanted = Signal()
    follow_up_wanted = Signal()
    edit_wanted = Signal()
    goes_on_wanted = Signal()
    large_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: Card | None = None
        self._avatar = Avatar(size=56)
        self._name = Text("", Role.TITLE, wrap=True)
        self._born = Text("", Role.MUTED, wrap=True)
        self._number = Text("", Role.MUTED)
        self._warning = Text("", Role.SMALL, wrap=True, tone=Tone.WARNING)
        self._pill = Pill()
        self._reveal = Reveal(_("Show the whole ID number"), _("Hide the ID number"))
        self._reveal.toggled.connect(self._show_number)
        number = QHBoxLayout()
        number.setSpacing(space(1))
        number.addWidget(self._number)
        number.addWidget(self._reveal)
        number.addStretch(1)
        who = QVBoxLayout()
        who.setSpacing(0)
        name = QHBoxLayout()
        name.setSpacing(space(2))
        name.addWidget(self._name, 1)
        name.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        self.large = buttons.tool("large-type", _("Large type ({key})").format(key="F7"))
        self.large.clicked.connect(self.large_wanted)
        name.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        who.addLayout(name)
        who.addWidget(self._born)
        who.addLayout(number)
        who.addWidget(self._warning)
        top = QHBoxLayout()
        top.setSpacing(space(4))
        top.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(who, 1)
        self._actions = QWidget()
        row = FlowLayout(self._actions, spacing=space(2))
        self._visit = buttons.primary(_("Record a visit"))
        self._follow_up = buttons.plain(_("Plan a follow-up"))
        self._edit = buttons.plain(_("Mend the card"))
        self._visit.clicked.connect(self.visit_wanted)
        self._follow_up.clicked.connect(self.follow_up_wanted)
        self._edit.clicked.connect(self.edit_wanted)
        for button in (self._visit, self._follow_up, self._edit):
            row.addWidget(button)
        self._owner = Text("", Role.MUTED, wrap=True)
        self._handed_over = Message()
        self._handed_over.acted.connect(self.goes_on_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        column.addLayout(top)
        column.addWidget(self._handed_over)
        column.addWidget(self._actions)
        column.addWidget(self._owner)

    def show_card(self, card: Card, today: dt.date) -> None:
        same = self._card is not None and self._card.row.case_id == card.row.case_id
        self._card = card
        self._avatar.set(phrases.initial(card.row), STATE_TONES[card.row.state])
        self._name.setText(phrases.full_name(card.row))
        self._born.setText(f"{phrases.age_long(card.child.birth, today)} · {sentences.born(card)}")
        whole, short, tone = standing(card.row)
        self._pill.set(short, tone)
        self._pill.setToolTip(whole)
        self._reveal.setVisible(bool(card.child.national_id or card.child.g_code))
        if not same:
            self._reveal.setChecked(False)
        self._show_number(self._reveal.isChecked())
        self._warning.setText(sentences.id_warning(card))
        self._warning.setVisible(bool(sentences.id_warning(card)))
        self._actions.setVisible(card.editable or card.has_draft)
        self._follow_up.setVisible(card.editable)
        self._edit.setVisible(card.editable)
        self._visit.setText(_("Go on with the visit") if card.has_draft else _("Record a visit"))
        self._show_handed_over(card)
        self._owner.setVisible(not card.editable and card.handed_over is None)
        self._owner.setText(_("{name} looks after this child. You can read the card.").format(name=card.owner_name or _("Someone else")))

    def _show_handed_over(self, card: Card) -> None:
        self._handed_over.setVisible(card.handed_over is not None)
        if card.handed_over:
            said = sentences.handed_over(card.handed_over)
            rest = sentences.until_it_leaves(card)
            action = _("Open the other case") if card.handed_over.goes_on else ""
            self._handed_over.show_info(said, rest, action)

    def _show_number(self, shown: bool) -> None:
        if self._card:
            self._number.setText(sentences.identity(self._card, shown=shown))
