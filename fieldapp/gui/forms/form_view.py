"""The whole form: its pages at the left, the open one at the right, the way back, on and to the end below; at the end what is missing.

It knows the session only by its bridge, and asks nobody: `answered` says that there is something to keep.
"""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.forms import ChangeSet, Problem
from fieldapp.forms.sensitive import is_sensitive
from fieldapp.gui.forms import wording
from fieldapp.gui.forms.blocks import Blocks
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.forms.editors.picture import PictureAnswer
from fieldapp.gui.forms.label import Label
from fieldapp.gui.forms.languages import LanguageChoice
from fieldapp.gui.forms.page_list import PageList
from fieldapp.gui.forms.paging import Page, pages
from fieldapp.gui.theme.tokens import TARGET, Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.drop_zone import pictures_in
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

_LIST_WIDTH = 250
# In a window of 1366 px at 125 % tables need the room more.
_SMALL_LIST_WIDTH, _NARROW = 180, 1_080


class FormView(QWidget):
    """`answered`: something is to be kept, `typed` where more of it may come. `finish_wanted`: nothing is missing and the person is done.
    `shows_sensitive`: else questions that the form calls sensitive are left out."""

    answered = Signal(bool)
    finish_wanted = Signal()
    page_changed = Signal(int)

    def __init__(self, bridge: FormBridge, today: dt.date, *, shows_sensitive: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._today = today
        self._shows_sensitive = shows_sensitive
        self._pages = [page for page in pages(bridge.session.definition) if self._may_show(page)]
        self._built: dict[int, ScrollPage] = {}
        self._blocks: dict[int, Blocks] = {}
        self._titles: dict[int, Label] = {}
        self._at = 0
        self.list = PageList()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.chosen.connect(self.open_page)
        self.languages = LanguageChoice(bridge.session)
        self.languages.chosen.connect(self._speak)
        if self.languages.several:
            self.list.foot.insertWidget(0, self.languages)
        self._stack = QStackedWidget()
        self._end = ScrollPage(margin=space(6), spacing=space(4))
        self._stack.addWidget(self._end)
        self.back, self.next, self.finish = buttons.plain(_("Step back")), buttons.primary(_("Next")), buttons.primary(_("Finish the form"))
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        self.finish.clicked.connect(self._on_finish)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self.paste)
        bridge.changed.connect(self._on_changed)
        bridge.answered.connect(lambda _path, typed: self.answered.emit(typed))
        self.open_page(self._shown()[0] if self._shown() else len(self._pages))

    @property
    def pages(self) -> int:
        """How many there are, those that do not apply now among them."""
        return len(self._pages)

    @property
    def page(self) -> int:
        """Which page is open; the one behind the last is the end."""
        return self._at

    def blocks(self, number: int) -> Blocks:
        """The page's blocks, made when it is first opened."""
        self._build(number)
        return self._blocks[number]

    def open_page(self, number: int) -> None:
        self._at = min(max(number, 0), len(self._pages))
        if self._at == len(self._pages):
            self._show_end()
            self._stack.setCurrentWidget(self._end)
        else:
            self._build(self._at)
            self._stack.setCurrentWidget(self._built[self._at])
        self._show_list()
        self.back.setEnabled(self._neighbour(-1) is not None)
        at_end = self._at == len(self._pages)
        self.next.setVisible(not at_end)
        self.finish.setVisible(at_end)
        self.page_changed.emit(self._at)

    def point_at(self, path: str) -> None:
        """Open the page of this question and put the keyboard there; from now on what is wrong with it is told."""
        generic = _generic(path)
        for number, page in enumerate(self._pages):
            if any(generic == one or generic.startswith(f"{one}/") for one in _paths(page)):
                self.bridge.leave(path)
                self.open_page(number)
                found = self.blocks(number).point_at(path)
                if found is not None:
                    self._built[number].ensureWidgetVisible(found)
                return

    def flush(self) -> None:
        """Whatever a person gave is told now."""
        for one in self._editors():
            if one.answer is not None:
                one.answer.flush()

    def paste(self) -> None:
        """Into the picture question that has the keyboard, or the first on the page that has no picture."""
        sources = pictures_in(QGuiApplication.clipboard().mimeData())
        answers = [
            one.answer for one in self._editors() if isinstance(one.answer, PictureAnswer) and one.isVisible() and one.answer.isEnabled()
        ]
        keyboard = self.focusWidget()
        focused = [one for one in answers if keyboard is not None and one.isAncestorOf(keyboard)]
        for answer in (focused or [one for one in answers if one.is_empty])[:1] if sources else ():
            answer.take(sources)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(_LIST_WIDTH if event.size().width() >= _NARROW else _SMALL_LIST_WIDTH)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(space(6), space(3), space(6), space(3))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        foot.addWidget(self.finish)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)

    def _build(self, number: int) -> None:
        if number in self._built:
            return
        page = self._pages[number]
        scroll = ScrollPage(margin=space(6), spacing=space(5))
        title = self._title(page)
        if page.path and self.bridge.session.label(page.path):
            self._titles[number] = Label(title, Role.TITLE, wrap=True)
            scroll.body.addWidget(self._titles[number])
        blocks = Blocks(self.bridge, page.controls, self._today, scroll)
        scroll.body.addWidget(blocks)
        scroll.body.addStretch(1)
        self._built[number], self._blocks[number] = scroll, blocks
        self._stack.addWidget(scroll)

    def _on_changed(self, changes: ChangeSet) -> None:
        for blocks in self._blocks.values():
            blocks.apply(changes)
        if changes.relevance or changes.validity or changes.values or changes.required or changes.repeats:
            self._show_list()

    def _editors(self) -> list[Editor]:
        """Of the open page."""
        return list(self._blocks[self._at].editors()) if self._at in self._blocks else []

    def _speak(self, language: str) -> None:
        self.bridge.session.language = language
        for number, blocks in self._blocks.items():
            blocks.refresh()
            if number in self._titles:
                self._titles[number].setText(self._title(self._pages[number]))
        self.open_page(self._at)

    def _show_list(self) -> None:
        missing = {_generic(problem.where) for problem in self._problems()}
        lines = []
        for number in self._shown():
            page = self._pages[number]
            title = self._title(page)
            count = sum(1 for path in missing if any(path == one or path.startswith(f"{one}/") for one in _paths(page)))
            lines.append((number, title or _("Questions"), count))
        self.list.show_pages(lines, self._at, len(self._pages))

    def _shown(self) -> list[int]:
        session = self.bridge.session
        return [
            number
            for number, page in enumerate(self._pages)
            if all(session.is_relevant(path) for path in (*page.above, page.path) if path)
            and (page.path or any(session.is_relevant(one.path) for one in page.controls if one.path))
        ]

    def _neighbour(self, by: int) -> int | None:
        stops = [*self._shown(), len(self._pages)]
        beyond = [stop for stop in stops if (stop > self._at if by > 0 else stop < self._at)]
        return (beyond[0] if by > 0 else beyond[-1]) if beyond else None

    def _go(self, by: int) -> None:
        if self._at < len(self._pages):
            self.blocks(self._at).leave()
        wanted = self._neighbour(by)
        if wanted is not None:
            self.open_page(wanted)

    def _on_finish(self) -> None:
        if self._problems():
            self._show_end()
        else:
            self.finish_wanted.emit()

    def _show_end(self) -> None:
        empty(self._end.body)
        problems = self._problems()
        self._end.body.addWidget(Text(_("Before it is finished"), Role.TITLE))
        if not problems:
            self._end.body.addWidget(Text(_("Nothing is missing. Finished forms are sent to the district at the next sync."), wrap=True))
        else:
            count = len(problems)
            said = ngettext("One answer is still to be given or mended:", "{count} answers are still to be given or mended:", count)
            self._end.body.addWidget(Text(said.format(count=count), wrap=True, tone=Tone.DANGER))
            for problem in problems:
                self._end.body.addWidget(self._way_to(problem))
        self._end.body.addStretch(1)

    def _title(self, page: Page) -> str:
        """The words of its group, else of the first question in it that has some."""
        session = self.bridge.session
        for path in (page.path, *(one.path for one in page.controls)):
            if path and session.is_relevant(path) and (label := session.label(path)):
                return wording.plain(label)
        return ""

    def _way_to(self, problem: Problem) -> QWidget:
        label = wording.plain(self.bridge.session.label(problem.where)) or problem.where.rpartition("/")[2]
        words = f"{label}: {wording.problem(problem)}"
        link = PressableRow()
        link.setAccessibleName(words)
        row = QVBoxLayout(link)
        row.setContentsMargins(space(2), space(2), space(2), space(2))
        row.addWidget(Text(words, Role.LINK, wrap=True))
        link.setMinimumHeight(TARGET)
        link.pressed.connect(lambda: self.point_at(problem.where))
        return link

    def _problems(self) -> list[Problem]:
        """What is missing or wrong, of what this person may see."""
        session = self.bridge.session
        return [one for one in session.validate() if self._shows_sensitive or not is_sensitive(session.definition, one.where)]

    def _may_show(self, page: Page) -> bool:
        paths = [page.path] if page.path else [one.path for one in page.controls]
        return self._shows_sensitive or not any(is_sensitive(self.bridge.session.definition, path) for path in paths)


def _generic(path: str) -> str:
    return "/".join(part.partition("[")[0] for part in path.split("/"))


def _paths(page: Page) -> list[str]:
    return [page.path] if page.path else [one.path for one in page.controls]
