"""Answers that are chosen: large tiles for a few choices, a list that searches as one types for many."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import TARGET
from fieldapp.gui.widgets.choice_tile import ChoiceGrid, ChoiceTile
from fieldapp.texts import _

_LONG_LABEL = 24
_WIDEST_COMBO = 520


def _columns(options: list[tuple[str, str]]) -> int:
    longest = max((len(label) for _value, label in options), default=0)
    if longest > 2 * _LONG_LABEL:
        return 1
    return 2 if longest > _LONG_LABEL else min(len(options), 4) if longest <= _LONG_LABEL // 3 else 3


class TilesAnswer(AnswerWidget):
    """`several`: any number of them, kept with blanks between in the order of the choices."""

    def __init__(self, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._options: list[tuple[str, str]] = []
        self._chosen: list[str] = []
        self._grid: ChoiceGrid | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_options(self, options: list[tuple[str, str]]) -> None:
        if options == self._options and self._grid is not None:
            return
        self._options = options
        if self._grid is not None:
            # Hidden first: what is deleted later would be seen once more.
            self._column.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = ChoiceGrid([(value, ChoiceTile(label, wrap=True)) for value, label in options], max(_columns(options), 1))
        self._grid.tapped.connect(self._on_tapped)
        self._column.addWidget(self._grid)
        self._grid.set_chosen(self._chosen)

    def show_answer(self, text: str) -> None:
        self._chosen = text.split() if self._several else [text] if text else []
        if self._grid is not None:
            self._grid.set_chosen(self._chosen)

    def tile(self, value: str) -> ChoiceTile:
        assert self._grid is not None
        return self._grid.tile(value)

    def _on_tapped(self, key: object) -> None:
        value = str(key)
        if not self._several:
            # A second tap takes the answer back.
            self._chosen = [] if self._chosen == [value] else [value]
        elif value in self._chosen:
            self._chosen = [one for one in self._chosen if one != value]
        else:
            self._chosen = [one for one, _label in self._options if one in (*self._chosen, value)]
        assert self._grid is not None
        self._grid.set_chosen(self._chosen)
        self.answered.emit(" ".join(self._chosen), False)


class ListAnswer(AnswerWidget):
    """One of many: a combo box in which any part of the words is searched."""

    def __init__(self, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: list[tuple[str, str]] = []
        self.box = QComboBox()
        if narrow:
            self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.box.setMinimumContentsLength(3)
            self.box.setStyleSheet("QComboBox { padding: 0 0 0 2px; } QComboBox::drop-down { width: 22px; }")
        line = QLineEdit()
        line.setPlaceholderText("" if narrow else _("Choose, or type to search"))
        if narrow:
            line.setStyleSheet("QLineEdit { padding: 0; }")
        line.textEdited.connect(self._on_edited)
        line.editingFinished.connect(self._on_typed)
        self.box.setLineEdit(line)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMinimumHeight(TARGET)
        self.box.setMaximumWidth(_WIDEST_COMBO)
        completer = QCompleter(self.box.model(), self.box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.box.activated.connect(self._on_activated)
        self.box.setCompleter(completer)
        self._no_wheel = NoWheel(self)
        self.box.installEventFilter(self._no_wheel)
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)

    def show_options(self, options: list[tuple[str, str]]) -> None:
        if options == self._options and self.box.count():
            return
        self._options = options
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem("", "")
        for value, label in options:
            self.box.addItem(label, value)
        self.box.blockSignals(False)

    def show_answer(self, text: str) -> None:
        place = max(self.box.findData(text), 0)
        line = self.box.lineEdit()
        # What is being typed is left as it is.
        if place != self.box.currentIndex() or self.box.currentText() != self.box.itemText(place) and not (line and line.hasFocus()):
            self.box.setCurrentIndex(place)
        if line is not None and not line.hasFocus():
            # In a narrow cell the beginning is what tells.
            line.setCursorPosition(0)
        self.box.setToolTip(self.box.currentText())

    def _on_activated(self, place: int) -> None:
        self.answered.emit(str(self.box.itemData(place) or ""), False)

    def _on_edited(self, text: str) -> None:
        """All the words of a choice are an answer at once: a list that closes over the field may take the keyboard away unsaid."""
        place = self._place_of(text)
        if place >= 0:
            self.answered.emit(str(self.box.itemData(place) or ""), True)

    def _on_typed(self) -> None:
        """Words that are no choice are taken back; those of a choice choose it."""
        place = self._place_of(self.box.currentText())
        if place >= 0:
            self.box.setCurrentIndex(place)
            self._on_activated(place)
        else:
            self.box.setCurrentIndex(self.box.currentIndex())
        line = self.box.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        self.left.emit()

    def _place_of(self, words: str) -> int:
        return self.box.findText(words.strip(), Qt.MatchFlag.MatchFixedString)


class NoWheel(QObject):
    """Scrolling the page must not change an answer under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
