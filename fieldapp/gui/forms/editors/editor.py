"""What every question looks like: its words, its hint, the widget that takes the answer, and what is wrong with it."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.forms import ChangeSet
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.label import Label
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class AnswerWidget(QWidget):
    """`answered` carries the text as the form keeps it, and whether more of it may come. Subclasses show an answer with `show_answer`."""

    answered = Signal(str, bool)
    left = Signal()

    def show_answer(self, text: str) -> None:
        raise NotImplementedError

    def show_options(self, options: list[tuple[str, str]]) -> None:
        """New choices, (value, words); only those that offer some listen."""

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)

    def flush(self) -> None:
        """Tell now what was given and not yet told: the page is being left."""

    def watch(self, field: QWidget) -> None:
        """`left` is said when the keyboard leaves this field."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


class Editor(QWidget):
    """One question at one exact path. `answer` is None for words without an answer. `bare`: a table's head has its words."""

    def __init__(self, bridge: FormBridge, path: str, answer: AnswerWidget | None, parent: QWidget, *, bare: bool = False) -> None:
        super().__init__(parent)
        self.path = path
        self.answer = answer
        self._bridge = bridge
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        # What is not said of most questions is made when it is.
        self.label = Label("", Role.STRONG if answer else Role.BODY, wrap=True) if not bare else None
        self._hint: Label | None = None
        self._problem: Text | None = None
        if self.label is not None:
            column.addWidget(self.label)
        if answer is not None:
            column.addWidget(answer)
            answer.answered.connect(lambda text, typed: bridge.set(path, text, typed=typed))
            answer.left.connect(lambda: bridge.leave(path))
        self.refresh()

    def refresh(self, *, words: bool = True, options: bool = True) -> None:
        """Everything as it stands now."""
        session = self._bridge.session
        self.setVisible(session.is_relevant(self.path))
        if words:
            self._show_words()
        if self.answer is None:
            return
        if options:
            self.answer.show_options([(one.value, one.label or one.value) for one in self._bridge.options(self.path)])
        self.answer.show_answer(session.value(self.path))
        self.answer.set_read_only(session.is_readonly(self.path))
        self.show_problem()

    def apply(self, changes: ChangeSet) -> None:
        """Shows what of this concerns it."""
        path = self.path
        if path in changes.relevance:
            self.setVisible(changes.relevance[path])
        words = path in changes.labels or path in changes.required
        if words or path in changes.options or path in changes.values or path in changes.readonly:
            self.refresh(words=words, options=path in changes.options)
        elif path in changes.validity:
            self.show_problem()

    @property
    def problem(self) -> Text:
        """What is wrong with the answer, below it."""
        if self._problem is None:
            self._problem = Text("", Role.SMALL_MUTED, wrap=True, tone=Tone.DANGER, parent=self)
            self._problem.hide()
            self._column.addWidget(self._problem)
        return self._problem

    def show_problem(self) -> None:
        problem = self._bridge.problem(self.path)
        if problem is not None or self._problem is not None:
            self.problem.setText(wording.problem(problem) if problem else "")
            self.problem.setVisible(problem is not None)

    def point_at(self) -> None:
        """Where the keyboard goes when a person is brought here."""
        if self.answer is not None:
            (self.answer.focusProxy() or self.answer).setFocus()

    def _show_words(self) -> None:
        session = self._bridge.session
        label, hint = session.label(self.path), session.hint(self.path)
        needed = self.answer is not None and session.is_required(self.path)
        if self.label is not None:
            self.label.setText(f"{label} *" if needed else label)
            self.label.setVisible(bool(label))
            self._show_hint(hint)
        if self.answer is not None:
            said = _("{question}, must be answered").format(question=label) if needed else label
            (self.answer.focusProxy() or self.answer).setAccessibleName(wording.plain(said))

    def _show_hint(self, words: str) -> None:
        if self._hint is None and words:
            self._hint = Label("", Role.SMALL_MUTED, wrap=True, parent=self)
            self._column.insertWidget(1, self._hint)
        if self._hint is not None:
            self._hint.setText(words)
            self._hint.setVisible(bool(words))
