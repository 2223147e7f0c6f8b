"""What a person who opens the app for the first time should know, on three cards: what it holds, how a visit goes, what a receipt means."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, primary
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark

_CARDS = (
    (
        "children",
        mark("The children assigned to you are here"),
        (
            mark("Names, houses, guardians and earlier visits are on this computer, encrypted."),
            mark("Everything works without a signal, in the house as well as on the way."),
            mark("If you leave the computer alone, it locks itself."),
        ),
    ),
    (
        "home",
        mark("A visit is one page"),
        (
            mark("Choose the child, press “Record a visit”, and tick what you saw: who was met, where the child is, how it ended."),
            mark("Add photos, say what comes next, and finish."),
            mark("It is saved at every tick. You can stop at any time and go on later."),
        ),
    ),
    (
        "cloud-done",
        mark("“Received” means the district has it"),
        (
            mark("“Waiting” is safe on this computer and not sent yet. It goes by itself as soon as there is a signal."),
            mark("“Received” comes with a signed receipt of the district. Only then is it there as well."),
            mark("No internet for days? The sync page writes a file for a USB stick."),
        ),
    ),
)


class IntroductionScreen(Stage):
    """`finished`: the last card was read, or the person went past them."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = QStackedWidget()
        for icon, title, lines in _CARDS:
            self._cards.addWidget(_card(icon, _(title), [_(line) for line in lines]))
        self.column.addWidget(self._cards)
        self._dots = _Dots(len(_CARDS))
        self.column.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignHCenter)
        self.message = Message()
        self.column.addWidget(self.message)
        self.button = primary("", "next")
        self.button.clicked.connect(self._on_next)
        self.column.addWidget(self.button)
        self.skip = link(_("Skip to the list of children"))
        self.skip.clicked.connect(self.finished)
        self.column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignHCenter)
        self.begins_at = self.button
        self._show(0)

    def _show(self, place: int) -> None:
        self._cards.setCurrentIndex(place)
        self._dots.show_place(place)
        last = place == len(_CARDS) - 1
        self.button.setText(_("To the list of children") if last else _("Next"))
        self.skip.setVisible(not last)

    def _on_next(self) -> None:
        place = self._cards.currentIndex() + 1
        if place == len(_CARDS):
            self.finished.emit()
        else:
            self._show(place)


def _card(icon: str, title: str, lines: list[str]) -> QWidget:
    card = Card(padding=space(7))
    picture = Text()
    picture.setPixmap(pixmap(icon, current().primary_text, 56))
    card.add(picture)
    card.body.addSpacing(space(2))
    card.add(Text(title, Role.TITLE, wrap=True))
    for line in lines:
        card.body.addLayout(_line(line))
    card.body.addStretch(1)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    return page


def _line(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(space(2))
    tick = Text()
    tick.setPixmap(pixmap("check", current().primary_text, 18))
    row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(words, wrap=True), 1)
    return row


class _Dots(QWidget):
    """Which card of how many; said in words to screen readers."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._place = count, 0
        self.setFixedSize(QSize(space(6) * count, space(5)))

    def show_place(self, place: int) -> None:
        self._place = place
        self.setAccessibleName(_("Card {number} of {count}").format(number=place + 1, count=self._count))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(self._count):
            here = place == self._place
            painter.setBrush(QColor(current().primary if here else current().line_strong))
            size = space(3) if here else space(2)
            painter.drawEllipse(space(6) * place + (space(6) - size) // 2, (space(5) - size) // 2, size, size)
        painter.end()
