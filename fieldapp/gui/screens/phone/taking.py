"""Takes chosen pictures into their visits, one after the other on the photos lane, and counts what came of it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldapp.errors import FieldappError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.phone_pictures import Choice, PhonePictures

# These would meet every other picture as well.
_STOPS = frozenset({"store.disk_full", "store.read_only", "store.damaged", "store.busy"})


class Taking(QObject):
    """`went_on`: one more is in or was refused. `ended`: none is left, the person stopped, or nothing more can be taken in."""

    went_on = Signal()
    ended = Signal()

    def __init__(self, pictures: PhonePictures, tasks: Tasks, changes: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._tasks = tasks
        self._changes = changes
        self._left: list[Choice] = []
        self._changed = Changes()
        self.running = False
        self.total = 0
        self.taken: list[Choice] = []
        self.refused: list[tuple[Choice, Exception]] = []

    @property
    def done(self) -> int:
        return len(self.taken) + len(self.refused)

    def begin(self, choices: Sequence[Choice]) -> None:
        self._left = list(choices)
        self._changed = Changes()
        self.total = len(choices)
        self.taken, self.refused = [], []
        self.running = True
        self._go_on()

    def stop(self) -> None:
        """What is in stays in; the one under way is still finished."""
        self._left = []

    def _go_on(self) -> None:
        if not self._left:
            self.running = False
            if self._changed:
                self._changes.publish(self._changed)
            self.ended.emit()
            return
        choice = self._left.pop(0)
        work = partial(self._pictures.take_in, choice)
        self._tasks.run(self, work, partial(self._on_taken, choice), partial(self._on_refused, choice), Lane.PHOTOS)

    def _on_taken(self, choice: Choice, changes: Changes) -> None:
        self.taken.append(choice)
        self._changed |= changes
        self.went_on.emit()
        self._go_on()

    def _on_refused(self, choice: Choice, error: Exception) -> None:
        self.refused.append((choice, error))
        if isinstance(error, FieldappError) and error.code in _STOPS:
            self._left = []
        self.went_on.emit()
        self._go_on()
