"""The window of an open profile: rail, top bar and the screens. It takes a person where they ask to go; it loads no child itself."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.errors import Offline
from fieldapp.gui.navigation import (
    SCREENS,
    ChangeLook,
    Destination,
    Entry,
    FillForm,
    GoBack,
    OpenChild,
    OpenChildren,
    OpenHelp,
    OpenPractice,
    OpenSettings,
    OpenSync,
    OpenToday,
    RecordVisit,
    Screen,
    Tools,
    destination_of,
    entry_for,
)
from fieldapp.gui.practice_band import LEAVE_KEY, PracticeBand
from fieldapp.gui.rail import Rail
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.top_bar import TopBar
from fieldapp.gui.widgets.message import Message
from fieldapp.texts import _

if TYPE_CHECKING:
    from fieldapp.usecases.syncing import SyncOverview

_LONGEST_WAY_BACK = 20


class Shell(QWidget):
    lock_wanted = Signal()
    hide_wanted = Signal()
    look_wanted = Signal(object)
    practice_wanted = Signal()

    def __init__(self, tools: Tools, start: Destination | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._screens: dict[str, Screen] = {}
        self._here: Destination | None = None
        self._way: list[Destination] = []
        self.rail = Rail()
        self.top_bar = TopBar()
        self.message = Message()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._reload = QTimer(self)
        self._reload.setSingleShot(True)
        self._reload.setInterval(0)
        self._reload.timeout.connect(self._load_status)
        self.go(start or OpenToday())
        self._reload.start()

    @property
    def current(self) -> Screen:
        """The screen in front."""
        screen = self._stack.currentWidget()
        assert isinstance(screen, Screen)
        return screen

    def go(self, destination: Destination) -> None:
        """Take the person there; screens ask for it with their `navigate` signal."""
        if isinstance(destination, ChangeLook):
            self.look_wanted.emit(destination)
            return
        if isinstance(destination, OpenPractice):
            self.practice_wanted.emit()
            return
        if isinstance(destination, GoBack):
            destination = self._way.pop() if self._way else OpenToday()
        elif self._here is not None and self._here != destination:
            self._way = [*self._way[1 - _LONGEST_WAY_BACK :], self._here]
        self._show(destination)

    def leave(self) -> None:
        """Let the screen in front save what is open; the profile is about to be closed, or the window hidden."""
        self.current.leave()

    def come_back(self) -> None:
        """After `leave`, where the screen in front stayed the same."""
        self.current.refresh()

    def _show(self, destination: Destination) -> None:
        entry = entry_for(destination)
        screen = self._screen(entry)
        if self._here is not None and self.current is not screen:
            self.current.leave()
        self._here = destination
        self.message.clear()
        screen.arrive(destination)
        self._stack.setCurrentWidget(screen)
        screen.refresh()
        self.rail.show_current(_place_in_rail(destination, entry))
        self._show_title()
        if entry.key != "children" or isinstance(destination, OpenChild):
            self.top_bar.search.clear()
        elif isinstance(destination, OpenChildren):
            self.top_bar.search.setText(destination.text)

    def _screen(self, entry: Entry) -> Screen:
        if entry.key not in self._screens:
            screen = entry.factory(self._tools)
            screen.navigate.connect(self.go)
            screen.title_changed.connect(self._show_title)
            screen.search_typed.connect(self._on_search_typed)
            self._screens[entry.key] = screen
            self._stack.addWidget(screen)
        return self._screens[entry.key]

    def _show_title(self) -> None:
        self.top_bar.set_title(self.current.title(), self.current.subtitle())

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # It has the keyboard after unlocking, and is no stop of the Tab key.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self._tools.client.is_practice:
            band = PracticeBand()
            band.left.connect(self.lock_wanted)
            outer.addWidget(band)
            # Nothing here is anybody's secret, and no passphrase could bring it back.
            self.top_bar.hiding.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        outer.addLayout(row, 1)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        told = QVBoxLayout()
        told.setContentsMargins(space(6), 0, space(6), 0)
        told.addWidget(self.message)
        column.addLayout(told)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_chosen)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.top_bar.searched.connect(self._on_searched)
        self.top_bar.hide_wanted.connect(self.hide_wanted)
        self.top_bar.sync_wanted.connect(partial(self.go, OpenSync()))
        self.message.acted.connect(self.message.clear)
        self._tools.tasks.unhandled.connect(self._on_unhandled)
        self._tools.changes.changed.connect(self._on_changed)
        self._tools.sync.started.connect(self.top_bar.set_syncing)
        self._tools.sync.finished.connect(self._on_sync_finished)
        numbered = [entry.key for entry in SCREENS if entry.icon]
        keys: list[tuple[str, Callable[[], None]]] = [
            (f"Ctrl+{number}", partial(self.go, destination_of(key))) for number, key in enumerate(numbered, start=1)
        ]
        keys += [
            ("Ctrl+K", self._focus_search),
            ("Ctrl+,", partial(self.go, OpenSettings())),
            ("Ctrl+L", self.lock_wanted.emit),
            ("F1", partial(self.go, OpenHelp())),
            ("Alt+Left", partial(self.go, GoBack())),
        ]
        if self._tools.client.is_practice:
            keys.append((LEAVE_KEY, self.lock_wanted.emit))
        for key, action in keys:
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def _on_chosen(self, key: str) -> None:
        self.go(destination_of(key))

    def _focus_search(self) -> None:
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _on_searched(self, text: str) -> None:
        if self._here is None or entry_for(self._here).key != "children":
            self.go(OpenChildren(text))
            # Arriving set the text; the person goes on typing at its end.
            self.top_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.current.search(text)

    def _on_search_typed(self, letter: str) -> None:
        self.top_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.top_bar.search.setText(letter)
        self._on_searched(letter)

    def _on_unhandled(self, error: Exception) -> None:
        self.message.show_error(error, _("Close"))

    def _on_changed(self, _changes: object) -> None:
        self._reload.start()

    def _on_sync_finished(self, _result: object, error: Exception | None) -> None:
        self._reload.start()
        # The sync page tells it itself.
        if error is not None and not isinstance(error, Offline) and not isinstance(self._here, OpenSync):
            self.message.show_error(error, _("Close"))

    def _load_status(self) -> None:
        self._tools.tasks.run(self, self._tools.client.syncing.overview, self._show_status)

    def _show_status(self, overview: "SyncOverview") -> None:
        self.top_bar.set_unsent(overview.unsent.total)
        # What the sync page would show: what waits to go, and what waits for this person.
        needs_you = len(overview.needs_you) + len(overview.aside_photos) + len(overview.conflicts)
        self.rail.button("sync").set_badge(overview.unsent.total + needs_you)
        if self._tools.sync.running:
            self.top_bar.set_syncing()
        else:
            self.top_bar.set_last_sync(overview.last_complete_at, self._tools.clock())


def _place_in_rail(destination: Destination, entry: Entry) -> str:
    """What is about a child belongs to the children, what is about a school to the school."""
    if isinstance(destination, FillForm):
        return "school" if destination.school_code else "children"
    return "children" if isinstance(destination, RecordVisit) else entry.key
