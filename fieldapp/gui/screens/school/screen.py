"""โรงเรียน: the forms about a school, how each stands, and the way to fill one. A teacher sees their own school; the district's people
choose one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.forms.editors.chosen import ListAnswer
from fieldapp.gui.forms.form_list import FormList
from fieldapp.gui.navigation import Clock, Destination, FillForm, OpenSchool, OpenSync, Screen
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.school_forms import BegunAboutSchool, SchoolView

if TYPE_CHECKING:
    from fieldapp.client import Client

_WIDEST = 860


class SchoolScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self._code = ""
        self._name = ""
        self.school = ListAnswer()
        self.school.box.setAccessibleName(_("School"))
        self.school.answered.connect(lambda code, _typed: self._on_chosen(code))
        self._choosing = Card(_("About which school?"))
        self._choosing.add(self.school)
        self._heading = Text("", Role.HEADING, wrap=True)
        self.forms = FormList()
        self.forms.wanted.connect(lambda form_id: self.navigate.emit(FillForm(form_id, "", self._code)))
        self._card = Card()
        self._card.add(self._heading)
        self._card.add(self.forms)
        self.elsewhere = BegunCard()
        self.elsewhere.wanted.connect(lambda begun: self.navigate.emit(FillForm(begun.form_id, "", begun.school_code)))
        self._nothing = Card()
        nobody = EmptyState(
            "school",
            _("No school to write about"),
            _("Forms about a school are filled by its teachers, its head and the district. If one is yours, sync."),
            _("Open sync"),
        )
        nobody.acted.connect(lambda: self.navigate.emit(OpenSync()))
        self._nothing.add(nobody)
        self._arrange()
        changes.changed.connect(self._on_changed)

    def title(self) -> str:
        return _("School")

    def subtitle(self) -> str:
        return self._name

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, OpenSchool) and destination.school_code:
            self._code = destination.school_code

    def refresh(self) -> None:
        code = self._code
        self.tasks.run(self, lambda: self.client.school_forms.view(code), self.set_view)

    def set_view(self, view: SchoolView) -> None:
        """Show these forms."""
        self._code, self._name = view.school_code, view.school_name
        self.school.show_options([(code, f"{name} ({code})") for code, name in view.schools.items()])
        self.school.show_answer(view.school_code)
        self._choosing.setVisible(bool(view.schools))
        self._heading.setText(view.school_name)
        self.forms.show_forms(view.forms, editable=True)
        self._card.setVisible(bool(view.school_code))
        self.elsewhere.show_begun(view.elsewhere)
        self.elsewhere.setVisible(bool(view.elsewhere))
        self._nothing.setVisible(not (view.school_code or view.schools or view.elsewhere))
        self.title_changed.emit()

    def _on_chosen(self, code: str) -> None:
        if code and code != self._code:
            self._code = code
            self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.all or changes.reference or changes.submissions):
            self.refresh()

    def _arrange(self) -> None:
        page = ScrollPage()
        page.fill(self)
        column = QVBoxLayout()
        column.setSpacing(space(4))
        for card in (self._choosing, self._card, self.elsewhere, self._nothing):
            card.setMaximumWidth(_WIDEST)
            column.addWidget(card)
        page.body.addLayout(column)
        page.body.addStretch(1)


class BegunCard(Card):
    """Drafts about other schools. `wanted` carries the BegunAboutSchool."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Begun and not finished"), parent=parent)
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(space(2))
        self.add(holder)

    def show_begun(self, begun: Sequence[BegunAboutSchool]) -> None:
        empty(self._lines)
        for one in begun:
            self._lines.addWidget(self._line(one))

    def _line(self, one: BegunAboutSchool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(one.school_name, Role.STRONG, wrap=True))
        said = _("{form} · last changed on {day}").format(form=one.title, day=phrases.day(one.saved_at.astimezone().date()))
        words.addWidget(Text(said, Role.SMALL_MUTED, tone=Tone.WARNING, wrap=True))
        row.addLayout(words, 1)
        go_on = buttons.small(_("Go on"))
        go_on.setAccessibleName(f"{go_on.text()} {one.title} {one.school_name}")
        go_on.clicked.connect(lambda: self.wanted.emit(one))
        row.addWidget(go_on)
        return holder
