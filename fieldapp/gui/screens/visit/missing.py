"""What still keeps the visit from being finished, as a list to click through."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.gui.screens.visit.answers import Part
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import RADIUS, Tone, space
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import ngettext


@dataclass(frozen=True, slots=True)
class Lack:
    part: Part
    sentence: str


class MissingList(QFrame):
    """`chosen` carries the part in which something is missing."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing")
        self._lacks: tuple[Lack, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(space(4), space(2), space(4), space(2))
        column.setSpacing(0)
        self._title = Text("", Role.STRONG, tone=Tone.WARNING)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        column.addWidget(self._title)
        column.addLayout(self._links)
        self.hide()

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return self._lacks

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        self._lacks = tuple(lacks)
        empty(self._links)
        for lack in lacks:
            link = TextLink(lack.sentence)
            link.clicked.connect(lambda _checked=False, part=lack.part: self.chosen.emit(part))
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        count = len(lacks)
        self._title.setText(ngettext("One thing is still missing", "{count} things are still missing", count).format(count=count))
        self.setStyleSheet(f"#missing {{ background: {current().tone(Tone.WARNING).soft}; border-radius: {RADIUS}px; }}")
        self.setVisible(bool(lacks))
