"""The session behind the widgets: answers go in, and what they changed comes out as one signal. It runs in the window's thread, since an
answer takes milliseconds."""

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.forms import ChangeSet, FormError, Option, Problem, Session
from fieldapp.forms.xform.model import Place
from fieldapp.gui.forms.attachments import Attachments

# Whoever stops typing for this long looks at what was typed.
PAUSE_MS = 200


class FormBridge(QObject):
    """`changed` carries a ChangeSet; `answered` the path of an answer that a person gave. `typed` says that more of it may come: what is
    wrong with it is told at the first pause, and not that there is none yet."""

    changed = Signal(object)
    answered = Signal(str, bool)

    def __init__(self, session: Session, parent: QObject | None = None, attachments: Attachments | None = None) -> None:
        """`attachments`: where pictures are kept that answer it; without, none can be."""
        super().__init__(parent)
        self.session = session
        self.attachments = attachments
        # What a person has answered or tried to leave: only there a fault is told.
        self.touched: set[str] = set()
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)

    def set(self, path: str, value: object, *, typed: bool = False) -> None:
        if not self._is_here(path):
            return
        if typed:
            self._typed = path
            self._pause.start()
        elif path not in self.touched:
            self.touched.add(path)
            self.changed.emit(ChangeSet(validity={path: self.session.is_valid(path)}))
        if self.session.value(path) == value:
            return
        changes = self.session.set(path, value)
        self.changed.emit(changes)
        self.answered.emit(path, typed)

    def leave(self, path: str) -> None:
        """The person went on from this question."""
        if self._is_here(path):
            self.touched.add(path)
            self.changed.emit(ChangeSet(validity={path: self.session.is_valid(path)}))

    def _on_pause(self) -> None:
        if self._is_here(self._typed) and self.session.value(self._typed):
            self.leave(self._typed)

    def add(self, path: str) -> None:
        self.changed.emit(self.session.add_repeat(path))
        self.answered.emit(path, False)

    def remove(self, path: str) -> None:
        self.changed.emit(self.session.remove_repeat(path))
        self.answered.emit(path, False)

    def place(self, generic: str) -> Place:
        return self.session.definition.places[generic]

    def options(self, path: str) -> list[Option]:
        try:
            return self.session.options(path)
        except FormError:
            return []

    def problem(self, path: str) -> Problem | None:
        """What is wrong with an answer that a person gave or left."""
        return self.session.problem(path) if path in self.touched else None

    def _is_here(self, path: str) -> bool:
        """Its card may be taken away while the keyboard is still in it."""
        try:
            self.session.value(path)
        except FormError:
            return False
        return True
