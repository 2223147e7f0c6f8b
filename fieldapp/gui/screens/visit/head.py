"""The head of the visit page: whom it is about, whether the child must go to school, and the mark of an urgent visit."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.compulsory_age import AgeStatus
from fieldapp.domain.visit import Visit
from fieldapp.gui.screens.card.sentences import compulsory_age
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.visits import Draft

_TONES = {AgeStatus.INSIDE: Tone.TEAL, AgeStatus.PAST: Tone.PLUM, AgeStatus.BEFORE: Tone.NEUTRAL, AgeStatus.UNKNOWN: Tone.WARNING}


class VisitHead(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = dt.date.min
        self._name = Text("", Role.HEADING, elide=True)
        self._where = Text("", Role.SMALL_MUTED, elide=True)
        self._age = Pill()
        self._why = Text("", Role.SMALL_MUTED)
        self._urgent = Text("", Role.STRONG, wrap=True, tone=Tone.DANGER)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._name)
        said.addWidget(self._where)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self._age, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._why, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addLayout(said, 1)
        row.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        column.addLayout(row)
        column.addWidget(self._urgent)
        self._urgent.hide()

    @property
    def age_text(self) -> str:
        return f"{self._age.text} {self._why.plain}".strip()

    def show_draft(self, draft: Draft, today: dt.date) -> None:
        self.today = today
        row = draft.row
        self._name.setText(phrases.full_name(row))
        place = phrases.place(row.house_no, row.moo, row.tambon_code, row.village)
        self._where.setText(f"{phrases.age(row.birth, today)} · {place}")
        why = compulsory_age(draft.eligibility)[1]
        self._age.set(phrases.eligibility(draft.eligibility), _TONES[draft.eligibility.status])
        self._age.setToolTip(f"{words.of(draft.eligibility.status)} · {why}" if why else words.of(draft.eligibility.status))
        self._why.setText(why)

    def show_urgent(self, visit: Visit) -> None:
        note = f": {visit.urgent_note}" if visit.urgent_note else ""
        self._urgent.setText(_("Urgent, a child must be protected") + note)
        self._urgent.setVisible(visit.urgent)
