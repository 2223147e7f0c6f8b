"""ช่วยเหลือ: short pages that are there without a signal, found by any word in them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.help.page import GuidePage
from fieldapp.gui.help.topics import Topic, search, topic_of, topics
from fieldapp.gui.letters.guide import set_guide
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.where import ask_for_pdf, write_paper
from fieldapp.gui.navigation import Clock, Destination, OpenHelp, OpenPractice, Screen
from fieldapp.gui.screens.help.numbers import NumbersDialog
from fieldapp.gui.screens.help.topic_delegate import EXCERPT, TopicDelegate
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import danger, link
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.search_field import SearchField
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, language

if TYPE_CHECKING:
    from fieldapp.client import Client

_LIST = 340
_LIST_NARROW = 270
_NARROW = 1100


class HelpScreen(Screen):
    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(client, tasks, changes, clock, parent)
        self.field = SearchField(_("Search the help"))
        self.field.textChanged.connect(self._on_words)
        self.list = QListWidget()
        self.list.setItemDelegate(TopicDelegate(self.list))
        self.list.setAccessibleName(_("Help pages"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_chosen)
        self._nothing = Text(_("No page holds these words. Try a shorter one."), Role.MUTED, wrap=True)
        self._nothing.setContentsMargins(space(4), space(2), space(4), space(2))
        self.page = GuidePage()
        self.numbers = danger(_("Telephone numbers of help"))
        self.numbers.clicked.connect(self._on_numbers)
        self.practise = link(_("Practise with invented children"))
        self.practise.clicked.connect(lambda: self.navigate.emit(OpenPractice()))
        self.save = link(_("Save the guide as PDF"))
        self.save.clicked.connect(lambda: self.save_to(ask_for_pdf(self, _("User guide"))))
        self.message = Message()
        self._arrange()
        self._fill("")

    def title(self) -> str:
        return _("Help")

    def arrive(self, destination: Destination) -> None:
        """`topic` is the page's file name without its number, with or without the name of a section: received, problems#offline, ..."""
        found = topic_of(language(), destination.topic) if isinstance(destination, OpenHelp) and destination.topic else None
        if found is None:
            return
        topic, heading = found
        self.field.clear()
        for line in range(self.list.count()):
            if self.list.item(line).data(Qt.ItemDataRole.UserRole) == topic:
                self.list.setCurrentRow(line)
        self.page.show_topic(topic, heading=heading)

    def refresh(self) -> None:
        """The pages do not change while the app runs."""

    def shown_topic(self) -> Topic | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def save_to(self, path: Path | None) -> None:
        """The whole guide, in the language of the app; None where the person left it."""
        if path is not None:
            content = as_pdf(set_guide(topics(language())), _("User guide"))
            write_paper(path, content, self.message, _("It holds nothing of any child."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._side.setFixedWidth(_LIST_NARROW if self.width() < _NARROW else _LIST)
        super().resizeEvent(event)

    def _on_numbers(self) -> None:
        NumbersDialog(self.client.help_lines.known, self).open()

    def _on_words(self, words: str) -> None:
        self._fill(words)

    def _fill(self, words: str) -> None:
        chosen = self.shown_topic()
        self.list.clear()
        found = search(language(), words)
        for each in found:
            item = QListWidgetItem(each.topic.title)
            item.setData(Qt.ItemDataRole.UserRole, each.topic)
            item.setData(EXCERPT, each.excerpt)
            self.list.addItem(item)
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        kept = [line for line, each in enumerate(found) if each.topic == chosen]
        self.list.setCurrentRow(kept[0] if kept else 0)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item:
            topic: Topic = item.data(Qt.ItemDataRole.UserRole)
            self.page.show_topic(topic, word=self.field.text().split()[0] if self.field.text().strip() else "")

    def _arrange(self) -> None:
        columns = QHBoxLayout(self)
        columns.setContentsMargins(space(6), space(5), space(6), space(6))
        columns.setSpacing(space(4))
        self._side = QFrame()
        self._side.setProperty("role", "card")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(1, space(4), 1, space(2))
        side.setSpacing(space(2))
        padded = QHBoxLayout()
        padded.setContentsMargins(space(4), 0, space(4), 0)
        padded.addWidget(self.field)
        side.addLayout(padded)
        calling = QHBoxLayout()
        calling.setContentsMargins(space(4), 0, space(4), 0)
        calling.addWidget(self.numbers)
        side.addLayout(calling)
        side.addWidget(self._nothing)
        side.addWidget(self.list, 1)
        for each in (self.practise, self.save):
            side.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(0)
        reading = Card()
        reading.add(self.message)
        reading.add(self.page)
        columns.addWidget(self._side)
        columns.addWidget(reading, 1)
