"""A month of a year, or a year alone, in Buddhist years where the app speaks Thai: kept as its first day."""

import datetime as dt

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from fieldapp import phrases
from fieldapp.domain import thai_dates
from fieldapp.gui.forms.editors.chosen import NoWheel
from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.texts import _

_MONTH_WIDTH = 180
_YEAR_WIDTH = 112


class PartDayAnswer(AnswerWidget):
    """`month`: a month before the year; nothing is answered until both are there."""

    def __init__(self, today: dt.date, *, month: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        self.month: QComboBox | None = None
        if month:
            self.month = QComboBox()
            self.month.addItem("", 0)
            for number in range(1, 13):
                self.month.addItem(phrases.month(dt.date(2000, number, 1)).rpartition(" ")[0], number)
            self.month.setFixedWidth(_MONTH_WIDTH)
            self.month.setMinimumHeight(TARGET)
            self.month.setAccessibleName(_("Month"))
            self.month.installEventFilter(NoWheel(self))
            self.month.activated.connect(lambda _place: self._say())
            row.addWidget(self.month)
        self.year = QLineEdit()
        self.year.setFixedWidth(_YEAR_WIDTH)
        self.year.setPlaceholderText(_("Year"))
        self.year.editingFinished.connect(self._say)
        self.watch(self.year)
        row.addWidget(self.year)
        row.addStretch(1)
        self.setFocusProxy(self.month or self.year)

    def show_answer(self, text: str) -> None:
        if text == self._text() or not text and self._begun():
            return
        try:
            day = dt.date.fromisoformat(text[:10]) if text else None
        except ValueError:
            day = None
        if self.month is not None:
            self.month.setCurrentIndex(day.month if day else 0)
        year = (thai_dates.buddhist_year(day) if phrases.in_thai() else day.year) if day else text
        self.year.setText(str(year))

    def _begun(self) -> bool:
        """Half of an answer stands until the other half comes."""
        chosen = self.month is not None and self.month.currentIndex() > 0
        return chosen != bool(self.year.text().strip()) and self.month is not None

    def _text(self) -> str:
        typed = self.year.text().strip()
        month = self.month.currentData() if self.month is not None else 1
        if not typed or not month:
            return ""
        try:
            read = thai_dates.parse(typed, today=self._today)
        except thai_dates.DateUnreadable:
            return typed
        return f"{read.on.year:04}-{month:02}-01"

    def _say(self) -> None:
        self.answered.emit(self._text(), False)
