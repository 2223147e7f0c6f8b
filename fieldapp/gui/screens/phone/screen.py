"""ภาพจากโทรศัพท์: pictures of a phone or card beside the visits of the last days; a person confirms, and they are taken in."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Screen
from fieldapp.gui.phone_watch import PhoneWatch
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.phone import words
from fieldapp.gui.screens.phone.foot import PhoneFoot
from fieldapp.gui.screens.phone.heap_card import HeapCard
from fieldapp.gui.screens.phone.menus import PictureMenu, add_visits
from fieldapp.gui.screens.phone.notes import PhoneNotes
from fieldapp.gui.screens.phone.reading import Reading
from fieldapp.gui.screens.phone.sources_card import SourcesCard
from fieldapp.gui.screens.phone.taking import Taking
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.volumes import PluggedIn, plugged_in
from fieldapp.gui.widgets.drop_zone import ask_for_files
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.texts import _
from fieldapp.usecases import pictures
from fieldapp.usecases.phone_pictures import PhonePicture, Standing
from fieldapp.usecases.phone_sorting import Item, Sorting

if TYPE_CHECKING:
    from fieldapp.client import Client


class PhoneScreen(Screen):
    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        clock: Clock,
        parent: QWidget | None = None,
        plugged_in: Callable[[], Sequence[PluggedIn]] = plugged_in,
    ) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self.sorting = Sorting()
        self.reading = Reading(client.phone_pictures, tasks, plugged_in, self)
        self.taking = Taking(client.phone_pictures, tasks, changes, self)
        self.watch = PhoneWatch(self)
        self.sources = SourcesCard()
        self.notes = PhoneNotes()
        self.foot = PhoneFoot()
        self._cards: dict[str, HeapCard] = {}
        self._heaps = QVBoxLayout()
        self._heaps.setSpacing(space(3))
        self._page = page = ScrollPage(spacing=space(3))
        for widget in (self.sources, self.notes):
            page.body.addWidget(widget)
        page.body.addLayout(self._heaps)
        page.body.addStretch(1)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addWidget(self.foot)
        self.setAcceptDrops(True)
        self._connect()

    def title(self) -> str:
        return _("Pictures from the phone")

    def refresh(self) -> None:
        if not self.taking.running:
            self.reading.begin()

    def leave(self) -> None:
        """What was read stays read; the rest is read when the person comes back. What is being taken in goes on."""
        self.reading.stop()

    def cards(self) -> tuple[HeapCard, ...]:
        """In the order in which they stand."""
        return tuple(self._cards[_of(heap.visit)] for heap in self.sorting.heaps())

    def add(self, paths: Sequence[Path]) -> None:
        """Files and folders that a person dropped."""
        if paths:
            self.reading.name(paths)
        else:
            self.notes.say_no_files()

    def choose_files(self) -> None:
        chosen = [path for path in ask_for_files(self) if isinstance(path, Path)]
        if chosen:
            self.reading.name(chosen)

    def watch_folder(self, folder: Path | None) -> None:
        self.tasks.run(self, lambda: self.client.phone_pictures.set_folder(folder), lambda _done: self.reading.begin())

    def take_in(self) -> None:
        choices = self.sorting.choices()
        if choices and not self.taking.running:
            self.reading.stop()
            self.notes.result.clear()
            self.taking.begin(choices)
            self._show_foot()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # What comes from the window of a phone has no place on this computer; it is taken hold of all the same, to say what to do.
        event.acceptProposedAction()
        self.notes.zone.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.notes.zone.set_hot(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Copied from: whatever the file manager proposes, nothing is moved away from there."""
        self.notes.zone.set_hot(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _connect(self) -> None:
        self.sources.folder_wanted.connect(self._on_folder_wanted)
        self.sources.files_wanted.connect(self.choose_files)
        self.sources.again_wanted.connect(lambda: self.reading.begin())
        self.notes.zone.files_wanted.connect(self.choose_files)
        self.notes.older_wanted.connect(lambda: self.reading.begin(old_ones=True))
        self.notes.clock_set.connect(self._on_clock_set)
        self.notes.aside_wanted.connect(self._on_aside_wanted)
        self.watch.stirred.connect(self._on_stirred)
        self.reading.begun.connect(self._on_listed)
        self.reading.went_on.connect(self._show)
        self.reading.ended.connect(self._show)
        self.reading.pulled_out.connect(self.notes.say_pulled_out)
        self.reading.failed.connect(self.notes.trouble.show_error)
        self.taking.went_on.connect(self._show_foot)
        self.taking.ended.connect(self._on_taken)
        self.foot.take_wanted.connect(self.take_in)
        self.foot.stopped.connect(self._on_stop)

    def _on_listed(self) -> None:
        self.notes.trouble.clear()
        folder, is_there = self.reading.folder, self.reading.folder_is_there
        self.watch.watch(folder if is_there else None)
        self.sources.show_sources(folder, self.reading.plugged_in, is_there=is_there)
        self._show()

    def _show(self) -> None:
        self.sorting.lay_out(self.reading.visits, self.reading.pictures)
        self._show_sorted()

    def _show_sorted(self) -> None:
        heaps = self.sorting.heaps()
        wanted = [_of(heap.visit) for heap in heaps]
        for key in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(key)
            self._heaps.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, heap in enumerate(heaps):
            key = wanted[place]
            if key not in self._cards:
                self._cards[key] = self._card(key, HeapCard(heap.visit, self.today()))
            card = self._cards[key]
            if self._heaps.indexOf(card) != place:
                self._heaps.insertWidget(place, card)
            card.show_heap(heap)
        self._order_tabs()
        self.notes.show_all(self.reading, self.sorting, self.clock())
        self._show_foot()

    def _order_tabs(self) -> None:
        """From heap to heap as they stand, and to the button last."""
        stops = [stop for card in self.cards() for stop in (card.all, card.move_them, card.tiles)]
        for before, after in pairwise([*stops, self.foot.take]):
            QWidget.setTabOrder(before, after)

    def _card(self, key: str, card: HeapCard) -> HeapCard:
        card.toggled.connect(partial(self._on_toggled, card))
        card.menu_wanted.connect(partial(self._on_menu_wanted, card))
        card.all_wanted.connect(lambda chosen: self._do(lambda: self.sorting.choose(_keys(card), chosen=chosen)))
        card.move_wanted.connect(partial(self._on_move_wanted, card, key))
        return card

    def _show_foot(self) -> None:
        self.foot.setVisible(bool(self._cards) or self.reading.running or self.taking.running)
        self.foot.show_standing(self.sorting.choices(), self.reading, self.taking)

    def _on_toggled(self, card: HeapCard, key: str) -> None:
        item = next(item for item in card.heap.items if item.key == key)
        self._do(lambda: self.sorting.choose([key], chosen=not item.chosen))

    def _on_menu_wanted(self, card: HeapCard, key: str, at: QPoint) -> None:
        item = next(item for item in card.heap.items if item.key == key)
        menu = PictureMenu(
            item,
            _of(card.heap.visit),
            self.sorting.visits,
            self.today(),
            set_kind=lambda kind: self._do(lambda: self.sorting.set_kind([key], kind)),
            move=lambda visit_id: self._do(lambda: self.sorting.move([key], visit_id)),
            taken_at=lambda visit_id: self._do(lambda: self.sorting.taken_at(key, visit_id)),
            look=lambda: self._look(item),
            not_for_us=lambda: self._set_aside([item.picture]),
            parent=self,
        )
        menu.popup(at)

    def _on_move_wanted(self, card: HeapCard, here: str, at: QPoint) -> None:
        keys = card.chosen()
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        add_visits(menu, self.sorting.visits, self.today(), lambda visit_id: self._do(lambda: self.sorting.move(keys, visit_id)), here)
        menu.addSeparator()
        aside = [item.picture for item in card.heap.items if item.key in keys]
        menu.addAction(_("Not for us: do not offer them again")).triggered.connect(lambda: self._set_aside(aside))
        menu.popup(at)

    def _do(self, change: Callable[[], None]) -> None:
        change()
        self._show_sorted()

    def _look(self, item: Item) -> None:
        below = f"{words.item_time(item, self.today())} · {item.picture.path}"
        PictureViewer(item.key, item.picture.path.name, below, _Original(item.picture.path, self.tasks), self).open()

    def _set_aside(self, chosen: Sequence[PhonePicture]) -> None:
        self.tasks.run(self, lambda: self.client.phone_pictures.not_for_us(chosen), lambda _done: self.reading.begin())

    def _on_aside_wanted(self) -> None:
        aside = self.sorting.standing(Standing.NOT_FOR_US)
        self.tasks.run(self, lambda: self.client.phone_pictures.for_us_after_all(aside), lambda _done: self.reading.begin())

    def _on_clock_set(self, camera: str, offset: object) -> None:
        self._do(lambda: self.sorting.set_clock(camera, offset))  # type: ignore[arg-type]

    def _on_stirred(self) -> None:
        if self.isVisible() and not self.taking.running:
            self.reading.begin()

    def _on_stop(self) -> None:
        self.taking.stop()
        self.reading.stop()

    def _on_taken(self) -> None:
        self.notes.say_result(self.taking)
        self._page.verticalScrollBar().setValue(0)
        self.reading.begin()

    def _on_folder_wanted(self) -> None:
        start = self.reading.folder or Path.home()
        chosen = QFileDialog.getExistingDirectory(self, _("Folder in which pictures of the phone arrive"), str(start))
        if chosen:
            self.watch_folder(Path(chosen))


class _Original:
    """The picture as it would be taken in, for looking at it."""

    def __init__(self, path: Path, tasks: Tasks) -> None:
        self._path = path
        self._tasks = tasks

    def picture(self, owner: QObject, _sha256: str, then: Callable[[bytes | None], None]) -> None:
        self._tasks.run(owner, lambda: pictures.take_in(self._path).data, then, lambda _error: then(None), Lane.PHOTOS)


def _of(visit: object) -> str:
    return str(getattr(visit, "visit_id", ""))


def _keys(card: HeapCard) -> list[str]:
    return [item.key for item in card.heap.items]
