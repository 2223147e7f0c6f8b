"""What a person does with something that was set aside: mend it where it was wrong, send it again, or have the office help."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fieldapp import phrases
from fieldapp.domain.event import EventRefused
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock, OpenChild, RecordVisit
from fieldapp.gui.screens.card.edit_dialog import EditDialog
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.plan_dialog import PlanDialog
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.screens.sync.aside_rows import Aside
from fieldapp.gui.screens.sync.stick_card import ask_for_place
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.widgets.message import Message
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.mending import EditToMend, PlanToMend, VisitToMend
from fieldapp.usecases.syncing import AsideItem, SentItem

if TYPE_CHECKING:
    from fieldapp.client import Client


class AsideActions(QObject):
    """`navigate` carries a Destination; `done` says that something was kept, for the list to be read anew."""

    navigate = Signal(object)
    done = Signal()

    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, message: Message, page: QWidget) -> None:
        super().__init__(page)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._clock = clock
        self._message = message
        self._page = page
        self.dialog: FormDialog | None = None

    def open(self, item: Aside) -> None:
        """The very field, with what was recorded in it; of a photo the picture."""
        self._message.clear()
        if isinstance(item, AsideItem):
            PhotoViewer(item.photo, Thumbnails(self._client.photos, self._tasks), self._page).open()
            return
        work = lambda: self._client.mending.open(item.event_id)  # noqa: E731 - long as an argument
        self._tasks.run(self, work, lambda found: self._on_opened(item, found), self._message.show_error)

    def retry(self, item: Aside) -> None:
        self._message.clear()
        if isinstance(item, AsideItem):
            photo_id = item.photo.id
            self._tasks.run(self, lambda: self._client.mending.retry_photo(photo_id), self._changes.publish)
        else:
            event_id = item.event_id
            self._tasks.run(self, lambda: self._client.syncing.retry(event_id), self._changes.publish, self._on_refused)

    def ask_for_help(self, item: Aside) -> None:
        file = ask_for_place(self._page, self._clock(), _("Send to the helpdesk"), _("for the helpdesk {moment}"))
        if file:
            self.write(item, file)

    def write(self, item: Aside, file: Path) -> None:
        """The file for the helpdesk."""
        self._message.clear()
        subject = item.photo.id if isinstance(item, AsideItem) else item.event_id
        self._tasks.run(
            self,
            lambda: self._client.helpdesk.write(subject, file),
            lambda size: self._on_written(file, size),
            self._message.show_error,
            Lane.PHOTOS,
        )

    def _on_opened(self, item: SentItem, found: VisitToMend | EditToMend | PlanToMend | None) -> None:
        why = wording.refusal(item.code, item.field)
        match found:
            case VisitToMend():
                self.navigate.emit(RecordVisit(found.case_id, found.field, why))
            case EditToMend():
                self._mend_edit(found, why)
            case PlanToMend():
                self._mend_plan(found, why)
            case _ if item.case_id:
                self.navigate.emit(OpenChild(item.case_id))

    def _mend_edit(self, found: EditToMend, why: str) -> None:
        dialog = EditDialog(found.child, self._page)
        dialog.saved.connect(lambda values: self._keep(dialog, lambda: self._client.mending.keep_edit(found.event_id, values)))
        self._show(dialog, why)
        dialog.point_at(found.field)

    def _mend_plan(self, found: PlanToMend, why: str) -> None:
        dialog = PlanDialog(found.child_name, self._clock().astimezone().date(), self._page)
        dialog.show_plan(found.follow_up.due_on, found.follow_up.note)

        def keep(day: dt.date, note: str) -> None:
            self._keep(dialog, lambda: self._client.mending.keep_plan(found.event_id, day, note))

        dialog.planned.connect(keep)
        self._show(dialog, why)
        dialog.date.setFocus()

    def _show(self, dialog: FormDialog, why: str) -> None:
        self.dialog = dialog
        dialog.message.show_warning(_("The district did not take this"), why)
        dialog.open()

    def _keep(self, dialog: FormDialog, work: Any) -> None:
        self._tasks.run(dialog, work, lambda changes: self._on_kept(dialog, changes), lambda error: self._on_not_kept(dialog, error))

    def _on_kept(self, dialog: FormDialog, changes: Changes) -> None:
        dialog.accept()
        self._changes.publish(changes)
        self._message.show_good(_("Mended"), _("It waits to be sent to the district, in place of what was refused."))

    def _on_not_kept(self, dialog: FormDialog, error: Exception) -> None:
        if isinstance(error, EventRefused):
            dialog.message.show_warning(_("It cannot be sent as it is"), wording.refusal(error.code, error.field))
        else:
            dialog.show_error(error)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, EventRefused):
            self._message.show_warning(_("It cannot be sent as it is"), wording.refusal(error.code, error.field))
        else:
            self._message.show_error(error)

    def _on_written(self, file: Path, size: int) -> None:
        told = _("{file} · {size}. Only the district can read it: bring it on a stick, or send it as any file.").format(
            file=file.name, size=phrases.size(size)
        )
        self._message.show_good(_("The file for the helpdesk is written"), told + "\n" + _("What was set aside stays in this laptop."))
        self.done.emit()
