"""The frame of what comes before the shell (unlock, first sign-in): the brand at the left, one column to fill in at the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldapp import __version__
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.brand_mark import BrandMark
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import LANGUAGES, _, language

_COLUMN = 440


class Stage(QWidget):
    """Put things into `column`. `language_wanted` carries a language code."""

    language_wanted = Signal(str)
    practice_wanted = Signal()
    # Each of them has one in its column, where it fits best.
    message: "Message"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What gets the keyboard when the stage is shown.
        self.begins_at: QWidget | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._brand(), 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("role", "scroll")
        outer = QHBoxLayout(content)
        outer.setContentsMargins(space(6), space(6), space(6), space(6))
        outer.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(_COLUMN)
        spare = QVBoxLayout(holder)
        spare.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout()
        self.column.setSpacing(space(3))
        spare.addLayout(self.column)
        spare.addStretch(1)
        outer.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        scroll.setWidget(content)
        row.addWidget(scroll, 3)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Not a focus proxy: with one on what holds everything, Qt's Tab key goes round in a part of it."""
        super().focusInEvent(event)
        if self.begins_at is not None:
            self.begins_at.setFocus(event.reason())

    def _on_language_clicked(self, code: str) -> None:
        self.language_wanted.emit(code)

    def _brand(self) -> QWidget:
        side = QFrame()
        side.setProperty("role", "rail")
        side.setObjectName("brand")
        column = QVBoxLayout(side)
        column.setContentsMargins(space(14), space(14), space(12), space(8))
        column.setSpacing(space(2))
        column.addWidget(BrandMark(64))
        column.addSpacing(space(5))
        column.addWidget(_light(_("Bring them back to school"), Role.FIGURE))
        column.addWidget(_light(_("For those who go to the house of every child that has fallen out of school."), Role.BODY))
        column.addStretch(1)
        for icon, words in (
            ("home", _("Works in the house without any signal")),
            ("lock", _("Everything on this computer is encrypted")),
            ("cloud-done", _("The district gives a receipt for each record")),
        ):
            column.addLayout(_promise(icon, words))
        column.addSpacing(space(8))
        column.addLayout(self._foot())
        return side

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(space(1))
        for code, name in LANGUAGES.items():
            button = QPushButton(name)
            button.setProperty("variant", "on-rail")
            button.setCheckable(True)
            button.setChecked(code == language())
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self._on_language_clicked, code))
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(_light(__version__, Role.SMALL, wrap=False))
        return foot


def _light(words: str, role: Role, *, wrap: bool = True) -> Text:
    text = Text(words, role, wrap=wrap)
    text.setProperty("on-rail", True)
    return text


def _promise(icon: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(space(3))
    picture = Text()
    picture.setPixmap(pixmap(icon, current().accent, 22))
    row.addWidget(picture)
    row.addWidget(_light(words, Role.BODY), 1)
    return row
