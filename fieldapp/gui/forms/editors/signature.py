"""A signature as an answer: drawn here, or a picture of one that was written on paper."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.forms.attachments import Attachments
from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.forms.editors.pad import Pad
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.drop_zone import ask_for_picture
from fieldapp.gui.widgets.message import Message
from fieldapp.texts import _

# A name is several strokes; they are kept when the hand rests.
PAUSE_MS = 400


class SignatureAnswer(AnswerWidget):
    def __init__(self, attachments: Attachments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachments = attachments
        self._name = ""
        # What is under way for an earlier sheet says nothing of this one.
        self._sheet = 0
        self.pad = Pad()
        self.pad.signed.connect(self._on_signed)
        self.pad.cleared.connect(self._begin_anew)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self.again = buttons.small(_("Sign again"))
        self.again.clicked.connect(self._begin_anew)
        self.from_paper = buttons.small(_("Picture of a signature on paper"), "photo")
        self.from_paper.clicked.connect(self._ask)
        self.message = Message()
        below = QHBoxLayout()
        below.setSpacing(space(2))
        below.addWidget(self.again)
        below.addWidget(self.from_paper)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self.pad)
        column.addLayout(below)
        column.addWidget(self.message)
        self.setFocusProxy(self.pad)
        self._dress()

    def show_answer(self, text: str) -> None:
        if text == self._name:
            return
        self._name = text
        self._sheet += 1
        self._pause.stop()
        self.pad.clear()
        if text:
            sheet = self._sheet
            self._attachments.picture(self, text, lambda data: self._show(sheet, data))
        self._dress()

    def flush(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._answer(self._attachments.sign_now(self.pad.png()))

    def hideEvent(self, event: QHideEvent) -> None:
        if self._pause.isActive():
            self._keep()
        super().hideEvent(event)

    def _on_signed(self) -> None:
        self._pause.start()
        self._dress()

    def _keep(self) -> None:
        self._pause.stop()
        self.message.clear()
        sheet = self._sheet
        self._attachments.sign(self, self.pad.png(), lambda name: self._on_kept(sheet, name), self.message.show_error)

    def _on_kept(self, sheet: int, name: str) -> None:
        # One with more strokes is on its way, where the hand went on.
        if sheet == self._sheet and not self._pause.isActive():
            self._answer(name)

    def _answer(self, name: str) -> None:
        self._name = name
        self._dress()
        self.answered.emit(name, False)

    def _begin_anew(self) -> None:
        self.message.clear()
        self._sheet += 1
        self._pause.stop()
        self.pad.clear()
        self._answer("")

    def _ask(self) -> None:
        chosen = ask_for_picture(self)
        if chosen is not None:
            self.message.clear()
            self._attachments.take(self, chosen, self._on_picture, self.message.show_error)

    def _on_picture(self, name: str) -> None:
        self.show_answer(name)
        self.answered.emit(name, False)

    def _show(self, sheet: int, data: bytes | None) -> None:
        if sheet != self._sheet:
            return
        if data is None:
            self.message.show_warning(_("This picture cannot be shown. It may be on another device."))
        elif not self.pad.has_strokes:
            self.pad.show_picture(data)

    def _dress(self) -> None:
        self.again.setEnabled(bool(self._name) or not self.pad.is_empty)
