"""The photos of a child: thumbnails with what they show and whether the district has them; a click opens the picture."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.photo_tile import PhotoTile
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import CardPhoto, PhotoDelivery

_TILE = QSize(140, 104)
_TONES = {
    PhotoDelivery.WAITING: Tone.WARNING,
    PhotoDelivery.RECEIVED: Tone.GOOD,
    PhotoDelivery.SET_ASIDE: Tone.DANGER,
    PhotoDelivery.ELSEWHERE: Tone.NEUTRAL,
}


class Gallery(QWidget):
    """`opened` carries the CardPhoto."""

    opened = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[tuple[CardPhoto, ...], bool] = ((), False)
        self._grid: QWidget | None = None

    def show_photos(self, photos: tuple[CardPhoto, ...], *, may_be_shown: bool) -> None:
        """`may_be_shown`: with consent to it."""
        if self._grid and (photos, may_be_shown) == self._shown:
            return
        self._shown = photos, may_be_shown
        empty(self._column)
        if photos and not may_be_shown:
            said = _("No consent to show photos: they stay out of reports and printed pages.")
            self._column.addWidget(Text(said, Role.SMALL, wrap=True, tone=Tone.WARNING))
        self._grid = QWidget()
        flow = FlowLayout(self._grid, spacing=space(3))
        for photo in photos:
            flow.addWidget(self._tile(photo))
        self._column.addWidget(self._grid)
        if not photos:
            self._column.addWidget(Text(_("No photos yet. They are added while a visit is recorded."), Role.MUTED, wrap=True))
        self._column.addStretch(1)

    def tiles(self) -> list[PhotoTile]:
        return self.findChildren(PhotoTile)

    def _tile(self, shown: CardPhoto) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        tile = PhotoTile(words.of(shown.photo.kind), _TILE)
        tile.clicked.connect(lambda: self.opened.emit(shown))
        mark = " ✓" if shown.delivery is PhotoDelivery.RECEIVED else ""
        column.addWidget(tile)
        column.addWidget(Text(words.short(shown.photo.kind), Role.SMALL))
        column.addWidget(Text(f"{words.short(shown.delivery)}{mark}", Role.SMALL, tone=_TONES[shown.delivery]))
        if shown.here:
            self._thumbnails.fetch(tile, shown.photo.sha256, lambda data: tile.set_picture(data, _("cannot be shown")))
        else:
            tile.set_picture(None, _("not on this laptop"))
        return holder
