"""A sheet that came back, large; and saying that it does not belong here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldapp import phrases
from fieldapp.domain.care.paper import Paper
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.widgets import buttons
from fieldapp.texts import _


class PaperViewer(PictureViewer):
    misfiled = Signal()

    def __init__(self, paper: Paper, thumbnails: Thumbnails, parent: QWidget, *, editable: bool) -> None:
        sheet = _("Sheet {number} of {count}").format(number=paper.page, count=paper.pages)
        older = _("An older version") if paper.outdated else ""
        below = " · ".join(part for part in (wording.paper(paper.of_kind), sheet, phrases.day(paper.on), older) if part)
        super().__init__(paper.sha256, wording.paper(paper.of_kind), below, thumbnails, parent)
        if editable:
            wrong = buttons.small(_("It does not belong here"))
            wrong.clicked.connect(self._on_wrong)
            self.foot.addWidget(wrong)

    def _on_wrong(self) -> None:
        self.misfiled.emit()
        self.close()
