"""Signed papers: photos and scans of sheets come in here, go to their records by their codes, and what no code tells is sorted by hand."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, GoBack, OpenChild, Screen
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.screens.papers.rows import DoneRow, LooseRow
from fieldapp.gui.screens.papers.sort_dialog import SortDialog
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.tokens import PAGE_WIDTH, space
from fieldapp.gui.widgets.buttons import link
from fieldapp.gui.widgets.card import Card, Divider
from fieldapp.gui.widgets.drop_zone import DropZone
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.section_title import SectionTitle
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.papers.filing import LooseSheet, Sheet, TakenIn
from fieldapp.usecases.papers.sheets import ENDINGS

if TYPE_CHECKING:
    from fieldapp.client import Client

# More lines than these tell a person nothing more.
_LINES = 60


class PapersScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._thumbnails = Thumbnails(client.photos, tasks)
        self._cancel = Event()
        self._done = 0
        self.message = Message()
        self.zone = DropZone(_("+ Take in signed sheets"), _("photos, or a PDF of the scanner; drop them here or choose files"), large=True)
        self.zone.files_wanted.connect(self._ask)
        self.strip = ProgressStrip(_("Stop"))
        self.strip.cancelled.connect(self._on_cancelled)
        self._strip_card = Card()
        self._strip_card.add(self.strip)
        self._strip_card.hide()
        self.results = Card()
        self.results.hide()
        self._loose_title = SectionTitle("")
        self.loose = Card()
        self.setAcceptDrops(True)
        self._lay_out()
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Signed papers")

    def refresh(self) -> None:
        self.tasks.run(self, self.client.papers.loose, self._show_loose, self.message.show_error)

    def take_in(self, paths: list[Path]) -> None:
        """Nothing while others are being taken in."""
        if not paths or self._strip_card.isVisible():
            return
        self._cancel = cancel = Event()
        self._done = 0
        self.message.clear()
        self.results.hide()
        self.zone.setEnabled(False)
        self._strip_card.show()
        self._on_progress((0, len(paths), 0))
        told: Callable[[tuple[int, int, int]], None] = self.tasks.progress(self, self._on_progress)
        count = [0]

        def on_sheet(place: int, _sheet: Sheet) -> None:
            count[0] += 1
            told((place, len(paths), count[0]))

        self.tasks.run(
            self, lambda: self.client.papers.take_in(paths, on_sheet, cancel.is_set), self._on_taken, self._on_failed, Lane.PHOTOS
        )

    def leave(self) -> None:
        """What was begun goes on: nothing is lost by leaving."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            self.zone.set_hot(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: object) -> None:
        self.zone.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.zone.set_hot(False)
        self.take_in(_files(event))

    def _lay_out(self) -> None:
        page = ScrollPage()
        page.content.setMaximumWidth(PAGE_WIDTH)
        page.fill(self)
        back = link(_("Back"), "back")
        back.clicked.connect(lambda: self.navigate.emit(GoBack()))
        page.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        told = _(
            "Sheets that were printed with a code find their child by themselves. The pictures are kept encrypted on this computer and go "
            "to the district with the next sync."
        )
        page.body.addWidget(Text(told, Role.MUTED, wrap=True))
        for widget in (self.message, self.zone, self._strip_card, self.results):
            page.body.addWidget(widget)
        page.body.addSpacing(space(2))
        page.body.addWidget(self._loose_title)
        page.body.addWidget(self.loose)
        page.body.addStretch(1)

    def _ask(self) -> None:
        kinds = " ".join(f"*{ending} *{ending.upper()}" for ending in ENDINGS)
        names, _chosen = QFileDialog.getOpenFileNames(self, _("Take in signed sheets"), "", _("Photos and scans") + f" ({kinds})")
        self.take_in([Path(name) for name in names])

    def _on_cancelled(self) -> None:
        self._cancel.set()
        self.strip.set_cancel_enabled(False)

    def _on_progress(self, progress: tuple[int, int, int]) -> None:
        place, files, sheets = progress
        said = ngettext("{count} sheet done", "{count} sheets done", sheets).format(count=sheets)
        detail = _("File {place} of {files} · {said}").format(place=place + 1, files=files, said=said)
        self.strip.show_progress(_("Reading the sheets…"), detail, place, files)

    def _on_taken(self, taken: TakenIn) -> None:
        self._end()
        if taken.stopped is not None:
            self.message.show_error(taken.stopped)
        elif self._cancel.is_set():
            self.message.show_info(_("Stopped. What was taken in stays."))
        self._show_results(taken.sheets)
        self.changes.publish(taken.changes)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.message.show_error(error)

    def _end(self) -> None:
        self._strip_card.hide()
        self.strip.set_cancel_enabled(True)
        self.zone.setEnabled(True)

    def _show_results(self, sheets: tuple[Sheet, ...]) -> None:
        empty(self.results.body)
        self.results.setVisible(bool(sheets))
        self.results.add(Text(wording.summary(sheets), Role.HEADING, wrap=True))
        # What needs a person first.
        for sheet in sorted(sheets, key=lambda one: bool(one.filed) and not any(each.outdated for each in one.filed))[:_LINES]:
            self.results.add(Divider())
            row = DoneRow(sheet)
            row.opened.connect(lambda case_id: self.navigate.emit(OpenChild(case_id)))
            self.results.add(row)

    def _show_loose(self, sheets: tuple[LooseSheet, ...]) -> None:
        self._loose_title.set(wording.to_sort(len(sheets)) if sheets else _("Sheets to sort"))
        empty(self.loose.body)
        if not sheets:
            self.loose.add(Text(_("There is nothing to sort."), Role.MUTED))
        for number, sheet in enumerate(sheets, start=1):
            if number > 1:
                self.loose.add(Divider())
            row = LooseRow(sheet, number, self._thumbnails)
            row.shown.connect(self._on_shown)
            row.sorted_out.connect(self._on_sort)
            row.thrown_away.connect(self._on_throw_away)
            self.loose.add(row)

    def _on_shown(self, sheet: LooseSheet) -> None:
        PictureViewer(sheet.sha256, _("Sheet to sort"), wording.reason(sheet.reason), self._thumbnails, self).open()

    def _on_sort(self, sheet: LooseSheet) -> None:
        dialog = SortDialog(sheet, self.client, self.tasks, self._thumbnails, self)
        dialog.filed.connect(self._on_filed)
        dialog.open()

    def _on_filed(self, text: str, changes: Changes) -> None:
        self.message.show_good(_("Filed"), text)
        self.changes.publish(changes)
        self.refresh()

    def _on_throw_away(self, sheet: LooseSheet) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(_("Throw the sheet away"))
        box.setText(_("Throw this sheet away?"))
        box.setInformativeText(_("The picture is deleted from this computer. The paper itself can be taken in again."))
        away = box.addButton(_("Throw the sheet away"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self._throw_away(sheet) if button is away else None)
        box.open()

    def _throw_away(self, sheet: LooseSheet) -> None:
        self.tasks.run(self, lambda: self.client.papers.discard(sheet.id), self.changes.publish, self.message.show_error, Lane.PHOTOS)

    def _on_changed(self, changes: Changes) -> None:
        if changes.papers and self.isVisible():
            self.refresh()


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
