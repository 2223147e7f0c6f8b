"""What a person chooses for this computer: language, light or dark, the passphrase. Short on purpose."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from fieldapp.errors import StoreError
from fieldapp.gui.navigation import ChangeLook, OpenAbout, Screen
from fieldapp.gui.screens.care_cards import CareCard, LockCard
from fieldapp.gui.screens.originals_card import OriginalsCard
from fieldapp.gui.screens.pin_card import PinCard
from fieldapp.gui.screens.stamp_card import StampCard
from fieldapp.gui.theme.style import THEMES
from fieldapp.gui.theme.tokens import PAGE_WIDTH, space
from fieldapp.gui.widgets.buttons import link, plain
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.password_field import PasswordField
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import LANGUAGES, _, language, mark, ngettext
from fieldapp.usecases.passphrases import SHORTEST

if TYPE_CHECKING:
    from fieldapp.usecases.preferences import Preference

_THEME_WORDS = {"light": mark("Light"), "dark": mark("Dark"), "system": mark("As the computer")}


class SettingsScreen(Screen):
    def title(self) -> str:
        return _("Settings")

    def subtitle(self) -> str:
        profile = self.client.profile
        return " · ".join(part for part in (profile.person_name, profile.school_name or profile.district_name) if part)

    def refresh(self) -> None:
        """Lay the page out once; afterwards there is nothing to load anew."""
        if self.layout() is not None:
            return
        self.tasks.run(self, self.client.preferences.get, self._lay_out)

    def _lay_out(self, preference: "Preference") -> None:
        if self.layout() is not None:
            return
        page = ScrollPage()
        page.content.setMaximumWidth(PAGE_WIDTH)
        page.fill(self)
        self._theme = preference.theme or THEMES[0]
        self.languages = self._choices(dict(LANGUAGES), language())
        self.languages.idClicked.connect(self._on_look_chosen)
        self.themes = self._choices({theme: _(_THEME_WORDS[theme]) for theme in THEMES}, self._theme)
        self.themes.idClicked.connect(self._on_look_chosen)
        look = Card(_("Language and look"))
        look.add(_line(_("Language"), self.languages))
        look.add(_line(_("Look"), self.themes))
        page.body.addWidget(look)
        if not self.client.is_practice:
            # Practice has no passphrase.
            page.body.addWidget(PassphraseCard(self))
            page.body.addWidget(PinCard(self))
        page.body.addWidget(LockCard(self))
        page.body.addWidget(StampCard(self))
        page.body.addWidget(OriginalsCard(self))
        page.body.addWidget(CareCard(self))
        self.about = link(_("About this program"), "info")
        self.about.clicked.connect(self._on_about_clicked)
        page.body.addWidget(self.about, 0, Qt.AlignmentFlag.AlignLeft)
        page.body.addStretch(1)

    def _on_about_clicked(self) -> None:
        self.navigate.emit(OpenAbout())

    def _choices(self, words: dict[str, str], chosen: str) -> QButtonGroup:
        group = QButtonGroup(self)
        for code, word in words.items():
            chip = Chip(word, filled=True)
            chip.setProperty("code", code)
            chip.setChecked(code == chosen)
            group.addButton(chip)
        return group

    def _on_look_chosen(self, _id: int) -> None:
        look = ChangeLook(_chosen(self.languages), _chosen(self.themes))
        self.tasks.run(self, lambda: self.client.preferences.set(look.language, look.theme), lambda _done: self.navigate.emit(look))


class PassphraseCard(Card):
    """The old passphrase, the new one twice."""

    def __init__(self, screen: SettingsScreen) -> None:
        super().__init__(_("Passphrase of this computer"))
        self._screen = screen
        hint = _("It locks the data on this computer only. Your password at the district stays as it is.")
        self.add(Text(hint, Role.SMALL_MUTED, wrap=True))
        self.old, self.new, self.repeated = PasswordField(), PasswordField(), PasswordField()
        self._old_field = Field(_("Present passphrase"), self.old)
        self._new_field = Field(_("New passphrase"), self.new)
        self._repeated_field = Field(_("Once more"), self.repeated)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for field in (self._old_field, self._new_field, self._repeated_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.message = Message()
        self.add(self.message)
        self.button: QPushButton = plain(_("Change the passphrase"))
        self.button.clicked.connect(self._on_submit)
        self.repeated.returnPressed.connect(self._on_submit)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_submit(self) -> None:
        self.message.clear()
        short = ngettext("At least {count} character.", "At least {count} characters.", SHORTEST)
        too_short = len(self.new.text()) < SHORTEST
        differs = self.new.text() != self.repeated.text()
        self._old_field.set_problem("" if self.old.text() else _("Please fill in."))
        self._new_field.set_problem(short.format(count=SHORTEST) if too_short else "")
        self._repeated_field.set_problem(_("Not the same as the first.") if differs else "")
        if not self.old.text() or too_short or differs:
            return
        self.button.setEnabled(False)
        old, new = self.old.text(), self.new.text()
        change = self._screen.client.preferences.change_passphrase
        self._screen.tasks.run(self, lambda: change(old, new), self._on_changed, self._on_failed)

    def _on_changed(self, _done: object) -> None:
        self.button.setEnabled(True)
        for field in (self.old, self.new, self.repeated):
            field.clear()
            field.reveal(False)
        self.message.show_good(_("The passphrase was changed."), _("Use the new one from the next time you unlock."))

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, StoreError) and error.code == "store.wrong_passphrase":
            self._old_field.set_problem(_("This is not the present passphrase."))
            self.old.setFocus()
            return
        self.message.show_error(error)


def _line(name: str, choices: QButtonGroup) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(space(2))
    label = Text(name, Role.MUTED)
    label.setFixedWidth(110)
    row.addWidget(label)
    for chip in choices.buttons():
        row.addWidget(chip)
    row.addStretch(1)
    return holder


def _chosen(choices: QButtonGroup) -> str:
    return next(str(chip.property("code")) for chip in choices.buttons() if chip.isChecked())
