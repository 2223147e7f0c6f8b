"""A date as teachers write it: day/month/พ.ศ. typed, or picked from a calendar. English shows and takes Gregorian years."""

import datetime as dt

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QTableView, QToolButton, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain import thai_dates
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.field_button import FieldButton
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class DateEdit(QWidget):
    """`changed` carries the date (or None) whenever what is typed becomes another date. The words beside the field say how it was
    understood, so that 1/2 is never taken for 2/1 unseen."""

    changed = Signal(object)

    def __init__(self, today: dt.date, *, optional: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._optional = optional
        self._value: dt.date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        self.field = QLineEdit()
        self.field.setFixedWidth(184)
        self.field.setPlaceholderText(_("day/month/year"))
        self.field.textEdited.connect(self._on_text_edited)
        self.field.editingFinished.connect(self._on_editing_finished)
        pick = FieldButton(self.field, "calendar", _("Choose from a calendar (Alt+Down)"))
        pick.clicked.connect(self.open_calendar)
        shortcut = QShortcut(QKeySequence("Alt+Down"), self.field)
        shortcut.activated.connect(self.open_calendar)
        self._said = Text("", Role.SMALL_MUTED)
        row.addWidget(self.field)
        row.addWidget(self._said, 1)
        self.setAccessibleName(_("Date"))
        self.setFocusProxy(self.field)

    def setAccessibleName(self, name: str) -> None:
        """Said for the field, which has the keyboard."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def value(self) -> dt.date | None:
        return self._value

    def set_value(self, value: dt.date | None) -> None:
        self._value = value
        self.field.setText(phrases.typed_day(value) if value else "")
        self._say(self.field.text())

    def is_valid(self) -> bool:
        """Whether what stands in the field is a date, or nothing where nothing is allowed."""
        text = self.field.text().strip()
        return self._value is not None if text else self._optional

    def open_calendar(self) -> None:
        self.calendar().open_at(self.field.mapToGlobal(QPoint(0, self.field.height() + space(1))))

    def calendar(self) -> "CalendarPopup":
        """A calendar at the date that stands here, not yet shown."""
        popup = CalendarPopup(self._value or self._today, self)
        popup.picked.connect(self._on_picked)
        return popup

    def _on_text_edited(self, text: str) -> None:
        self._take(self._read(text))
        self._say(text)

    def _on_editing_finished(self) -> None:
        if self._value:
            self.field.setText(phrases.typed_day(self._value))
        self._say(self.field.text())

    def _on_picked(self, day: dt.date) -> None:
        self.field.setText(phrases.typed_day(day))
        self._take(day)
        self._say(self.field.text())
        self.field.setFocus()

    def _read(self, text: str) -> dt.date | None:
        try:
            read = thai_dates.parse(text, today=self._today)
        except thai_dates.DateUnreadable:
            return None
        return read.on if read.precision is thai_dates.Precision.DAY else None

    def _take(self, value: dt.date | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _say(self, text: str) -> None:
        wrong = bool(text.strip()) and self._value is None
        example = _("For example {date}").format(date=phrases.typed_day(self._today)) if wrong else ""
        self._said.setText(phrases.long_day(self._value) if self._value else example)
        self.field.setProperty("invalid", wrong and not self.field.hasFocus())
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class CalendarPopup(QFrame):
    """A month to pick a day from. Its head is our own, since Qt's calendar cannot write Buddhist years."""

    picked = Signal(object)

    def __init__(self, day: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(space(2), space(2), space(2), space(2))
        column.setSpacing(space(1))
        self._calendar = QCalendarWidget()
        self._calendar.setNavigationBarVisible(False)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setLocale(QLocale("th_TH" if phrases.in_thai() else "en_GB"))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.setMinimumSize(7 * TARGET, 7 * TARGET)
        self._calendar.setAccessibleName(_("Month to choose from"))
        for inside in self._calendar.findChildren(QTableView):
            # The days have the keyboard.
            inside.setAccessibleName(_("Month to choose from"))
        calm = QTextCharFormat()
        calm.setForeground(QColor(current().muted))
        for rest_day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(rest_day, calm)
        self._head = Text("", Role.STRONG)
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self._turner("back", _("Month before"), self._calendar.showPreviousMonth))
        head.addWidget(self._head, 1)
        head.addWidget(self._turner("next", _("Month after"), self._calendar.showNextMonth))
        column.addLayout(head)
        column.addWidget(self._calendar)
        self._calendar.currentPageChanged.connect(self._on_page_changed)
        self._calendar.activated.connect(self._on_activated)
        self._calendar.clicked.connect(self._on_activated)
        self._on_page_changed(day.year, day.month)

    def open_at(self, place: QPoint) -> None:
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(min(place.x(), room.right() - self.width()), min(place.y(), room.bottom() - self.height()))
        self.show()
        self._calendar.setFocus()

    def _turner(self, name: str, tip: str, turn: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(turn)
        return button

    def _on_page_changed(self, year: int, month: int) -> None:
        self._head.setText(phrases.month(dt.date(year, month, 1)))

    def _on_activated(self, day: QDate) -> None:
        self.picked.emit(dt.date(day.year(), day.month(), day.day()))
        self.close()
