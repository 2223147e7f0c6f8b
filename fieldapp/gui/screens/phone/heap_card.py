"""The pictures of one visit, or of none: whose, when, and what can be done with all of them."""

import datetime as dt

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.phone.tiles import Tiles
from fieldapp.gui.screens.phone.words import pictures, visit_name, visit_note
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.phone_sorting import Heap
from fieldapp.usecases.phone_visits import PhoneVisit


class HeapCard(Card):
    """`all_wanted` carries whether all are to be chosen; `move_wanted` where to open the menu of visits for those that are chosen."""

    toggled = Signal(str)
    menu_wanted = Signal(str, QPoint)
    all_wanted = Signal(bool)
    move_wanted = Signal(QPoint)

    def __init__(self, visit: PhoneVisit | None, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        name = visit_name(visit) if visit else _("Not placed yet")
        note = visit_note(visit, today) if visit else _("Choose pictures here, then say to which visit they belong.")
        self._name = name
        self.heap = Heap(visit, ())
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Text(name, Role.HEADING, elide=True))
        told.addWidget(Text(note, Role.SMALL_MUTED, elide=True))
        self._count = Text("", Role.MUTED)
        self.all = buttons.link("")
        self.all.clicked.connect(lambda: self.all_wanted.emit(not self._all_chosen()))
        self.move_them = buttons.small(_("Another visit ▾") if visit else _("To a visit ▾"))
        self.move_them.setAccessibleName(_("Move the chosen pictures to a visit"))
        self.move_them.clicked.connect(lambda: self.move_wanted.emit(self.move_them.mapToGlobal(self.move_them.rect().bottomLeft())))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addLayout(told, 1)
        for widget in (self._count, self.all, self.move_them):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        head.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(head)
        self.add(holder)
        self.tiles = Tiles(name, today)
        self.tiles.toggled.connect(self.toggled)
        self.tiles.menu_wanted.connect(self.menu_wanted)
        self.add(self.tiles)

    def show_heap(self, heap: Heap) -> None:
        self.heap = heap
        chosen = self.chosen()
        self._count.setText(f"{len(chosen)}/{pictures(len(heap.items))}")
        self.all.setText(_("Choose none") if self._all_chosen() else _("Choose all"))
        self.all.setAccessibleName(f"{self.all.text()}: {self._name}")
        self.move_them.setEnabled(bool(chosen))
        self.tiles.show_items(heap.items)

    def chosen(self) -> list[str]:
        return [item.key for item in self.heap.items if item.chosen]

    def _all_chosen(self) -> bool:
        return all(item.chosen for item in self.heap.items)
