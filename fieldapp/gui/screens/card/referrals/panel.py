"""The referrals and transfers of a child: where each stands, and what may be done with it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.care.referral import ReferralState
from fieldapp.gui.screens.card.referrals import sentences
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.referrals_read import CaseReferrals, ReferralLine, TransferLine


class ReferralPanel(QWidget):
    """Signals carry the line that they are about."""

    new_wanted = Signal()
    transfer_wanted = Signal()
    step_wanted = Signal(object)
    correction_wanted = Signal(object)
    letter_wanted = Signal(object)
    call_off_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: CaseReferrals | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(2))

    @property
    def open_count(self) -> int:
        """How many are on their way."""
        if self.shown is None:
            return 0
        return sum(bool(line.next) for line in self.shown.referrals) + self.shown.transfer_is_open

    def show_referrals(self, shown: CaseReferrals) -> None:
        self.shown = shown
        empty(self._column)
        if shown.editable:
            self._column.addWidget(self._head(shown))
        if not shown.referrals and not shown.transfers:
            self._column.addWidget(Text(_("The child has not been referred to anybody."), Role.MUTED, wrap=True))
        for referral in shown.referrals:
            self._column.addWidget(Divider())
            self._column.addWidget(self._referral(referral, editable=shown.editable))
        for transfer in shown.transfers:
            self._column.addWidget(Divider())
            self._column.addWidget(self._transfer(transfer, editable=shown.editable))
        self._column.addStretch(1)

    def _head(self, shown: CaseReferrals) -> QWidget:
        head = QWidget()
        row = FlowLayout(head, spacing=space(2))
        refer = buttons.small(_("Refer the child"))
        refer.clicked.connect(self.new_wanted)
        row.addWidget(refer)
        if not shown.transfer_is_open:
            transfer = buttons.small(_("Ask for a transfer"))
            transfer.clicked.connect(self.transfer_wanted)
            row.addWidget(transfer)
        return head

    def _referral(self, line: ReferralLine, *, editable: bool) -> QWidget:
        row, column = _row(sentences.referral_title(line), words.of(line.state), sentences.TONES[line.state])
        column.addWidget(Text(sentences.referral_detail(line), Role.SMALL_MUTED, wrap=True))
        waits = sentences.waiting(line)
        if waits:
            column.addWidget(Text(waits, Role.SMALL, wrap=True, tone=Tone.DANGER if line.late else None))
        for step in line.steps:
            column.addWidget(Text(sentences.step(step, line), Role.SMALL_MUTED, wrap=True))
        acts = QWidget()
        flow = FlowLayout(acts, spacing=space(2))
        letter = buttons.small(_("Letter"), "printer")
        letter.clicked.connect(partial(self.letter_wanted.emit, line))
        flow.addWidget(letter)
        if editable and line.next:
            go_on = buttons.small(_("Record what came next"))
            go_on.clicked.connect(partial(self.step_wanted.emit, line))
            flow.addWidget(go_on)
        if editable and line.state is ReferralState.DRAFT:
            mend = buttons.small(_("Change the draft"))
            mend.clicked.connect(partial(self.correction_wanted.emit, line))
            flow.addWidget(mend)
        column.addWidget(acts)
        return row

    def _transfer(self, line: TransferLine, *, editable: bool) -> QWidget:
        row, column = _row(sentences.transfer_title(line), words.of(line.state), sentences.TONES[line.state])
        column.addWidget(Text(sentences.transfer_detail(line), Role.SMALL_MUTED, wrap=True))
        for step in line.steps:
            column.addWidget(Text(sentences.step(step, line), Role.SMALL_MUTED, wrap=True))
        if editable and line.mine and not line.steps:
            off = buttons.small(_("Call off the transfer"))
            off.clicked.connect(partial(self.call_off_wanted.emit, line))
            column.addWidget(off, 0, Qt.AlignmentFlag.AlignLeft)
        return row


def _row(title: str, state: str, tone: Tone) -> tuple[QWidget, QVBoxLayout]:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(space(1))
    head = QHBoxLayout()
    head.setSpacing(space(2))
    head.addWidget(Text(title, Role.STRONG, wrap=True), 1)
    head.addWidget(Pill(state, tone), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    return row, column
