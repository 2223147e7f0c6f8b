"""The follow-ups of a child: what was promised until when, and a button to say that it is done."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.follow_up import FollowUp, FollowUpReason, FollowUpState
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _
from fieldapp.usecases.children import Card


class FollowUpList(QWidget):
    """`closed` carries the id and the state the person chose."""

    closed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(2))

    def show_card(self, card: Card, today: dt.date) -> None:
        empty(self._column)
        if not card.follow_ups:
            self._column.addWidget(Text(_("No follow-up is planned."), Role.MUTED))
        for place, follow_up in enumerate(card.follow_ups):
            if place:
                self._column.addWidget(Divider())
            self._column.addWidget(self._row(follow_up, card, today))
        self._column.addStretch(1)

    def _row(self, follow_up: FollowUp, card: Card, today: dt.date) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        said = QVBoxLayout()
        said.setSpacing(0)
        is_open = follow_up.state is FollowUpState.OPEN
        said.addWidget(Text(_what(follow_up), Role.BODY if is_open else Role.MUTED, wrap=True))
        if is_open:
            late = follow_up.due_on < today
            when = f"{phrases.day(follow_up.due_on)} · {phrases.due(follow_up.due_on, today)}"
            said.addWidget(Text(when, Role.SMALL, tone=Tone.DANGER if late else None))
        else:
            closed = f" {phrases.day(follow_up.closed_on)}" if follow_up.closed_on else ""
            said.addWidget(Text(f"{words.of(follow_up.state)}{closed}", Role.SMALL_MUTED))
            seen = words.of(follow_up.attendance) if follow_up.attendance else ""
            if seen or follow_up.closing_note:
                said.addWidget(Text(" · ".join(part for part in (seen, follow_up.closing_note) if part), Role.SMALL, wrap=True))
        owner = card.people.get(follow_up.owner_id, "")
        if owner:
            said.addWidget(Text(owner, Role.SMALL_MUTED))
        line.addLayout(said, 1)
        if is_open and card.editable:
            done = buttons.small(_("Done"), "check")
            done.clicked.connect(lambda: self.closed.emit(follow_up.id, FollowUpState.DONE))
            off = TextLink(_("Call off"), small=True)
            off.clicked.connect(lambda: self.closed.emit(follow_up.id, FollowUpState.CANCELLED))
            line.addWidget(off, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _what(follow_up: FollowUp) -> str:
    if follow_up.reason is not FollowUpReason.PROMISE:
        return " · ".join(part for part in (words.of(follow_up.reason), follow_up.note) if part)
    return follow_up.note or _("Follow up")
