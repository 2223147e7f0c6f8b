"""Lines about sheets: what became of one, and one that waits to be sorted."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.photo_tile import PhotoTile
from fieldapp.gui.widgets.pill import Pill
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.papers.filing import LooseSheet, Sheet

_TILE = QSize(84, 112)


class DoneRow(QWidget):
    """`opened` carries the case to which the sheet went."""

    opened = Signal(str)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space(1), 0, space(1))
        row.setSpacing(space(3))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(wording.about(sheet), Role.STRONG, wrap=True))
        said.addWidget(Text(wording.detail(sheet), Role.SMALL_MUTED, wrap=True))
        row.addLayout(said, 1)
        row.addWidget(Pill(*wording.outcome(sheet)), 0, Qt.AlignmentFlag.AlignTop)
        if sheet.filed:
            case_id = sheet.filed[0].case_id
            card = buttons.small(_("Open the card"))
            card.setAccessibleName(f"{card.text()} {sheet.filed[0].child_name}")
            card.clicked.connect(partial(self.opened.emit, case_id))
            row.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)


class LooseRow(QWidget):
    """Signals carry the sheet."""

    shown = Signal(object)
    sorted_out = Signal(object)
    thrown_away = Signal(object)

    def __init__(self, sheet: LooseSheet, number: int, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space(2), 0, space(2))
        row.setSpacing(space(4))
        tile = PhotoTile(_("Sheet {number}").format(number=number), _TILE)
        tile.clicked.connect(partial(self.shown.emit, sheet))
        thumbnails.fetch(tile, sheet.sha256, tile.set_picture)
        row.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(space(1))
        said.addWidget(Text(wording.reason(sheet.reason), Role.STRONG, wrap=True))
        if advice := wording.what_next(sheet.reason):
            said.addWidget(Text(advice, wrap=True))
        said.addWidget(Text(wording.taken(sheet), Role.SMALL_MUTED))
        acts = QHBoxLayout()
        acts.setSpacing(space(2))
        find = buttons.small(_("Say whose it is"))
        find.setAccessibleName(f"{find.text()} · {tile.text()}")
        find.clicked.connect(partial(self.sorted_out.emit, sheet))
        away = buttons.small(_("Throw the sheet away"))
        away.setAccessibleName(f"{away.text()} · {tile.text()}")
        away.clicked.connect(partial(self.thrown_away.emit, sheet))
        acts.addWidget(find)
        acts.addWidget(away)
        acts.addStretch(1)
        said.addLayout(acts)
        said.addStretch(1)
        row.addLayout(said, 1)
