"""Part 4: the photos of the visit, what each shows, and the place that one of them may tell."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.care.consent import Consent
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Position, Visit
from fieldapp.domain.visit_photos import missing
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.visit.parts.part import VisitPart
from fieldapp.gui.screens.visit.parts.photo_slot import PhotoSlot
from fieldapp.gui.screens.visit.parts.photos_shown import PhotosShown
from fieldapp.gui.screens.visit.summaries import position
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.drop_zone import DropZone
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.photo_tile import PhotoTile
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.photos import DraftPhoto

_TILE = QSize(184, 132)


class PhotosPart(VisitPart):
    files_wanted = Signal()
    phone_wanted = Signal()
    camera_wanted = Signal()
    kind_wanted = Signal(object)
    opened = Signal(object)
    removed = Signal(str)
    kind_chosen = Signal(str, object)
    position_taken = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._tiles: dict[str, _Tile] = {}
        self._slots: dict[PhotoKind, PhotoSlot] = {}
        self._photos: tuple[DraftPhoto, ...] = ()
        self._refused: Consent | None = None
        self._offer: Position | None = None
        self.heading(_("Photos of the visit"), _("the house from outside and inside; none is fine too"))
        # Above the pictures, which may fill the window.
        self.message = Message()
        self.column.addWidget(self.message)
        self.offer = Message()
        self.offer.acted.connect(self._on_offer_taken)
        self.column.addWidget(self.offer)
        self.shown = PhotosShown()
        self.shown.chosen.connect(lambda show: self.answer(photos_show=show))
        self.column.addWidget(self.shown)
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=space(4))
        self.column.addWidget(holder)
        self.zone = DropZone(large=True)
        self.zone.files_wanted.connect(self.files_wanted)
        self.column.addWidget(self.zone)
        self.phone = buttons.link(_("Pictures from the phone"), "photo")
        self.phone.clicked.connect(self.phone_wanted)
        self.camera = buttons.link(_("Take a photo with the camera"), "photo")
        self.camera.clicked.connect(self.camera_wanted)
        self.camera.hide()
        ways = QHBoxLayout()
        ways.setSpacing(space(4))
        ways.addWidget(self.camera)
        ways.addWidget(self.phone)
        ways.addStretch(1)
        self.column.addLayout(ways)
        self._busy = Text("", Role.MUTED)
        self.column.addWidget(self._busy)
        self.column.addStretch(1)

    def show_visit(self, visit: Visit) -> None:
        super().show_visit(visit)
        self.shown.show_choice(visit.photos_show)
        self._arrange()

    def show_refusal(self, word: Consent | None) -> None:
        """The guardian's no to photos, if there is one."""
        self._refused = word
        self.shown.show_refusal(word)
        self._arrange()

    def show_photos(self, photos: tuple[DraftPhoto, ...], under_way: int) -> None:
        self._photos = photos
        shown: dict[str, DraftPhoto] = {photo.photo.id: photo for photo in photos}
        for photo_id in [known for known, tile in self._tiles.items() if known not in shown or tile.sha256 != shown[known].photo.sha256]:
            self._drop(self._tiles.pop(photo_id))
        for photo_id, photo in shown.items():
            if photo_id in self._tiles:
                self._tiles[photo_id].show_kind(photo.photo.kind)
            else:
                self._tiles[photo_id] = self._tile(photo)
        self._arrange()
        text = ngettext("Taking in {count} photo…", "Taking in {count} photos…", under_way).format(count=under_way)
        self._busy.setText(text)
        self._busy.setVisible(under_way > 0)

    def offer_position(self, place: Position) -> None:
        self._offer = place
        self.offer.show_info(
            _("This photo tells where it was taken: {place}").format(place=position(place)),
            _("Is that where the visit was?"),
            _("Use it as the place of the visit"),
        )

    def say_original_dropped(self) -> None:
        """A photo was taken in, the file that it came as was not kept."""
        if self.message.isHidden():
            self.message.show_info(
                _("The photo is saved, its original is not: there is no room on this computer."),
                _("The photo itself goes to the district as always. Keep the original on the phone if it may be needed."),
            )

    def withdraw_offer(self) -> None:
        self._offer = None
        self.offer.clear()

    def missing(self) -> tuple[PhotoKind, ...]:
        """What the form still wants of this visit."""
        taken = {photo.photo.kind for photo in self._photos}
        return missing(self.visit.photos_show if self.visit else None, taken, refused=self._refused is not None)

    def slots(self) -> tuple[PhotoSlot, ...]:
        return tuple(self._slots.values())

    def tiles(self) -> list["_Tile"]:
        return list(self._tiles.values())

    def _arrange(self) -> None:
        """First what the form wants, in its order, taken or not; then the others as they came."""
        wanted = self.missing()
        for kind in [kind for kind in self._slots if kind not in wanted]:
            self._drop(self._slots.pop(kind))
        for kind in wanted:
            if kind not in self._slots:
                slot = self._slots[kind] = PhotoSlot(kind, _TILE)
                slot.clicked.connect(lambda _checked=False, kind=kind: self.kind_wanted.emit(kind))
        order = list(PhotoKind)
        placed: list[tuple[int, QWidget]] = [(order.index(kind), slot) for kind, slot in self._slots.items()]
        placed += [(order.index(photo.photo.kind), self._tiles[photo.photo.id]) for photo in self._photos if photo.photo.id in self._tiles]
        for _place, widget in sorted(placed, key=lambda one: one[0]):
            self._flow.removeWidget(widget)
            self._flow.addWidget(widget)
            widget.show()
        self.shown.show_lack(wanted, refused=self._refused is not None, any_taken=bool(self._photos))

    def _drop(self, gone: QWidget) -> None:
        self._flow.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _tile(self, photo: DraftPhoto) -> "_Tile":
        tile = _Tile(photo, self._thumbnails)
        tile.opened.connect(lambda: self.opened.emit(photo.photo))
        tile.removed.connect(lambda: self.removed.emit(photo.photo.id))
        tile.kind_chosen.connect(lambda kind: self.kind_chosen.emit(photo.photo.id, kind))
        return tile

    def _on_offer_taken(self) -> None:
        place = self._offer
        self.withdraw_offer()
        if place:
            self.position_taken.emit(place)


class _Tile(QWidget):
    opened = Signal()
    removed = Signal()
    kind_chosen = Signal(object)

    def __init__(self, photo: DraftPhoto, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = photo.photo.kind
        self.sha256 = photo.photo.sha256
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        self.picture = PhotoTile(words.of(self._kind), _TILE)
        self.picture.clicked.connect(self.opened)
        column.addWidget(self.picture)
        self.kind = buttons.small("")
        self.kind.setFixedWidth(_TILE.width() - 48)
        self.kind.clicked.connect(self._open_menu)
        self.remove = buttons.tool("trash", _("Remove this photo"))
        self.remove.clicked.connect(self.removed)
        line = QHBoxLayout()
        line.setSpacing(space(1))
        line.addWidget(self.kind)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(line)
        self.show_kind(self._kind)
        thumbnails.fetch(self, photo.photo.sha256, lambda data: self.picture.set_picture(data, _("cannot be shown")))

    def show_kind(self, kind: PhotoKind) -> None:
        self._kind = kind
        self.kind.setText(f"{words.short(kind)} ▾")
        self.kind.setAccessibleName(_("What the photo shows: {kind}").format(kind=words.of(kind)))
        self.picture.setToolTip(words.of(kind))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for kind in PhotoKind:
            action = QAction(words.of(kind), menu, checkable=True, checked=kind is self._kind)
            action.triggered.connect(lambda _checked=False, kind=kind: self.kind_chosen.emit(kind))
            menu.addAction(action)
        menu.popup(self.kind.mapToGlobal(self.kind.rect().bottomLeft()))
