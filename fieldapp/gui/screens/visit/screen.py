"""The screen VISIT: it fetches the draft, keeps it saved at every change, takes pictures in, and finishes the visit."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Outcome, Position, Visit, problems
from fieldapp.error_words import words_for
from fieldapp.errors import FieldappError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, Destination, GoBack, OpenChild, OpenChildren, OpenPhonePictures, RecordVisit, Screen
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.visit.answers import LaidAside, Part
from fieldapp.gui.screens.visit.blur.dialog import BlurDialog
from fieldapp.gui.screens.visit.camera_desk import CameraDesk
from fieldapp.gui.screens.visit.page import VisitPage
from fieldapp.gui.screens.visit.photo_work import PhotoWork
from fieldapp.gui.screens.visit.saving import DraftSaver
from fieldapp.gui.screens.visit.urgent import UrgentDialog
from fieldapp.gui.screens.visit.whole_house import WholeHouseDialog
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.widgets.drop_zone import ask_for_files, ask_for_picture, pictures_in
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.blurring import Region
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.family import StillToVisit
from fieldapp.usecases.handed_over import HandedOver
from fieldapp.usecases.visits import Draft, VisitIncomplete

if TYPE_CHECKING:
    from fieldapp.client import Client


class VisitScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._case = ""
        self._visit: Visit | None = None
        self._aside = LaidAside({})
        self._finishing = False
        self._refused: list[str] = []
        self._to_mend: RecordVisit | None = None
        thumbnails = Thumbnails(client.photos, tasks)
        self._thumbnails = thumbnails
        self.page = VisitPage(self.today(), thumbnails)
        self.saver = DraftSaver(client.visits, tasks, changes, clock, self)
        self.work = PhotoWork(client.photos, tasks, self)
        self.camera = CameraDesk(client.preferences, tasks, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setAcceptDrops(True)
        self._connect()
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("Record a visit")

    def subtitle(self) -> str:
        return f"{phrases.long_day(self.today())} · {phrases.time(self.clock())}"

    def arrive(self, destination: Destination) -> None:
        if not isinstance(destination, RecordVisit):
            return
        self._to_mend = destination
        if destination.case_id != self._case or destination.why:
            self.saver.flush()
            self._put_down()
            self._case = destination.case_id
            self._visit = None

    def refresh(self) -> None:
        case_id, visit = self._case, self._visit
        if visit is not None:
            shown = partial(self.work.show_also, visit.id)
            self.tasks.run(self, lambda: self.client.visits.pick_up(case_id), shown, self.page.message.show_error)
        elif case_id:
            work = lambda: (self.client.visits.draft(case_id), self.client.visits.causes())  # noqa: E731 - long as an argument
            self.tasks.run(self, work, self._on_draft, self._on_no_draft)

    def leave(self) -> None:
        self.saver.flush()
        self._put_down()

    @property
    def visit(self) -> Visit | None:
        """The draft as it stands."""
        return self._visit

    def finish(self) -> None:
        """Check, then make the draft final; what is missing is listed instead."""
        visit = self._visit
        if visit is None or self._finishing:
            return
        lacks = self.page.lacks_of(problems(visit, self.today()))
        self.page.missing.show_lacks(lacks)
        if lacks:
            self.page.open_part(lacks[0].part)
            return
        self._finishing = True
        self.page.foot.set_busy(True)
        if not self.work.under_way:
            self._finish_now(visit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._visit and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()
            self.page.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.page.set_hot(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.page.set_hot(False)
        event.acceptProposedAction()
        self._add(pictures_in(event.mimeData()))

    def paste(self) -> None:
        self._add(pictures_in(QGuiApplication.clipboard().mimeData()))

    def _connect(self) -> None:
        page = self.page
        page.answered.connect(lambda visit: self._take(visit))
        page.typed.connect(lambda visit: self._take(visit, typed=True))
        page.outcome_chosen.connect(self._on_outcome_chosen)
        page.finish_wanted.connect(self.finish)
        page.part_changed.connect(self._on_part_changed)
        page.stepper.discard_wanted.connect(self._on_discard_wanted)
        page.foot.urgent_wanted.connect(self._on_urgent_wanted)
        page.message.acted.connect(self.saver.flush)
        for source in (page.side, page.photos):
            source.files_wanted.connect(lambda: self._add(ask_for_files(self)))
            source.opened.connect(self._on_photo_opened)
        page.photos.camera_wanted.connect(self._on_photo_wanted)
        self.camera.offered.connect(page.photos.camera.setVisible)
        page.photos.phone_wanted.connect(self._on_phone_wanted)
        page.photos.kind_wanted.connect(self._on_photo_wanted)
        page.photos.removed.connect(self.work.remove)
        page.photos.kind_chosen.connect(self.work.set_kind)
        page.photos.position_taken.connect(self._on_position_taken)
        self.work.changed.connect(self._on_photos_changed)
        self.work.refused.connect(self._on_photo_refused)
        self.work.offered.connect(self._on_position_offered)
        self.work.original_dropped.connect(page.photos.say_original_dropped)
        self.saver.saved.connect(self._on_saved)
        self.saver.failed.connect(self._on_save_failed)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self.paste)

    def _on_part_changed(self, part: Part) -> None:
        self.saver.flush()
        if part is Part.PHOTOS:
            self.camera.look()

    def _on_changed(self, changes: Changes) -> None:
        """A sync may learn that the case is someone else's while its page is open."""
        case_id, visit = self._case, self._visit
        if visit is None or not self.isVisible() or not changes.touches_case(case_id):
            return

        def show(left: HandedOver | None) -> None:
            if self._visit is not None and self._visit.id == visit.id:
                self.page.show_handed_over(left)

        self.tasks.run(self, lambda: self.client.visits.handed_over(case_id), show, self.page.message.show_error)

    def _put_down(self) -> None:
        case_id = self._case
        if case_id:
            self.tasks.run(self, lambda: self.client.visits.put_down(case_id))

    def _on_no_draft(self, error: Exception) -> None:
        """The case was handed over, or has left. The card says to whom; where it is gone too, the list is what is left."""
        case_id = self._case
        self._end()
        there = isinstance(error, FieldappError) and error.code != "store.not_here"
        self.navigate.emit(OpenChild(case_id) if there else OpenChildren())
        self.tasks.unhandled.emit(error)

    def _on_draft(self, answer: tuple[Draft, tuple[Cause, ...]]) -> None:
        draft, causes = answer
        if draft.row.case_id != self._case:
            return
        self._visit = draft.visit
        self._aside = LaidAside({})
        self._finishing = False
        self.page.foot.set_busy(False)
        self.work.begin(draft.visit, draft.photos)
        self.page.show_draft(draft, causes, self.today())
        self.page.stepper.allow_discard(draft.saved_at is not None)
        self._say_saved(draft.saved_at)
        self.title_changed.emit()
        wanted, self._to_mend = self._to_mend, None
        if wanted and wanted.why:
            self.page.message.show_warning(_("The district did not take this visit. Mend it, then finish it again."), wanted.why)
            self.page.point_at(wanted.field)

    def _take(self, visit: Visit, *, typed: bool = False) -> None:
        """The person's answer: shown, and on its way to disk."""
        if self._visit is None or visit == self._visit:
            self.page.show_visit(visit)
            return
        self._visit = visit
        self.work.show = visit.photos_show
        self.page.show_visit(visit)
        self.saver.save(visit, typed=typed)

    def _on_outcome_chosen(self, outcome: Outcome) -> None:
        if self._visit:
            self._take(self._aside.choose_outcome(self._visit, outcome))

    def _say_saved(self, at: dt.datetime | None) -> None:
        if at is None:
            self.page.stepper.say_saved(_("Saved on this computer as you go"))
        else:
            self.page.stepper.say_saved(_("Saved on this computer {time}").format(time=at.astimezone().strftime("%H:%M:%S")))

    def _on_saved(self, at: dt.datetime) -> None:
        self._say_saved(at)
        self.page.message.clear()
        self.page.stepper.allow_discard(True)

    def _on_save_failed(self, error: Exception) -> None:
        self.page.stepper.say_saved(_("Not saved yet"), worry=True)
        self.page.message.show_error(error, _("Save again"))
        self._stop_finishing()

    def _add(self, sources: list[Path | bytes], kind: PhotoKind | None = None, taken_at: dt.datetime | None = None) -> None:
        if sources and self._visit:
            self.page.photos.message.clear()
            self._refused.clear()
            self.work.add(sources, kind, taken_at)

    def _on_photo_wanted(self, kind: PhotoKind | None = None) -> None:
        """One photo: with the camera where there is one, else from a file."""
        if self.camera.is_there:
            self.camera.open(kind, lambda data: self._add([data], kind, self.clock()), lambda: self._on_file_wanted(kind))
        else:
            self._on_file_wanted(kind)

    def _on_file_wanted(self, kind: PhotoKind | None) -> None:
        source = ask_for_picture(self)
        if source:
            self._add([source], kind)

    def _on_phone_wanted(self) -> None:
        """Pictures go to visits that are begun, so this one is, whatever it says yet."""
        if self._visit:
            self.saver.save(self._visit)
            self.navigate.emit(OpenPhonePictures())

    def _on_photos_changed(self) -> None:
        self.page.show_photos(self.work.photos, self.work.under_way)
        if self.work.photos:
            self.page.stepper.allow_discard(True)
        if self._finishing and not self.work.under_way and self._visit:
            self._finish_now(self._visit)

    def _on_photo_refused(self, name: str, error: Exception) -> None:
        """Of several pictures that cannot be taken in, each is named; what to do is said once."""
        said = words_for(error)
        self._refused.append(f"{name}: {said.happened}" if name else said.happened)
        self.page.photos.message.show_error(replace(said, happened="\n".join(self._refused)))
        self._stop_finishing()
        self.page.open_part(Part.PHOTOS)

    def _on_position_offered(self, place: Position) -> None:
        if self._visit and self._visit.position is None:
            self.page.photos.offer_position(place)

    def _on_position_taken(self, place: Position) -> None:
        if self._visit:
            self._take(replace(self._visit, position=place))

    def _on_photo_opened(self, photo: Photo) -> None:
        PhotoViewer(photo, self._thumbnails, self, blur=lambda: self._on_blur_wanted(photo)).open()

    def _on_blur_wanted(self, photo: Photo) -> None:
        def save(regions: Sequence[Region], failed: Callable[[Exception], None]) -> None:
            self.work.blur(photo.id, regions, dialog.accept, failed)

        dialog = BlurDialog(photo.sha256, self._thumbnails, save, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_urgent_wanted(self) -> None:
        visit = self._visit
        if visit is None:
            return
        dialog = UrgentDialog(visit.urgent_note, self.client.help_lines.known, urgent=visit.urgent, parent=self)
        dialog.marked.connect(lambda note: self._mark(urgent=True, note=note))
        dialog.unmarked.connect(lambda: self._mark(urgent=False, note=""))
        dialog.open()

    def _mark(self, *, urgent: bool, note: str) -> None:
        if self._visit:
            self._take(replace(self._visit, urgent=urgent, urgent_note=note))

    def _on_discard_wanted(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(_("Throw this draft away"))
        box.setText(_("Throw away everything recorded for this visit?"))
        box.setInformativeText(_("Earlier visits stay. The photos of this visit are deleted from this computer."))
        away = box.addButton(_("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.buttonClicked.connect(lambda button: self._discard() if button is away else None)
        box.open()

    def _discard(self) -> None:
        case_id = self._case
        self.saver.forget()

        def then(changes: Changes) -> None:
            self._end()
            self.changes.publish(changes)
            self.navigate.emit(GoBack())

        self.tasks.run(self, lambda: self.client.visits.discard(case_id), then, self.page.message.show_error)

    def _finish_now(self, visit: Visit) -> None:
        """The store does one thing after the other, so the last answers are written before the visit is made final."""
        case_id = visit.case_id
        self.saver.forget()
        self.tasks.run(self, lambda: self._save_and_finish(visit, case_id), self._on_finished, self._on_finish_failed)

    def _save_and_finish(self, visit: Visit, case_id: str) -> tuple[Changes, StillToVisit | None]:
        saved = self.client.visits.save(visit)
        return saved | self.client.visits.finish(case_id), self.client.family.still_to_visit(case_id)

    def _on_finished(self, done: tuple[Changes, StillToVisit | None]) -> None:
        changes, left = done
        case_id = self._case
        self._end()
        self.changes.publish(changes)
        window = self.window()
        self.navigate.emit(OpenChild(case_id))
        Toast.say(window, _("Saved. Waiting to be sent to the district."))
        if left is not None:
            WholeHouseDialog(left.children, lambda other: self._go_on_with(other, left.visit_id), window).open()

    def _go_on_with(self, case_id: str, after: str) -> None:
        """The next child of the house."""

        def then(changes: Changes) -> None:
            self.changes.publish(changes)
            self.navigate.emit(RecordVisit(case_id))

        self.tasks.run(self, lambda: self.client.family.begin(case_id, after), then)

    def _on_finish_failed(self, error: Exception) -> None:
        self._stop_finishing()
        if isinstance(error, VisitIncomplete):
            lacks = self.page.lacks_of(error.problems)
            self.page.missing.show_lacks(lacks)
            self.page.open_part(lacks[0].part)
        else:
            self.page.message.show_error(error)

    def _stop_finishing(self) -> None:
        self._finishing = False
        self.page.foot.set_busy(False)

    def _end(self) -> None:
        self.saver.forget()
        self._visit = None
        self._case = ""
        self._stop_finishing()
