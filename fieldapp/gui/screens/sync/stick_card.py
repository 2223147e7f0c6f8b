"""Where there is no internet: records leave in a file for the district, and its answer comes back in one. The panel asks for the files,
shows what goes on, and tells the page what came of it."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from fieldapp import phrases
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.bundles import ENDING, Exported, LastBundle
from fieldapp.usecases.syncing import SyncProgress, SyncResult

if TYPE_CHECKING:
    from fieldapp.client import Client


class StickCard(Card):
    """`message` is the page's place for what happened."""

    def __init__(
        self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, message: Message, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("No internet?"), parent=parent)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._clock = clock
        self._message = message
        self._stopped = False
        self.busy = False
        words = _("Send a file to the district on a USB stick. It is encrypted: whoever carries it cannot read it.")
        self.add(Text(words, Role.SMALL_MUTED, wrap=True))
        self._buttons = QWidget()
        row = FlowLayout(spacing=space(2))
        self._buttons.setLayout(row)
        self.export_button = buttons.plain(_("Export to a file"), "usb")
        self.answer_button = buttons.plain(_("Take in the district's answer"))
        row.addWidget(self.export_button)
        row.addWidget(self.answer_button)
        self.add(self._buttons)
        self._strip = ProgressStrip(_("Stop"))
        self.add(self._strip)
        self._strip.hide()
        self.last = Text("", Role.SMALL_MUTED, wrap=True)
        self.add(self.last)
        self.last.hide()
        self.export_button.clicked.connect(self._on_export)
        self.answer_button.clicked.connect(self._on_answer)
        self._strip.cancelled.connect(self.stop)

    def refresh(self) -> None:
        self._tasks.run(self, self._client.bundles.last, self._show_last)

    def export_to(self, file: Path) -> None:
        self._begin(_("Writing the file"))
        tell = self._tasks.progress(self, self._on_export_progress)
        self._tasks.run(
            self,
            lambda: self._client.bundles.export(file, tell, lambda: self._stopped or not isValid(self)),
            lambda exported: self._on_exported(file, exported),
            self._on_failed,
            Lane.PHOTOS,
        )

    def take_in(self, file: Path) -> None:
        self._begin(_("Checking the answer"))
        self._strip.set_cancel_enabled(False)
        tell = self._tasks.progress(self, lambda _progress: self._strip.show_progress(_("Taking in the answer"), "", 0, 0))
        self._tasks.run(self, lambda: self._client.bundles.take_in_answer(file, tell), self._on_taken_in, self._on_failed, Lane.NETWORK)

    def _on_export(self) -> None:
        file = ask_where_to_save(self, self._clock())
        if file:
            self.export_to(file)

    def _on_answer(self) -> None:
        file = ask_for_answer(self)
        if file:
            self.take_in(file)

    def stop(self) -> None:
        """An export ends without a file; an answer is taken in whole."""
        self._stopped = True
        self._strip.set_cancel_enabled(False)

    def _begin(self, title: str) -> None:
        self.busy = True
        self._stopped = False
        self._message.clear()
        self._strip.set_cancel_enabled(True)
        self._strip.show_progress(title, "", 0, 0)
        self._buttons.hide()
        self._strip.show()

    def _end(self) -> None:
        self.busy = False
        self._strip.hide()
        self._buttons.show()
        self.refresh()

    def _on_export_progress(self, progress: SyncProgress) -> None:
        if self.busy:
            detail = _("{done} of {total}").format(done=phrases.size(progress.bytes_done), total=phrases.size(progress.bytes_total))
            self._strip.show_progress(_("Writing the file"), detail, progress.bytes_done, progress.bytes_total)

    def _on_exported(self, file: Path, exported: Exported | None) -> None:
        self._end()
        if exported is None:
            self._message.show_info(_("Stopped; no file was written."))
            return
        facts = _("{file} · {what} · {size}").format(
            file=file.name, what=carried(exported.events, exported.photos), size=phrases.size(exported.size)
        )
        todo = _("Take it to the district office. Everything stays in this laptop and waits until the answer comes back.")
        if exported.photos_missing:
            missing = ngettext(
                "{count} photo is not on this laptop any more and is not in the file.",
                "{count} photos are not on this laptop any more and are not in the file.",
                exported.photos_missing,
            ).format(count=f"{exported.photos_missing:,}")
            self._message.show_warning(_("The file is ready, but not with everything"), f"{facts}\n{missing}\n{todo}")
        else:
            self._message.show_good(_("The file is ready"), f"{facts}\n{todo}")

    def _on_taken_in(self, result: SyncResult) -> None:
        if result.changes:
            self._changes.publish(result.changes)
        self._end()
        if result.error:
            self._message.show_error(result.error)
        elif result.conflicts or result.rejected:
            self._message.show_warning(_("The answer was taken in, and something needs you"), wording.result_words(result))
        else:
            self._message.show_good(_("The district's answer was taken in"), wording.result_words(result))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._message.show_error(error)

    def _show_last(self, bundle: LastBundle | None) -> None:
        self.last.setVisible(bundle is not None)
        if bundle is None:
            return
        told = _("Last file: {when} · {what}").format(
            when=phrases.moment(bundle.made_at, self._clock()), what=carried(bundle.events, bundle.photos)
        )
        if bundle.answered_at:
            state = _("answered {when}").format(when=phrases.moment(bundle.answered_at, self._clock()))
        else:
            state = _("no answer yet")
        self.last.setText(f"{told} · {state}")


def carried(events: int, photos: int) -> str:
    """6 รายการ · 4 ภาพ"""
    parts = [
        ngettext("{count} record", "{count} records", events).format(count=f"{events:,}") if events else "",
        ngettext("{count} photo", "{count} photos", photos).format(count=f"{photos:,}") if photos else "",
    ]
    return " · ".join(filter(None, parts)) or _("asks for news only")


def ask_where_to_save(parent: QWidget, now: dt.datetime) -> Path | None:
    return ask_for_place(parent, now, _("Export to a file"), _("for the district {moment}"))


def ask_for_place(parent: QWidget, now: dt.datetime, title: str, name: str) -> Path | None:
    """`name` has a place for the moment."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    # No name of a person or a school: the file lies open on a stick.
    proposed = name.format(moment=now.strftime("%Y-%m-%d %H.%M")) + ENDING
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / proposed), _kind())
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)


def ask_for_answer(parent: QWidget) -> Path | None:
    chosen, _filter = QFileDialog.getOpenFileName(parent, _("Take in the district's answer"), "", _kind() + ";;" + _("All files") + " (*)")
    return Path(chosen) if chosen else None


def _kind() -> str:
    return f"fieldapp (*{ENDING})"
