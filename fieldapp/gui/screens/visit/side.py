"""Beside the visit: the photos so far with the way to add more, and what was found the time before."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Visit
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.visit.summaries import met_sentence
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.drop_zone import DropZone
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.photo_tile import PhotoTile
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.photos import DraftPhoto

SIDE_WIDTH = 262
_TILE = QSize(106, 80)
_IN_SIGHT = 4


class SidePhotos(Card):
    files_wanted = Signal()
    opened = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(_("Photos"), padding=18, parent=parent)
        self._thumbnails = thumbnails
        self._shown: list[str] = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(2))
        self._holder = holder
        self.zone = DropZone()
        self.zone.files_wanted.connect(self.files_wanted)
        self._kinds = Text("", Role.SMALL_MUTED, wrap=True)
        for widget in (holder, self.zone, self._kinds):
            self.add(widget)

    def show_photos(self, photos: tuple[DraftPhoto, ...]) -> None:
        ids: list[str] = [shown.photo.id + shown.photo.sha256 for shown in photos]
        if ids != self._shown:
            self._shown = ids
            self._rebuild(photos)
        self._holder.setVisible(bool(photos))
        have = {shown.photo.kind for shown in photos}
        said = [f"{words.short(kind)} ✓" for kind in PhotoKind if kind in have and kind is not PhotoKind.OTHER]
        more = len(photos) - _IN_SIGHT
        if more > 0:
            said.append(ngettext("{count} more photo", "{count} more photos", more).format(count=more))
        self._kinds.setText(" · ".join(said))
        self._kinds.setVisible(bool(said))

    def _rebuild(self, photos: tuple[DraftPhoto, ...]) -> None:
        empty(self._grid)
        for place, shown in enumerate(photos[-_IN_SIGHT:]):
            tile = PhotoTile(words.of(shown.photo.kind), _TILE)
            tile.clicked.connect(lambda _checked=False, photo=shown.photo: self.opened.emit(photo))
            self._thumbnails.fetch(tile, shown.photo.sha256, tile.set_picture)
            self._grid.addWidget(tile, place // 2, place % 2)


class PreviousVisit(QWidget):
    """What the last visit said, short; nothing where this is the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        column.addWidget(Text(_("The time before"), Role.HEADING))
        self._first = Text("", Role.SMALL, wrap=True)
        self._rest = Text("", Role.SMALL_MUTED, wrap=True)
        column.addWidget(self._first)
        column.addWidget(self._rest)

    def show_visit(self, visit: Visit | None) -> None:
        if visit is None:
            self._first.setText(_("This is the first visit."))
            self._rest.hide()
            return
        outcome = words.of(visit.outcome) if visit.outcome else ""
        first = (phrases.day(visit.visited_on), met_sentence(visit), outcome)
        self._first.setText(" · ".join(part for part in first if part))
        rest = " · ".join(part for part in (visit.whereabouts_note, visit.note, visit.next_note) if part)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
