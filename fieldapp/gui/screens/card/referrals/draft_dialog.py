"""Writing a referral: to whom, why, what was done, what is asked, until when; and which data the letter tells."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.care.referral import Referral, ReferralKind, Shared
from fieldapp.domain.care.sharing import needed
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.referrals import sentences
from fieldapp.gui.screens.card.referrals.pick_box import PickBox
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.quick_days import QuickDays
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.referrals_read import CaseReferrals
from fieldapp.usecases.referring import WantedReferral

# To whom a school refers inside (domain §4.6). Answers, kept in Thai whatever language the screen speaks.
_POSTS = ("ครูแนะแนว", "ฝ่ายปกครอง", "ครูพยาบาล / ห้องพยาบาล", "ครูการศึกษาพิเศษ", "หัวหน้าระดับชั้น", "ผู้อำนวยการโรงเรียน")
_HEIGHT = 600


class DraftDialog(FormDialog):
    """`written` carries a WantedReferral. `shown` tells what may be chosen; `before` is the draft that is changed."""

    written = Signal(object)

    def __init__(
        self, name: str, shown: CaseReferrals, today: dt.date, before: Referral | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("Change the draft") if before else _("Refer the child")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 680, parent)
        self._shown = shown
        self._today = today
        self._touched = False
        self._kinds = {agency.id: agency.kind for agency in shown.agencies}
        page = ScrollPage(margin=0, spacing=space(2))
        page.body.setContentsMargins(0, 0, space(3), 0)
        self.column.addWidget(page, 1)
        self._add_receiver(page.body)
        self._add_words(page.body)
        self._add_reply(page.body)
        self._add_sharing(page.body)
        self.add_foot(_("Keep the draft"))
        self.setMinimumHeight(min(_HEIGHT, room_for(self)))
        self.kinds.set_value(before.kind if before else ReferralKind.EXTERNAL)
        self._on_kind()
        if before:
            self._show(before)

    def _add_receiver(self, body: QVBoxLayout) -> None:
        self.kinds = ChipGroup(self)
        chips = QWidget()
        flow = FlowLayout(chips, spacing=space(2))
        for kind in (ReferralKind.EXTERNAL, ReferralKind.INTERNAL):
            chip = Chip(words.of(kind))
            self.kinds.add(kind, chip)
            flow.addWidget(chip)
        self.kinds.chosen.connect(self._on_kind)
        self.receiver = PickBox(_("To whom"), _("Type part of the name, or another in your own words"))
        self.receiver.currentTextChanged.connect(self._propose)
        body.addWidget(chips)
        body.addWidget(Field(_("To whom"), self.receiver))

    def _add_words(self, body: QVBoxLayout) -> None:
        self.reason = _area()
        self.done_so_far = _area()
        self.wanted = _area()
        for label, area in (
            (_("Reason of the referral"), self.reason),
            (_("What was done so far"), self.done_so_far),
            (_("What you ask them to do"), self.wanted),
        ):
            body.addWidget(Field(label, area))
        hint = _("The letter carries these words as you write them: leave out what the receiver need not know.")
        body.addWidget(Text(hint, Role.SMALL_MUTED, wrap=True))

    def _add_reply(self, body: QVBoxLayout) -> None:
        self.number, self.contact = QLineEdit(), QLineEdit()
        self.number.setMaxLength(60)
        self.number.setPlaceholderText(_("May be written on the paper by hand"))
        self.contact.setMaxLength(200)
        self.contact.setPlaceholderText(_("Name or telephone of whoever answers questions"))
        body.addWidget(Field(_("Number of the letter"), self.number))
        body.addWidget(Field(_("Contact"), self.contact))
        self.reply_by = DateEdit(self._today)
        quick = QuickDays()
        quick.chosen.connect(lambda days: self.reply_by.set_value(self._today + dt.timedelta(days=days)))
        self.reply_by.changed.connect(lambda day: quick.show_days((day - self._today).days if day else None))
        body.addWidget(Field(_("Reply wanted by"), self.reply_by))
        body.addWidget(quick)

    def _add_sharing(self, body: QVBoxLayout) -> None:
        body.addWidget(Text(_("What the letter tells of the child beside its name"), Role.STRONG, wrap=True))
        self.sharing_note = Text("", Role.SMALL_MUTED, wrap=True)
        body.addWidget(self.sharing_note)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self.ticks: dict[Shared, QCheckBox] = {}
        for place, shared in enumerate(Shared):
            tick = QCheckBox(words.of(shared))
            tick.clicked.connect(self._on_touched)
            self.ticks[shared] = tick
            grid.addWidget(tick, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(holder)
        body.addStretch(1)

    def _show(self, before: Referral) -> None:
        names = {agency.id: agency.name for agency in self._shown.agencies}
        self._touched = True
        self.receiver.set_words(names.get(before.agency_id or "", "") or before.receiver)
        for area, text in ((self.reason, before.reason), (self.done_so_far, before.done_so_far), (self.wanted, before.wanted)):
            area.setPlainText(text)
        self.number.setText(before.number)
        self.contact.setText(before.contact)
        self.reply_by.set_value(before.reply_by)
        for shared, tick in self.ticks.items():
            tick.setChecked(shared in before.shares and tick.isEnabled())

    def _kind(self) -> ReferralKind:
        return ReferralKind.INTERNAL if self.kinds.value() is ReferralKind.INTERNAL else ReferralKind.EXTERNAL

    def _on_kind(self) -> None:
        kind = self._kind()
        self.kinds.set_value(kind)  # pressing the chip again would leave none
        posts = [("", post) for post in _POSTS]
        self.receiver.show_options(posts if kind is ReferralKind.INTERNAL else [(one.id, one.name) for one in self._shown.agencies])
        allowed = self._shown.may_share(kind)
        consent = words.of(self._shown.consent[1]) if self._shown.consent else ""
        self.sharing_note.setText(sentences.sharing(consent, kind, bool(allowed)))
        for shared, tick in self.ticks.items():
            tick.setEnabled(shared in allowed)
            # Who may not see it is not told that there is something.
            tick.setVisible(kind is ReferralKind.EXTERNAL or shared in allowed)
        self._touched = False
        self._propose()

    def _on_touched(self) -> None:
        self._touched = True

    def _propose(self) -> None:
        """What a receiver of this kind needs is ticked, until the person ticks otherwise."""
        if self._touched:
            return
        wanted = needed(self._kind(), self._kinds.get(self.receiver.value(), ""))
        for shared, tick in self.ticks.items():
            tick.setChecked(tick.isEnabled() and shared in wanted)

    def keep(self) -> None:
        reason, receiver = self.reason.toPlainText().strip(), self.receiver.words()
        if not receiver:
            self.message.show_warning(_("Say to whom."))
        elif not reason:
            self.message.show_warning(_("Say why."))
        elif not self.reply_by.is_valid():
            self.message.show_warning(_("Choose a day."))
        elif (until := self.reply_by.value()) and until < self._today:
            self.message.show_warning(_("The day has passed already."))
        else:
            self.written.emit(self._wanted(reason, receiver))

    def _wanted(self, reason: str, receiver: str) -> WantedReferral:
        agency = self.receiver.value()
        return WantedReferral(
            kind=self._kind(),
            reason=reason,
            receiver="" if agency else receiver,
            agency_id=agency or None,
            number=self.number.text().strip(),
            done_so_far=self.done_so_far.toPlainText().strip(),
            wanted=self.wanted.toPlainText().strip(),
            contact=self.contact.text().strip(),
            shares=tuple(shared for shared, tick in self.ticks.items() if tick.isChecked() and tick.isEnabled()),
            reply_by=self.reply_by.value(),
        )


def _area() -> QPlainTextEdit:
    area = QPlainTextEdit()
    area.setFixedHeight(72)
    area.setTabChangesFocus(True)
    return area
