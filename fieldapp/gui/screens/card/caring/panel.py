"""The care of a child by aspects: what is known, which risks stand, which goals and help there are, what was consented to."""

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.care.goal import CareAspect
from fieldapp.gui.screens.card.caring import sentences
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _
from fieldapp.usecases.caring import CareLine, CaseCare


class CarePanel(QWidget):
    """`end_wanted` and `correction_wanted` carry the line that they are about."""

    risk_wanted = Signal()
    support_wanted = Signal()
    goal_wanted = Signal()
    consent_wanted = Signal()
    end_wanted = Signal(object)
    correction_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: CaseCare | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(2))

    def show_care(self, care: CaseCare) -> None:
        self.shown = care
        empty(self._column)
        self._say(words.of(CareAspect.KNOW), sentences.known(care))
        self._say(words.of(CareAspect.SCREEN), sentences.screened(care))
        if care.hides_risks:
            self._column.addWidget(Text(_("There are risks that your role may not see."), Role.SMALL_MUTED, wrap=True))
        self._part(_("Risks"), care.risks, _("No risk is known."), (_("Record a risk"), self.risk_wanted), care)
        self._part(_("Goals"), care.goals, _("No goal is set."), (_("Set a goal"), self.goal_wanted), care)
        self._part(_("Help given"), care.supports, _("No help is recorded."), (_("Record help"), self.support_wanted), care)
        self._say(words.of(CareAspect.REFER), sentences.referred(care))
        self._part(_("Consent"), care.consents, _("Nobody has been asked yet."), (_("Record a consent"), self.consent_wanted), care)
        self._column.addStretch(1)

    def _say(self, aspect: str, said: str) -> None:
        self._column.addWidget(Text(aspect, Role.SMALL_MUTED))
        self._column.addWidget(Text(said, Role.BODY, wrap=True))

    def _part(self, title: str, lines: tuple[CareLine, ...], none: str, act: tuple[str, SignalInstance], care: CaseCare) -> None:
        self._column.addWidget(Divider())
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(title, Role.STRONG), 1)
        if care.editable:
            more = buttons.small(act[0])
            more.clicked.connect(act[1])
            row.addWidget(more)
        self._column.addWidget(head)
        if not lines and not (title == _("Risks") and care.hides_risks):
            self._column.addWidget(Text(none, Role.MUTED, wrap=True))
        for line in lines:
            self._column.addWidget(self._line(line))

    def _line(self, line: CareLine) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, space(1))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(Text(sentences.title(line), Role.BODY, wrap=True), 1)
        head.addWidget(Pill(sentences.state(line), sentences.tone(line)), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for text in sentences.details(line):
            column.addWidget(Text(text, Role.SMALL_MUTED, wrap=True))
        if line.next:
            acts = QHBoxLayout()
            acts.setSpacing(space(3))
            title = sentences.title(line)
            if self._is_help(line):
                mend = TextLink(_("Correct"), small=True)
                mend.setAccessibleName(_("Correct: {what}").format(what=title))
                mend.clicked.connect(partial(self.correction_wanted.emit, line))
                acts.addWidget(mend)
            end = TextLink(_("Take back") if self._is_help(line) else _("Record what became of it"), small=True)
            end.setAccessibleName(f"{end.text()}: {title}")
            end.clicked.connect(partial(self.end_wanted.emit, line))
            acts.addWidget(end)
            acts.addStretch(1)
            column.addLayout(acts)
        return widget

    def _is_help(self, line: CareLine) -> bool:
        return self.shown is not None and line in self.shown.supports
