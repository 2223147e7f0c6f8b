"""The screen FORM: it fetches the copy, keeps its answers at every change, and finishes it, for the children of a house together."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain.form import FormAbout
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.forms.attachments import Attachments
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.navigation import Clock, Destination, FillForm, OpenChild, OpenSchool, Screen
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.form.harm import HarmDialog
from fieldapp.gui.screens.form.saving import AnswerSaver
from fieldapp.gui.screens.form.sharing import ask_whom_it_is_for
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import Tone
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card
from fieldapp.usecases.filling import FormIncomplete, OpenForm
from fieldapp.usecases.form_fields import harm_signs

if TYPE_CHECKING:
    from fieldapp.client import Client


class FormScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._wanted: FillForm | None = None
        self._opened: OpenForm | None = None
        self._card: Card | None = None
        self._finishing = False
        self._signs: tuple[str, ...] = ()
        self._attachments: Attachments | None = None
        self.view: FormView | None = None
        self.message = Message()
        self.saver = AnswerSaver(client.filling, tasks, changes, clock, self)
        self.saver.saved.connect(self._say_saved)
        self.saver.failed.connect(self._on_save_failed)
        self.message.acted.connect(self.saver.flush)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.message)

    def title(self) -> str:
        return self._opened.form.title if self._opened else _("Form")

    def subtitle(self) -> str:
        if self._card:
            return phrases.full_name(self._card.row)
        return self._opened.school_name if self._opened else ""

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, FillForm) and destination != self._wanted:
            self.leave()
            self._end()
            self._wanted = destination

    def refresh(self) -> None:
        wanted = self._wanted
        if wanted is None or self._opened is not None:
            return

        def work() -> tuple[OpenForm, Card | None]:
            if wanted.school_code:
                return self.client.filling.open_about_school(wanted.form_id, wanted.school_code), None
            return self.client.filling.open(wanted.form_id, wanted.case_id), self.client.children.card(wanted.case_id)

        self.tasks.run(self, work, self._on_opened, self._on_not_opened)

    def leave(self) -> None:
        if self.view is not None:
            self.view.flush()
        self.saver.flush()

    def _on_opened(self, answer: tuple[OpenForm, Card | None]) -> None:
        opened, card = answer
        if self._wanted is None or self._opened is not None:
            return
        self._opened, self._card = opened, card
        self.saver.begin(opened)
        self._attachments = Attachments(self.client.photos, self.tasks, opened, self)
        self._attachments.opened.connect(self._show_picture)
        bridge = FormBridge(opened.session, self, self._attachments)
        self.view = view = FormView(bridge, self.today(), shows_sensitive=opened.shows_sensitive)
        view.open_page(opened.draft.page)
        view.answered.connect(lambda typed: self.saver.save(view.page, typed=typed))
        view.page_changed.connect(lambda _page: self.saver.flush())
        self._signs = harm_signs(opened.session)
        view.answered.connect(lambda _typed: self._look_for_harm())
        view.finish_wanted.connect(self._on_finish_wanted)
        discard = TextLink(_("Throw this draft away"), small=True)
        discard.clicked.connect(self._on_discard_wanted)
        view.list.foot.addWidget(discard)
        view.list.saved.setText(_("Saved on this computer as you go"))
        self._column.addWidget(view, 1)
        self.title_changed.emit()

    def _look_for_harm(self) -> None:
        """Told once for each sign, at the answer that brought it."""
        if self._opened is None:
            return
        signs = harm_signs(self._opened.session)
        new = [sign for sign in signs if sign not in self._signs]
        self._signs = signs
        if new:
            HarmDialog(new, self.client.help_lines.known, self).open()

    def _on_not_opened(self, error: Exception) -> None:
        wanted = self._wanted
        self._end()
        if wanted is not None:
            self.navigate.emit(_where_from(wanted))
        self.tasks.unhandled.emit(error)

    def _say_saved(self, at: dt.datetime) -> None:
        self.message.clear()
        if self.view is not None:
            self.view.list.saved.setText(_("Saved on this computer {time}").format(time=at.astimezone().strftime("%H:%M:%S")))
            self.view.list.saved.set_tone(None)

    def _on_save_failed(self, error: Exception) -> None:
        self._finishing = False
        self.message.show_error(error, _("Save again"))
        if self.view is not None:
            self.view.list.saved.setText(_("Not saved yet"))
            self.view.list.saved.set_tone(Tone.DANGER)

    def _on_finish_wanted(self) -> None:
        opened, card = self._opened, self._card
        if opened is None or self._finishing or self._after_pictures(self._on_finish_wanted):
            return
        if card is not None and opened.form.about is FormAbout.HOUSEHOLD and card.siblings:
            ask_whom_it_is_for(self, card.siblings, self._finish)
        else:
            self._finish(())

    def _after_pictures(self, then: Callable[[], None]) -> bool:
        """Whether a picture is still being taken in; `then` comes when it is in."""
        if self._attachments is None or not self._attachments.under_way:
            return False
        self._attachments.settled.connect(then, Qt.ConnectionType.SingleShotConnection)
        return True

    def _show_picture(self, sha256: str) -> None:
        title = self._opened.form.title if self._opened else ""
        PictureViewer(sha256, title, title, Thumbnails(self.client.photos, self.tasks), self).open()

    def _finish(self, also: tuple[str, ...]) -> None:
        """The store does one thing after the other, so the last answers are written before the copy is made final."""
        opened = self._opened
        if opened is None or self._finishing:
            return
        self._finishing = True
        xml, page = opened.session.to_xml(), self.view.page if self.view else 0
        self.saver.forget()

        def work() -> Changes:
            return self.client.filling.save(opened.draft, xml, page) | self.client.filling.finish(opened.draft.id, also)

        self.tasks.run(self, work, self._on_finished, self._on_finish_failed)

    def _on_finished(self, changes: Changes) -> None:
        window, wanted = self.window(), self._wanted
        self._end()
        self.changes.publish(changes)
        if wanted is not None:
            self.navigate.emit(_where_from(wanted))
        Toast.say(window, _("Saved. Waiting to be sent to the district."))

    def _on_finish_failed(self, error: Exception) -> None:
        self._finishing = False
        if self._opened is not None:
            self.saver.begin(self._opened)
        if isinstance(error, FormIncomplete) and self.view is not None:
            self.view.point_at(error.problems[0].where)
        else:
            self.message.show_error(error)

    def _on_discard_wanted(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(_("Throw this draft away"))
        box.setText(_("Throw away everything answered in this form?"))
        box.setInformativeText(_("Copies that were finished before stay."))
        away = box.addButton(_("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole))
        box.buttonClicked.connect(lambda button: self._discard() if button is away else None)
        box.open()

    def _discard(self) -> None:
        opened, wanted = self._opened, self._wanted
        if opened is None or self._after_pictures(self._discard) or wanted is None:
            return
        self.saver.forget()

        def then(changes: Changes) -> None:
            self._end()
            self.changes.publish(changes)
            self.navigate.emit(_where_from(wanted))

        self.tasks.run(self, lambda: self.client.filling.discard(opened.draft), then, self.message.show_error)

    def _end(self) -> None:
        self.saver.forget()
        self._finishing = False
        self._opened = self._card = self._wanted = None
        self.message.clear()
        if self._attachments is not None:
            self._attachments.deleteLater()
            self._attachments = None
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None


def _where_from(wanted: FillForm) -> Destination:
    return OpenSchool(wanted.school_code) if wanted.school_code else OpenChild(wanted.case_id)
