"""The card at the gate: what one needs there, in letters that are read at arm's length and in the sun, over the whole window. Nothing that
is masked or sensitive stands on it, since others look on."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.help_line import HelpLine
from fieldapp.gui.screens.card import sentences
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import Card

KEY = Qt.Key.Key_F7
# Of the text, in px; its labels have half of it.
_SIZES = (28, 36, 48, 64)
_USUAL = 36


def lines(card: Card, today: dt.date) -> tuple[tuple[str, str], ...]:
    """(label, text) from top to bottom; what is not known is left out."""
    row = card.row
    told = [
        ("", phrases.full_name(row)),
        (_("Age"), phrases.age_long(card.child.birth, today)),
        (_("Address"), phrases.place(row.house_no, row.moo, row.tambon_code, row.village)),
        (_("Guardian"), sentences.guardian(card) if card.child.guardian_name else ""),
        (_("Siblings in the house"), " · ".join(f"{one.title}{one.given_name}" for one in card.siblings)),
        (_("Last school"), sentences.last_school(card)),
        (_("Last visit"), _last_visit(card)),
        (_("Follow-ups"), "\n".join(_promises(card))),
    ]
    return tuple((label, text) for label, text in told if text)


def _last_visit(card: Card) -> str:
    item = next((one for one in card.timeline if one.visit is not None), None)
    if item is None or item.visit is None:
        return _("not visited yet")
    outcome = words.of(item.visit.outcome) if item.visit.outcome else ""
    return " · ".join(part for part in (phrases.day(item.on), outcome) if part)


def _promises(card: Card) -> list[str]:
    standing = [one for one in card.follow_ups if one.state is FollowUpState.OPEN]
    return [" · ".join(part for part in (phrases.day(one.due_on), one.note or words.of(one.reason)) if part) for one in standing]


class ReadingPage(QDialog):
    """Covers the window it was opened from. Larger and smaller with + and −; its own key or Esc closes it."""

    def __init__(self, card: Card, today: dt.date, help_lines: Sequence[HelpLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Large type"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._size = _USUAL
        self._texts: list[tuple[Text, float]] = []
        self.page = ScrollPage(margin=space(8), spacing=space(1))
        for label, text in lines(card, today):
            if label:
                self._say(label, 0.5, Role.MUTED)
            self._say(text, 1.0 if label else 1.3, Role.STRONG)
        numbers = " · ".join(f"{line.name} {line.number}" for line in help_lines)
        self.page.body.addSpacing(space(4))
        self._say(_("Call for help: {numbers}").format(numbers=numbers), 0.5, Role.MUTED)
        self.page.body.addStretch(1)
        self.smaller, self.larger = buttons.plain("A −"), buttons.plain("A +")
        self.smaller.setAccessibleName(_("Smaller letters"))
        self.larger.setAccessibleName(_("Larger letters"))
        self.smaller.clicked.connect(lambda: self._step(-1))
        self.larger.clicked.connect(lambda: self._step(1))
        self.leave = buttons.primary(_("Back to the card"))
        self.leave.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(space(8), 0, space(8), space(5))
        foot.addWidget(self.smaller)
        foot.addWidget(self.larger)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        self._apply()
        self.setGeometry(parent.window().geometry())
        self.leave.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_F7:
                self.accept()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._step(1)
            case Qt.Key.Key_Minus:
                self._step(-1)
            case _:
                super().keyPressEvent(event)

    def _say(self, text: str, scale: float, role: Role) -> None:
        shown = Text(text, role, wrap=True)
        self._texts.append((shown, scale))
        self.page.body.addWidget(shown)

    def _step(self, by: int) -> None:
        place = _SIZES.index(self._size) + by
        self._size = _SIZES[min(max(place, 0), len(_SIZES) - 1)]
        self._apply()

    def _apply(self) -> None:
        for shown, scale in self._texts:
            shown.setStyleSheet(f"font-size: {round(self._size * scale)}px;")
        self.smaller.setEnabled(self._size > _SIZES[0])
        self.larger.setEnabled(self._size < _SIZES[-1])
