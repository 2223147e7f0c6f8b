"""Part 3: what came of the visit, what belongs to that outcome, the causes, and a free note."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Outcome, Visit, Whereabouts
from fieldapp.gui.screens.visit.answers import BELONGS, make_main, toggle_cause
from fieldapp.gui.screens.visit.parts.causes import CauseChips
from fieldapp.gui.screens.visit.parts.part import VisitPart, set_text
from fieldapp.gui.screens.visit.parts.schooling import Schooling
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.choice_tile import ChoiceGrid, ChoiceTile
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

_CARDS = (
    Outcome.RETURNED,
    Outcome.WANTS_RETURN,
    Outcome.NOT_RETURNING,
    Outcome.NOT_FOUND,
    Outcome.STUDYING_ELSEWHERE,
    Outcome.DECEASED,
)
# A pupil at risk is at school: there is nobody to bring back.
_AT_RISK_CARDS = (Outcome.STILL_AT_SCHOOL, Outcome.NOT_FOUND, Outcome.DECEASED)
# What "not found" usually means; tapped here it answers part 2 as well.
_NOT_FOUND_BECAUSE = (Whereabouts.MOVED_UNKNOWN, Whereabouts.NO_SUCH_HOUSE, Whereabouts.UNKNOWN)


class OutcomePart(VisitPart):
    """`outcome_chosen` carries the outcome: the page decides what becomes of answers that no longer belong."""

    outcome_chosen = Signal(object)

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading(_("Outcome of this visit"))
        self.cards = _tiles(_CARDS)
        self.at_risk_cards = _tiles(_AT_RISK_CARDS)
        self.at_risk_cards.hide()
        undecided = ChoiceTile(words.of(Outcome.UNDECIDED), _("keep tracing and visit again"), slim=True)
        self.undecided = ChoiceGrid([(Outcome.UNDECIDED, undecided)], columns=1)
        for grid in (self.cards, self.at_risk_cards, self.undecided):
            grid.tapped.connect(self.outcome_chosen)
            self.column.addWidget(grid)
        self.schooling = Schooling(today)
        self.schooling.answered.connect(self.answered)
        self.schooling.typed.connect(self.typed)
        self.column.addWidget(self.schooling)
        self._because = self._not_found_because()
        self._deceased = Text(_("The district checks this with the civil register before anything is changed."), Role.MUTED, wrap=True)
        self.column.addWidget(self._deceased)
        self._causes = QWidget()
        block = QVBoxLayout(self._causes)
        block.setContentsMargins(0, space(2), 0, 0)
        block.setSpacing(space(2))
        self._causes_title = SectionTitle(_("Why the child is not at school"))
        self.chips = CauseChips()
        self.chips.toggled.connect(self._on_cause_toggled)
        self.chips.starred.connect(self._on_cause_starred)
        block.addWidget(self._causes_title)
        block.addWidget(self.chips)
        self.column.addWidget(self._causes)
        self.heading(_("Note"), _("may stay empty"))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(80)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("What you saw and heard, in your own words"))
        self.note.textChanged.connect(self._on_note)
        self.column.addWidget(self.note)
        self.column.addStretch(1)
        self._names: dict[str, str] = {}

    def set_causes(self, causes: tuple[Cause, ...]) -> None:
        self._names = {cause.code: cause.name for cause in causes}
        self.chips.set_causes(causes)
        if self.visit:
            self.show_visit(self.visit)

    def set_list_type(self, list_type: ListType) -> None:
        """Of whom the visit is: of a pupil at risk other things can be said."""
        self.cards.setVisible(list_type is not ListType.AT_RISK)
        self.at_risk_cards.setVisible(list_type is ListType.AT_RISK)

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        chosen = {visit.outcome} - {None}
        self.cards.set_chosen(chosen)
        self.at_risk_cards.set_chosen(chosen)
        self.undecided.set_chosen(chosen)
        self.schooling.show_visit(visit)
        self.schooling.setVisible("return_place" in BELONGS[visit.outcome] and visit.outcome is not None)
        self._because.setVisible(visit.outcome is Outcome.NOT_FOUND)
        self.because.set_chosen({visit.whereabouts} - {None})
        self._deceased.setVisible(visit.outcome is Outcome.DECEASED)
        self._causes.setVisible("causes" in BELONGS[visit.outcome] and visit.outcome is not None)
        self.chips.show_chosen(visit.causes, visit.main_cause)
        main = self._names.get(visit.main_cause or "", "")
        explained = _("Main cause: {name}. Tap the star of another to change it.").format(name=main)
        said = explained if main and len(visit.causes) > 1 else _("Several may be chosen; the star marks the main one")
        self._causes_title.set(_("Why the child is not at school"), said)
        set_text(self.note, visit.note)

    def _not_found_because(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, space(2), 0, 0)
        column.setSpacing(space(2))
        column.addWidget(SectionTitle(_("Where may the child be?"), _("answers part 2 as well")))
        self.because = ChoiceGrid([(where, ChoiceTile(words.of(where))) for where in _NOT_FOUND_BECAUSE])
        self.because.tapped.connect(lambda where: self.answer(whereabouts=where))
        column.addWidget(self.because)
        self.column.addWidget(block)
        return block

    def _on_note(self) -> None:
        self.type_in(note=self.note.toPlainText().strip())

    def _on_cause_toggled(self, code: str) -> None:
        if self.visit:
            self.answered.emit(toggle_cause(self.visit, code))

    def _on_cause_starred(self, code: str) -> None:
        if self.visit:
            self.answered.emit(make_main(self.visit, code))


def _tiles(outcomes: tuple[Outcome, ...]) -> ChoiceGrid:
    return ChoiceGrid([(outcome, ChoiceTile(words.of(outcome), words.hint(outcome))) for outcome in outcomes])
