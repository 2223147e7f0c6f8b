"""One of many by typing any part of its name; or, where it is in no list, in one's own words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class PickBox(QComboBox):
    """`value` is the option whose words stand in the field, '' where it is none of them; `words` is what stands there."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.setAccessibleName(name)
        field = self.lineEdit()
        if field is not None:
            field.setPlaceholderText(placeholder)
            field.setMaxLength(200)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Value and words; empties the field."""
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.setCurrentIndex(-1)
        self.clearEditText()

    def value(self) -> str:
        place = self.findText(self.words(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place)) if place >= 0 else ""

    def words(self) -> str:
        return self.currentText().strip()

    def set_words(self, words: str) -> None:
        self.setEditText(words)
