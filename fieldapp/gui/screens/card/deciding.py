"""What follows when a person chose between two values, on the card as on the sync page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.conflicts import Conflict, Side

if TYPE_CHECKING:
    from fieldapp.client import Client


class Deciding(QObject):
    """`failed` tells an error on the page; `read_again` shows the page as things stand now."""

    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        page: QWidget,
        *,
        failed: Callable[[Exception], None],
        read_again: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._page = page
        self._failed = failed
        self._read_again = read_again

    def decide(self, conflict: Conflict, side: Side) -> None:
        self._tasks.run(self._page, lambda: self._client.conflicts.decide(conflict, side), self._on_kept, self._on_refused)

    def _on_kept(self, changes: Changes) -> None:
        if not changes:
            self._read_again()  # it was decided meanwhile
            return
        self._changes.publish(changes)
        Toast.say(self._page.window(), _("Kept. The district gets your choice with the next sync."))

    def _on_refused(self, error: Exception) -> None:
        self._failed(error)
        self._read_again()
