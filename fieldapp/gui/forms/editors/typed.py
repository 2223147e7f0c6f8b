"""Answers that are typed: text in a line or a box, and numbers, in Thai digits as well."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from fieldapp.gui.forms.editors.editor import AnswerWidget

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_BETWEEN_DIGITS = str.maketrans("", "", " -–")
_NUMBER_WIDTH = 180
_DIGITS_WIDTH = 260
_BOX_HEIGHT = 96


class LineAnswer(AnswerWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.textEdited.connect(lambda text: self.answered.emit(self._kept(text), True))
        self.field.editingFinished.connect(lambda: self.answered.emit(self._kept(self.field.text()), False))
        self.watch(self.field)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def show_answer(self, text: str) -> None:
        # What is being typed is not written over by what the form keeps of it.
        if self._kept(self.field.text()) != text:
            self.field.setText(text)

    def set_read_only(self, read_only: bool) -> None:
        self.field.setReadOnly(read_only)

    def _kept(self, text: str) -> str:
        return text.strip()


class NumberAnswer(LineAnswer):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field.setFixedWidth(_NUMBER_WIDTH)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def be_narrow(self) -> None:
        """For a cell of a table."""
        self.field.setMinimumWidth(0)
        self.field.setStyleSheet("QLineEdit { padding: 0 6px; }")

    def show_answer(self, text: str) -> None:
        # The form keeps 7 as 7.0: written into the field, the next digit would come behind it.
        if _number(self._kept(self.field.text())) != _number(text):
            self.field.setText(text.removesuffix(".0"))

    def _kept(self, text: str) -> str:
        return text.strip().translate(_THAI_DIGITS).replace(",", "")


class DigitsAnswer(LineAnswer):
    """A telephone number, an ID: digits that count nothing, kept without what people write between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field.setFixedWidth(_DIGITS_WIDTH)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def _kept(self, text: str) -> str:
        return text.strip().translate(_THAI_DIGITS).translate(_BETWEEN_DIGITS)


class BoxAnswer(AnswerWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(_BOX_HEIGHT)
        self.field.textChanged.connect(lambda: self.answered.emit(self.field.toPlainText().strip(), True))
        self.watch(self.field)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def show_answer(self, text: str) -> None:
        if self.field.toPlainText().strip() != text:
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)

    def set_read_only(self, read_only: bool) -> None:
        self.field.setReadOnly(read_only)


def _number(text: str) -> Decimal | str:
    """What is no number is itself."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
