"""The page that hides everything: a clock. A key or a tap brings a field for the PIN or the passphrase. It knows no child, no person and
no word of what the program is for."""

import datetime as dt

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.errors import FieldappError
from fieldapp.gui.navigation import Clock
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import plain
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

_FIELD = 300
_TIME_SIZE = 88


class Cover(QWidget):
    """`typed` carries what was typed; the answer comes as `refuse`, or the cover goes."""

    typed = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seconds_left = 0
        self._busy = False
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Clock"))
        column = QVBoxLayout(self)
        column.setSpacing(space(2))
        column.addStretch(2)
        self._time = Text("", Role.FIGURE)
        self._time.setStyleSheet(f"font-size: {_TIME_SIZE}px; font-weight: 400;")
        self._date = Text("", Role.MUTED)
        self.field = PasswordField(_("Code"))
        self.field.setAccessibleName(_("Code"))
        self.field.setFixedWidth(_FIELD)
        self.field.returnPressed.connect(self._on_submit)
        self.field.textEdited.connect(self._on_edited)
        self.button = plain(_("OK"))
        self.button.clicked.connect(self._on_submit)
        self._said = Text("", Role.MUTED)
        for text in (self._time, self._date):
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(space(6))
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(self.button)
        # The clock does not move when the field comes.
        policy = self._asking.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._asking.setSizePolicy(policy)
        column.addWidget(self._asking, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._said, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self.second_passed)
        self._tick.start()
        self._asking.hide()
        self._show_time()

    @property
    def said(self) -> str:
        return self._said.plain

    def ask(self) -> None:
        """Somebody is here."""
        self._asking.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self._set_enabled()

    def refuse(self, error: Exception) -> None:
        """Said in few words: the usual ones would tell what is behind."""
        self.show_busy(False)
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        code, data = (error.code, error.data) if isinstance(error, FieldappError) else ("", {})
        self._seconds_left = int(data.get("seconds", 0))
        left = int(data.get("tries_left", 0))
        if code == "store.pin_spent":
            self._said.setText(_("Too many wrong tries. Type the passphrase."))
        elif self._seconds_left:
            self._show_wait()
        elif code in ("store.wrong_pin", "store.wrong_passphrase"):
            self._said.setText(ngettext("Wrong. {count} more try.", "Wrong. {count} more tries.", left).format(count=left))
        else:
            self._said.setText(_("Not now. Try again in a moment."))
        self._set_enabled()

    def second_passed(self) -> None:
        self._show_time()
        if self._seconds_left > 0:
            self._seconds_left -= 1
            if self._seconds_left:
                self._show_wait()
            else:
                self._said.setText("")
                self._set_enabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ask()
        if event.text().isprintable() and event.text():
            self.field.insert(event.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ask()
        event.accept()

    def _on_submit(self) -> None:
        if self.field.text() and self.button.isEnabled():
            self.show_busy(True)
            self._said.setText("")
            self.field.reveal(False)
            self.typed.emit(self.field.text())

    def _on_edited(self) -> None:
        if not self._seconds_left:
            self._said.setText("")

    def _show_wait(self) -> None:
        words = ngettext("Wait {count} second.", "Wait {count} seconds.", self._seconds_left)
        self._said.setText(words.format(count=self._seconds_left))

    def _show_time(self) -> None:
        now: dt.datetime = self._clock().astimezone()
        self._time.setText(phrases.time(now))
        self._date.setText(phrases.long_day(now.date(), weekday=True))

    def _set_enabled(self) -> None:
        self.button.setEnabled(not self._busy and self._seconds_left <= 0)
        self.field.setReadOnly(self._busy)
