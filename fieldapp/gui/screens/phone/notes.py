"""What there is to say about the pictures as a whole: the clock of the phone, what cannot be read, what was taken in before, and what to do
where there is nothing."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.screens.phone import words
from fieldapp.gui.screens.phone.reading import Reading
from fieldapp.gui.screens.phone.taking import Taking
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.drop_zone import DropZone
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.phone_pictures import Standing
from fieldapp.usecases.phone_sorting import Sorting


class PhoneNotes(QWidget):
    """`clock_set` carries a camera and what to add to its time."""

    older_wanted = Signal()
    aside_wanted = Signal()
    clock_set = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock: tuple[str, dt.timedelta] | None = None
        self.result, self.trouble, self.clock, self.unread = Message(), Message(), Message(), Message()
        self.clock.acted.connect(self._on_clock_acted)
        self.before = Text("", Role.SMALL_MUTED, wrap=True)
        self.aside = buttons.link(_("Offer them again"))
        self.aside.clicked.connect(self.aside_wanted)
        self.older = buttons.link("")
        self.older.clicked.connect(self.older_wanted)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(self.before, 1)
        for button in (self.aside, self.older):
            row.addWidget(button)
        self.empty = Card()
        self._nothing = EmptyState(
            "photo",
            _("No new pictures"),
            _("Plug in the phone or its SD card, choose the folder where its pictures arrive, or drop pictures here."),
        )
        self._no_visit = EmptyState(
            "today", _("No visit of the last days"), _("Begin a visit on its page first; then its pictures can be taken in here.")
        )
        self.zone = DropZone(_("+ Choose pictures"), _("or drop pictures and folders here"), large=True)
        for widget in (self._nothing, self._no_visit, self.zone):
            self.empty.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        for message in (self.result, self.trouble, self.clock, self.unread):
            column.addWidget(message)
        column.addWidget(self._line)
        column.addWidget(self.empty)

    def show_all(self, reading: Reading, sorting: Sorting, now: dt.datetime) -> None:
        self._show_clock(sorting, now, still_reading=reading.running)
        if reading.unreadable:
            self.unread.show_warning(*words.unreadable(reading.unreadable))
        else:
            self.unread.clear()
        taken, aside = len(sorting.standing(Standing.TAKEN_IN)), len(sorting.standing(Standing.NOT_FOR_US))
        said = [
            _("Taken in already: {pictures}.").format(pictures=words.pictures(taken)) if taken else "",
            _("Not for us: {pictures}.").format(pictures=words.pictures(aside)) if aside else "",
        ]
        beyond = reading.listing.beyond
        if beyond:
            said.append(_("These are the newest; {pictures} more come when they are sorted.").format(pictures=words.pictures(beyond)))
        self.before.setText(" ".join(part for part in said if part))
        self.before.setVisible(any(said))
        self.aside.setVisible(aside > 0)
        older = reading.listing.older
        self.older.setText(_("Look at older ones too ({count})").format(count=f"{older:,}"))
        self.older.setVisible(older > 0)
        self._line.setVisible(any(said) or aside > 0 or older > 0)
        nothing = not reading.running and not sorting.heaps()
        self.empty.setVisible(nothing or not sorting.visits)
        self._nothing.setVisible(nothing and bool(sorting.visits))
        self._no_visit.setVisible(not sorting.visits)
        self.zone.setVisible(nothing)

    def say_pulled_out(self, name: str) -> None:
        self.trouble.show_warning(
            _("The phone or card was pulled out: {name}").format(name=name),
            _("Everything taken in is safe here. Plug it in again to go on with the rest."),
        )

    def say_no_files(self) -> None:
        """What was dropped has no file on this computer, as with phones in the Explorer of Windows."""
        self.trouble.show_warning(
            _("These pictures cannot be taken from there."),
            _("Copy them into a folder of this computer first, best into the watched folder."),
        )

    def say_result(self, taking: Taking) -> None:
        title, text = words.result(taking)
        if taking.taken and not taking.refused:
            self.result.show_good(title, text)
        else:
            self.result.show_warning(title, text)

    def _show_clock(self, sorting: Sorting, now: dt.datetime, *, still_reading: bool) -> None:
        """A guess is made when all pictures are known: it would change with every few."""
        guesses = () if still_reading else sorting.suggestions()
        doubtful = sorting.doubtful(now) if sorting.visits else ()
        self._clock = None
        if guesses:
            self._clock = (guesses[0].camera, guesses[0].offset)
            self.clock.show_info(*words.clock_guess(guesses[0]), _("Set it right"))
        elif doubtful and not still_reading:
            self.clock.show_info(*words.clock_doubt(doubtful))
        elif sorting.offsets:
            camera, offset = next(iter(sorting.offsets.items()))
            self._clock = (camera, dt.timedelta())
            self.clock.show_info(words.clock_set(camera, offset), "", _("Take its time as it is"))
        else:
            self.clock.clear()

    def _on_clock_acted(self) -> None:
        if self._clock is not None:
            self.clock_set.emit(*self._clock)
