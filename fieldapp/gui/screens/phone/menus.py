"""The menus of the phone's pictures: what one shows, to which visit it belongs, and what else can be done with it."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from fieldapp import words
from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.screens.phone.words import visit_line
from fieldapp.texts import _
from fieldapp.usecases.phone_sorting import Item
from fieldapp.usecases.phone_visits import PhoneVisit

Done = Callable[[str], None]


class PictureMenu(QMenu):
    """For one picture. What is chosen is said to the callables it was made with."""

    def __init__(
        self,
        item: Item,
        here: str,
        visits: Sequence[PhoneVisit],
        today: dt.date,
        *,
        set_kind: Callable[[PhotoKind], None],
        move: Done,
        taken_at: Done,
        look: Callable[[], None],
        not_for_us: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        for kind in PhotoKind:
            action = QAction(words.of(kind), self, checkable=True, checked=kind is item.kind)
            action.triggered.connect(lambda _checked=False, kind=kind: set_kind(kind))
            self.addAction(action)
        self.addSeparator()
        self.to_visit = self.addMenu(_("Belongs to"))
        add_visits(self.to_visit, visits, today, move, here)
        if here:
            nowhere = self.to_visit.addAction(_("To none of them"))
            nowhere.triggered.connect(lambda: move(""))
        self.clock = self.addMenu(_("Was taken at this visit: set the phone's clock by it"))
        add_visits(self.clock, visits, today, taken_at, "")
        self.to_visit.setEnabled(bool(visits))
        self.clock.setEnabled(bool(visits) and item.picture.taken.exact)
        self.addSeparator()
        self.addAction(_("See it large")).triggered.connect(look)
        self.addAction(_("Not for us: do not offer it again")).triggered.connect(not_for_us)


def add_visits(menu: QMenu, visits: Sequence[PhoneVisit], today: dt.date, chosen: Done, here: str) -> None:
    for visit in visits:
        action = QAction(visit_line(visit, today), menu, checkable=bool(here), checked=visit.visit_id == here)
        action.triggered.connect(lambda _checked=False, visit_id=visit.visit_id: chosen(visit_id))
        menu.addAction(action)
