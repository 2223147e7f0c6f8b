"""Part 2: where the child is, and the place of the visit on the map where a photo told it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.visit import PositionSource, Visit, Whereabouts
from fieldapp.gui.screens.visit.parts.part import VisitPart, set_line
from fieldapp.gui.screens.visit.summaries import position
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.choice_tile import ChoiceGrid, ChoiceTile
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class WhereaboutsPart(VisitPart):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading(_("Where is the child?"), _("Choose one"))
        self.grid = ChoiceGrid([(where, ChoiceTile(words.of(where))) for where in Whereabouts])
        self.grid.tapped.connect(self._on_tapped)
        self.column.addWidget(self.grid)
        self.heading(_("More about it"), _("may stay empty"))
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.note.setAccessibleName(_("More about where the child is"))
        self.note.setPlaceholderText(_("For example: with an uncle in Rayong, back at the end of the month"))
        self.note.textEdited.connect(lambda text: self.type_in(whereabouts_note=text))
        self.column.addWidget(self.note)
        self._place = QWidget()
        line = QHBoxLayout(self._place)
        line.setContentsMargins(0, 0, 0, 0)
        self._where = Text("", Role.MUTED)
        remove = buttons.link(_("Take it away"))
        remove.clicked.connect(lambda: self.answer(position=None))
        line.addWidget(self._where)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)
        self.column.addWidget(self._place)
        self.column.addStretch(1)

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        self.grid.set_chosen({visit.whereabouts} - {None})
        set_line(self.note, visit.whereabouts_note)
        self._place.setVisible(visit.position is not None)
        if visit.position:
            source = _("taken from a photo") if visit.position.source is PositionSource.PHOTO else ""
            self._where.setText(" · ".join(part for part in (_("Place of the visit"), position(visit.position), source) if part))

    def _on_tapped(self, where: Whereabouts) -> None:
        if self.visit:
            self.answer(whereabouts=None if self.visit.whereabouts is where else where)
