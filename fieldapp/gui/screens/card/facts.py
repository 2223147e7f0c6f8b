"""The facts of a card in two columns: a soft label above each, sensitive numbers masked until asked for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.screens.card import sentences
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _
from fieldapp.usecases.children import Card, ChildRow


class Fact(QWidget):
    """`below` takes what belongs to the fact: a reason, links."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.below = QVBoxLayout(self)
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.setSpacing(0)
        self._value = Text("", wrap=True)
        self._note = Text("", Role.SMALL_MUTED, wrap=True)
        self.below.addWidget(Text(label, Role.SMALL_MUTED))
        self.below.addWidget(self._value)
        self.below.addWidget(self._note)

    def set(self, value: str, note: str = "") -> None:
        self._value.setText(value)
        self._value.setVisible(bool(value))
        self._note.setText(note)
        self._note.setVisible(bool(note))


class Reveal(QToolButton):
    """An eye that shows a masked number for as long as it is pressed in. `toggled` tells."""

    def __init__(self, show_words: str, hide_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {False: show_words, True: hide_words}
        self.setProperty("variant", "reveal")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._describe)
        self._describe(False)

    def _describe(self, shown: bool) -> None:
        self.setIcon(icon("eye-off" if shown else "eye"))
        self.setToolTip(self._words[shown])
        self.setAccessibleName(self._words[shown])


class Facts(QWidget):
    """`sibling_chosen` carries the case of the sibling whose card is wanted."""

    sibling_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: Card | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(5))
        grid.setVerticalSpacing(space(3))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._age = Fact(_("Compulsory education"))
        self._list = Fact(_("List"))
        self._place = Fact(_("Address"))
        self._guardian = Fact(_("Guardian"))
        self._siblings = Fact(_("Siblings in the house"))
        self._school = Fact(_("Last school"))
        for place, fact in enumerate((self._age, self._list, self._place, self._guardian, self._siblings, self._school)):
            grid.addWidget(fact, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        self._phone = Text("")
        self._reveal = Reveal(_("Show the telephone number"), _("Hide the telephone number"))
        self._reveal.toggled.connect(self._show_phone)
        line = QHBoxLayout()
        line.setSpacing(space(1))
        line.addWidget(self._phone)
        line.addWidget(self._reveal)
        line.addStretch(1)
        self._guardian.below.addLayout(line)
        self._links: list[QWidget] = []

    def show_card(self, card: Card, today_age: dict[str, str]) -> None:
        """`today_age`: the siblings' ages in words, by case."""
        self._card = card
        self._age.set(*sentences.compulsory_age(card.eligibility))
        self._list.set(sentences.received_list(card))
        row = card.row
        self._place.set(phrases.place(row.house_no, row.moo, row.tambon_code, row.village))
        self._guardian.set(sentences.guardian(card))
        self._reveal.setChecked(False)
        self._reveal.setVisible(bool(card.child.guardian_phone))
        self._phone.setVisible(bool(card.child.guardian_phone))
        self._show_phone(False)
        self._school.set(sentences.last_school(card))
        self._show_siblings(card.siblings, today_age)

    def _show_phone(self, shown: bool) -> None:
        if self._card:
            self._phone.setText(sentences.phone(self._card.child.guardian_phone, shown=shown))

    def _show_siblings(self, siblings: tuple[ChildRow, ...], ages: dict[str, str]) -> None:
        for old in self._links:
            old.hide()
            old.deleteLater()
        self._links = []
        self._siblings.set("" if siblings else _("none on this laptop"))
        for sibling in siblings:
            # Siblings mostly share the family name; the whole name is in the hint.
            link = TextLink(f"{sibling.title} {sibling.given_name} {ages[sibling.case_id]}".strip())
            link.setAccessibleName(f"{phrases.full_name(sibling)} {ages[sibling.case_id]}")
            link.setMinimumWidth(40)
            link.setToolTip(_("Open the card of {name}").format(name=phrases.full_name(sibling)))
            link.clicked.connect(lambda _checked=False, case_id=sibling.case_id: self.sibling_chosen.emit(case_id))
            self._siblings.below.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._links.append(link)
