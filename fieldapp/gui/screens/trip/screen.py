"""The screen TRIP: who is visited tomorrow and in which order, whether everything is on board, and the paper for the glove box."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.where import ask_for_pdf, write_paper
from fieldapp.gui.navigation import Clock, Destination, OpenChild, OpenChildren, OpenSync, OpenTrip, RecordVisit, Screen
from fieldapp.gui.screens.today.readiness_card import ChecksCard
from fieldapp.gui.screens.trip.checks import checks
from fieldapp.gui.screens.trip.distances import far_words
from fieldapp.gui.screens.trip.paper import as_pdf, paper, print_paper
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import ChildRow, ListFilter
from fieldapp.usecases.trip_packs import TripPack

if TYPE_CHECKING:
    from fieldapp.client import Client

_SIDE = 360


class TripScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._pack: TripPack | None = None
        self.message = Message()
        self._stops = QVBoxLayout()
        self._stops.setSpacing(space(2))
        self.checks = ChecksCard(_("Everything is on board"), _("Before you leave"))
        self.checks.sync_requested.connect(lambda: self.navigate.emit(OpenSync()))
        self.village = buttons.plain(_("Add a village"))
        self.village.clicked.connect(self._on_village)
        self.choose = buttons.plain(_("Choose from the list"))
        self.choose.clicked.connect(lambda: self.navigate.emit(OpenChildren()))
        self.clear = buttons.link(_("Empty the trip"))
        self.clear.clicked.connect(lambda: self._do(self.client.trips.clear))
        self.print = buttons.plain(_("Print"), "printer")
        self.print.clicked.connect(self._on_print)
        self.save = buttons.plain(_("Save as PDF"), "printer")
        self.save.clicked.connect(lambda: self.save_to(ask_for_pdf(self, "แผนเยี่ยม")))
        self._lay_out()
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Tomorrow's trip")

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, OpenTrip):
            add, everybody = destination.case_ids, destination.everybody
            if everybody is not None:
                self._do(lambda: self.client.trips.add_all(everybody))
            elif add:
                self._do(lambda: self.client.trips.add(add))

    def refresh(self) -> None:
        self.tasks.run(self, self.client.trips.read, self._show)

    def save_to(self, path: Path | None) -> None:
        if path is None or self._pack is None:
            return
        content = as_pdf(paper(self._pack.stops, self._pack.legs, self.client.help_lines.known, self.today()))
        write_paper(path, content, self.message, _("Delete the file when it is printed."))

    def _lay_out(self) -> None:
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        main = ScrollPage(spacing=space(3))
        tools = QHBoxLayout()
        tools.setSpacing(space(2))
        for button in (self.village, self.choose, self.clear):
            tools.addWidget(button)
        tools.addStretch(1)
        main.body.addLayout(tools)
        main.body.addWidget(self.message)
        main.body.addLayout(self._stops)
        main.body.addStretch(1)
        side = ScrollPage(spacing=space(4))
        side.body.setContentsMargins(space(2), space(5), space(6), space(6))
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self.checks)
        sheet = Card(_("Paper for the glove box"))
        sheet.add(
            Text(_("The order of the visits with shortened names and the numbers of help. No ID numbers."), Role.SMALL_MUTED, wrap=True)
        )
        row = QHBoxLayout()
        row.addWidget(self.print)
        row.addWidget(self.save)
        sheet.body.addLayout(row)
        side.body.addWidget(sheet)
        side.body.addStretch(1)
        columns.addWidget(main, 1)
        columns.addWidget(side)

    def _show(self, pack: TripPack) -> None:
        self._pack = pack
        self.checks.set_checks(checks(pack, self.clock()))
        self.village.setEnabled(bool(pack.villages))
        for button in (self.clear, self.print, self.save):
            button.setEnabled(bool(pack.stops))
        empty(self._stops)
        number = 0
        far = far_words(pack.legs)
        for village, rows in groupby(pack.stops, key=lambda row: phrases.place_short(row.moo, row.tambon_code, row.village)):
            here = list(rows)
            note = ngettext("{count} child", "{count} children", len(here)).format(count=len(here))
            self._stops.addWidget(SectionTitle(village, " · ".join(part for part in (note, far.get(here[0].case_id, "")) if part)))
            card = Card(padding=space(2))
            for row in here:
                number += 1
                card.add(self._stop(number, row))
            self._stops.addWidget(card)
        if not pack.stops:
            said = _("Choose villages here, or children in the list. They stay on this page in the order of the way.")
            self._stops.addWidget(Text(said, Role.MUTED, wrap=True))

        if far:
            said = _("Distances are straight lines between houses that a visit located; roads are longer.")
            self._stops.addWidget(Text(said, Role.SMALL_MUTED, wrap=True))

    def _stop(self, number: int, row: ChildRow) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(space(4), space(1), space(2), space(1))
        line.setSpacing(space(2))
        line.addWidget(Text(f"{number}.", Role.MUTED))
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Text(phrases.full_name(row), Role.STRONG, elide=True))
        told.addWidget(Text(phrases.place(row.house_no, row.moo, row.tambon_code, row.village), Role.SMALL_MUTED, elide=True))
        line.addLayout(told, 1)
        case_id = row.case_id
        visit = buttons.plain(_("Record a visit"))
        visit.clicked.connect(lambda: self.navigate.emit(RecordVisit(case_id)))
        card = buttons.tool("user", _("Open the card"))
        card.clicked.connect(lambda: self.navigate.emit(OpenChild(case_id)))
        off = buttons.tool("trash", _("Take off the trip"))
        off.clicked.connect(lambda: self._do(lambda: self.client.trips.remove(case_id)))
        for button in (visit, card, off):
            line.addWidget(button)
        return holder

    def _on_village(self) -> None:
        if self._pack is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for village in self._pack.villages:
            name = phrases.place_short(village.moo, village.tambon_code, village.village)
            action = QAction(f"{name}   {village.count:,}", menu)
            action.triggered.connect(self._adding((village.tambon_code, village.moo)))
            menu.addAction(action)
        menu.popup(self.village.mapToGlobal(self.village.rect().bottomLeft()))

    def _adding(self, village: tuple[str, str]) -> Callable[[], None]:
        return lambda: self._do(lambda: self.client.trips.add_all(ListFilter(village=village)))

    def _do(self, work: Callable[[], int | None]) -> None:
        self.tasks.run(self, work, self._on_done)

    def _on_done(self, left_out: int | None) -> None:
        self.message.clear()
        if left_out:
            said = ngettext("{count} child did not fit on this trip.", "{count} children did not fit on this trip.", left_out)
            self.message.show_warning(said.format(count=left_out), _("Take somebody off, or plan another day."))
        self.refresh()

    def _on_print(self) -> None:
        # Qt's printing is loaded when somebody prints.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._pack is not None and QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            print_paper(paper(self._pack.stops, self._pack.legs, self.client.help_lines.known, self.today()), printer)

    def _on_changed(self, _changes: object) -> None:
        if self.isVisible():
            self.refresh()
