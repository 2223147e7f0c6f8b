"""My work by state, and what waits to be sent."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.states import CaseState
from fieldapp.gui.theme.tokens import STATE_TONES
from fieldapp.gui.unsent_words import unsent_parts
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.choice_legend import ChoiceLegend
from fieldapp.gui.widgets.stacked_bar import Segment, StackedBar
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import ListCounts
from fieldapp.usecases.unsent import Unsent

# The order of the work: what is still to be done first, what has come out of it after.
_ORDER = (
    CaseState.LISTED,
    CaseState.CHECKED,
    CaseState.ASSIGNED,
    CaseState.TRACING,
    CaseState.FOUND,
    CaseState.WANTS_RETURN,
    CaseState.REFERRED,
    CaseState.NOT_FOUND,
    CaseState.RETURNED,
    CaseState.NOT_RETURNED,
    CaseState.DROPPED_AGAIN,
    CaseState.LIST_ERROR,
)


class MyWorkCard(Card):
    """`state_chosen` carries the CaseState whose children are asked for."""

    state_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._total = Text("", Role.SMALL_MUTED)
        super().__init__(_("My work"), trailing=self._total, parent=parent)
        self._bar = StackedBar()
        self._legend = ChoiceLegend(columns=2)
        self._legend.chosen.connect(self.state_chosen)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._legend)

    def set_counts(self, counts: ListCounts) -> None:
        self._total.setText(ngettext("{count} child", "{count} children", counts.total).format(count=f"{counts.total:,}"))
        entries = _entries(counts.by_state)
        self._bar.set_segments([segment for segment, _state in entries])
        self._legend.set_entries(entries)


class WaitingCard(Card):
    """What is here and not yet at the district, in words that take the worry away."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Waiting for the district"), parent=parent)
        self._note = Text("", Role.SMALL_MUTED, wrap=True)
        self._what = Text("", wrap=True)
        self._size = Text("", Role.MUTED)
        self._open = buttons.link(_("See in sync"))
        self._open.clicked.connect(self.opened)
        self._figures = QWidget()
        line = QHBoxLayout(self._figures)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._what, 1)
        line.addWidget(self._size)
        self.body.addWidget(self._note)
        self.body.addWidget(self._figures)
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)

    def set_unsent(self, unsent: Unsent) -> None:
        waits = unsent.total > 0
        self._note.setText(
            _("Kept safely in this laptop. It goes by itself when there is a signal.") if waits else _("Nothing waits to be sent.")
        )
        self._figures.setVisible(waits)
        self._open.setVisible(waits)
        self._what.setText(unsent_parts(unsent))
        self._size.setText(phrases.size(unsent.bytes))


def _entries(by_state: Mapping[CaseState, int]) -> tuple[tuple[Segment, CaseState], ...]:
    return tuple((Segment(words.short(state), by_state[state], STATE_TONES[state]), state) for state in _ORDER if by_state.get(state))
