"""Asking for consent: the words that are read out, who answers, yes or no, and a signature where one is given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.gui.forms.editors.pad import Pad
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports.consent_sheet import READ_OUT, VERSION
from fieldapp.texts import _
from fieldapp.usecases.caring import WantedConsent

_HEIGHT = 640


class ConsentDialog(FormDialog):
    """`wanted` carries a WantedConsent."""

    wanted = Signal(object)

    def __init__(self, name: str, giver: str, relation: str, parent: QWidget | None = None) -> None:
        title = _("Record a consent")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 640, parent)
        page = ScrollPage(margin=0, spacing=space(2))
        page.body.setContentsMargins(0, 0, space(3), 0)
        self.column.addWidget(page, 1)
        body = page.body
        self.purposes = ChipGroup(self)
        body.addWidget(self._chips(self.purposes, [(purpose, words.of(purpose)) for purpose in ConsentPurpose]))
        self.purposes.chosen.connect(self._on_purpose)
        body.addWidget(Text(_("Read out:"), Role.SMALL_MUTED))
        self.read_out = Text("", Role.BODY, wrap=True)
        body.addWidget(self.read_out)
        self.answers = ChipGroup(self)
        body.addWidget(self._chips(self.answers, [(True, _("Yes, agrees")), (False, _("No, does not agree"))]))
        self.giver, self.relation = QLineEdit(giver), QLineEdit(relation)
        self.giver.setMaxLength(200)
        self.relation.setMaxLength(60)
        body.addWidget(Field(_("Who answers"), self.giver))
        body.addWidget(Field(_("What they are to the child"), self.relation))
        body.addWidget(Text(_("Signature, where one is given"), Role.SMALL))
        self.pad = Pad()
        self.pad.setAccessibleName(_("Signature"))
        self.pad.cleared.connect(self.pad.clear)
        body.addWidget(self.pad)
        again = buttons.small(_("Sign again"))
        again.clicked.connect(self.pad.clear)
        body.addWidget(again)
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        body.addWidget(Field(_("Note"), self.note))
        body.addStretch(1)
        self.add_foot(_("Record it"))
        self.setMinimumHeight(min(_HEIGHT, room_for(self)))
        self.purposes.set_value(ConsentPurpose.PHOTOS)
        self._on_purpose()

    def keep(self) -> None:
        given = self.answers.value()
        if given is None:
            self.message.show_warning(_("Choose yes or no. A no is kept, too."))
        elif not self.giver.text().strip():
            self.message.show_warning(_("Say who answers."))
        else:
            self.wanted.emit(
                WantedConsent(
                    purpose=self._purpose(),
                    given=bool(given),
                    giver=self.giver.text().strip(),
                    relation=self.relation.text().strip(),
                    form_version=VERSION,
                    signature=self.pad.path(),
                    note=self.note.text().strip(),
                )
            )

    def _purpose(self) -> ConsentPurpose:
        chosen = self.purposes.value()
        return chosen if isinstance(chosen, ConsentPurpose) else ConsentPurpose.PHOTOS

    def _on_purpose(self) -> None:
        purpose = self._purpose()
        self.purposes.set_value(purpose)  # pressing the chip again would leave none
        self.read_out.setText(_(READ_OUT[purpose]))

    def _chips(self, group: ChipGroup, choices: list[tuple[object, str]]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for key, label in choices:
            chip = Chip(label)
            group.add(key, chip)
            flow.addWidget(chip)
        return holder
