"""What of a child is signed on paper: to print it, to see what came back, and how far each signature is."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.card.papers import sentences
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.papers.printing import CasePapers, PaperLine


class PapersPanel(QWidget):
    """`print_wanted` carries a line, `paper_opened` a Paper."""

    take_in_wanted = Signal()
    print_wanted = Signal(object)
    paper_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: CasePapers | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space(2))

    def show_papers(self, papers: CasePapers) -> None:
        self.shown = papers
        empty(self._column)
        self._column.addWidget(self._head(papers))
        if not papers.lines:
            none = _("Forms, referrals and consents of this child can be printed here to be signed. There is none yet.")
            self._column.addWidget(Text(none, Role.MUTED, wrap=True))
        for line in papers.lines:
            self._column.addWidget(Divider())
            self._column.addWidget(self._line(line))
        if papers.stray:
            self._column.addWidget(Divider())
            self._column.addWidget(Text(_("Signed papers of what is not on this computer"), Role.STRONG, wrap=True))
            self._column.addWidget(self._acts([self._see(paper, number) for number, paper in enumerate(papers.stray, start=1)]))
        self._column.addStretch(1)

    def _head(self, papers: CasePapers) -> QWidget:
        take_in = buttons.small(_("Take in signed sheets"))
        take_in.clicked.connect(self.take_in_wanted)
        head = self._acts([take_in])
        if papers.loose:
            layout = head.layout()
            assert layout is not None
            layout.addWidget(Pill(wording.to_sort(papers.loose), sentences.SORTING))
        return head

    def _line(self, line: PaperLine) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(Text(wording.title(line), Role.STRONG, wrap=True), 1)
        head.addWidget(Pill(*sentences.state(line)), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for said in sentences.details(line):
            column.addWidget(Text(said, Role.SMALL_MUTED, wrap=True))
        again = buttons.small(_("Print again") if line.printed_on else _("Print to sign"), "printer")
        again.setAccessibleName(f"{again.text()}: {wording.title(line)}")
        again.clicked.connect(partial(self.print_wanted.emit, line))
        here = [paper for signing in (line.signing, line.slip) if signing for paper in signing.here]
        column.addWidget(self._acts([again, *(self._see(paper, paper.page) for paper in here)]))
        return widget

    def _see(self, paper: object, number: int) -> QWidget:
        see = buttons.small(_("See sheet {number}").format(number=number), "photo")
        see.clicked.connect(partial(self.paper_opened.emit, paper))
        return see

    def _acts(self, widgets: list[QWidget]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for widget in widgets:
            flow.addWidget(widget)
        return holder
