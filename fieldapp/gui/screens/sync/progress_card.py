"""The top of the sync centre: what goes on now with a way to pause, or what waits and the button that sends it."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.screens.sync.pace import Pace
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.unsent_words import unsent_parts
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.progress_strip import ProgressStrip
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.syncing import SyncOverview, SyncProgress


class ProgressCard(Card):
    sync_requested = Signal()
    pause_requested = Signal()

    def __init__(self, clock: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._clock = clock
        self._pace = Pace(clock)
        self._strip = ProgressStrip(_("Pause"))
        self._strip.cancelled.connect(self._on_pause)
        self._title = Text("", Role.HEADING)
        self._detail = Text("", Role.MUTED, wrap=True)
        self.button = buttons.primary(_("Sync now"), "sync")
        self.button.clicked.connect(self.sync_requested)
        self._idle = QWidget()
        row = QHBoxLayout(self._idle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        column = QVBoxLayout()
        column.setSpacing(space(1))
        column.addWidget(self._title)
        column.addWidget(self._detail)
        row.addLayout(column, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self._idle)
        self.add(self._strip)
        self._strip.hide()

    def set_overview(self, overview: SyncOverview) -> None:
        unsent = overview.unsent
        if unsent.total:
            waiting = ngettext("{count} thing waits to be sent", "{count} things wait to be sent", unsent.total)
            self._title.setText(waiting.format(count=f"{unsent.total:,}"))
            what = unsent_parts(unsent)
            self._detail.setText(" · ".join([what, phrases.size(unsent.bytes), _("safe in this laptop")]))
            return
        self._title.setText(_("Nothing waits to be sent"))
        if overview.last_complete_at:
            when = phrases.moment(overview.last_complete_at, self._clock())
            self._detail.setText(_("Last complete sync: {when}").format(when=when))
        else:
            self._detail.setText(_("This laptop has never synced to the end."))

    def begin(self) -> None:
        self._pace = Pace(self._clock)
        self._strip.set_cancel_enabled(True)
        self._strip.show_progress(_("Connecting to the district"), _("You may pause: nothing is lost"), 0, 0)
        self._idle.hide()
        self._strip.show()

    def show_progress(self, progress: SyncProgress) -> None:
        done, total = (progress.bytes_done, progress.bytes_total) if progress.bytes_total else (progress.done, progress.total)
        left = self._pace.seconds_left(progress)
        detail = wording.stage_detail(progress, left, long_under_way=self._pace.long_under_way)
        self._strip.show_progress(wording.stage_title(progress), detail, done, total)

    def end(self) -> None:
        self._strip.hide()
        self._idle.show()

    def _on_pause(self) -> None:
        self._strip.set_cancel_enabled(False)
        self.pause_requested.emit()
