"""Days and times: the app's own field with Buddhist years, and hours and minutes."""

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.date_edit import DateEdit

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙.", "0123456789:")
_TIME_WIDTH = 96


def _thai(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(THAI_TIME) if moment.tzinfo else moment


def _time_of(text: str) -> str:
    """14:30, 14.30 or 1430 as the form keeps a time; '' for what is none."""
    digits = text.strip().translate(_THAI_DIGITS)
    if digits.isdecimal() and len(digits) in (3, 4):
        digits = f"{digits[:-2]}:{digits[-2:]}"
    try:
        return dt.datetime.strptime(digits, "%H:%M").time().isoformat()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        return ""


class DayAnswer(AnswerWidget):
    """`with_time`: hours and minutes beside the day, in Thai time."""

    def __init__(self, today: dt.date, *, with_time: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateEdit(today)
        self.day.changed.connect(lambda _day: self._say())
        self.watch(self.day.field)
        self.time: QLineEdit | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        row.addWidget(self.day)
        if with_time:
            self.time = _time_field()
            self.time.editingFinished.connect(self._say)
            row.addWidget(self.time)
        row.addStretch(1)
        self.setFocusProxy(self.day)

    def show_answer(self, text: str) -> None:
        if text == self._text():
            return
        try:
            moment = _thai(dt.datetime.fromisoformat(text)) if text else None
        except ValueError:
            moment = None
        self.day.set_value(moment.date() if moment else None)
        if self.time is not None:
            self.time.setText(f"{moment:%H:%M}" if moment else "")

    def _text(self) -> str:
        day = self.day.value()
        if day is None:
            return ""
        if self.time is None:
            return day.isoformat()
        at = dt.time.fromisoformat(_time_of(self.time.text()) or "00:00:00")
        return dt.datetime.combine(day, at, THAI_TIME).isoformat(timespec="milliseconds")

    def _say(self) -> None:
        self.answered.emit(self._text(), False)


class TimeAnswer(AnswerWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _time_field()
        self.field.editingFinished.connect(self._on_finished)
        self.watch(self.field)
        self.setFocusProxy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addStretch(1)

    def show_answer(self, text: str) -> None:
        shown = text[:5] if _time_of(text[:5]) else text
        if self.field.text() != shown and not self.field.hasFocus():
            self.field.setText(shown)

    def _on_finished(self) -> None:
        text = self.field.text().strip()
        self.answered.emit(f"{_time_of(text)[:8]}.000" if _time_of(text) else text, False)


def _time_field() -> QLineEdit:
    field = QLineEdit()
    field.setFixedWidth(_TIME_WIDTH)
    field.setPlaceholderText("14:30")
    return field
