"""One page of the guide, dressed for reading, with its pictures as wide as there is room for."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImageReader, QResizeEvent, QTextBlock, QTextCursor, QTextDocument, QTextFragment, QTextImageFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from fieldapp.gui.help.page_style import dress
from fieldapp.gui.help.topics import Topic

# What is around the page is frame enough.
_UNFRAMED = "QTextBrowser, QTextBrowser:focus { border: none; padding: 0; background: transparent; }"
_MARGIN = 12


class GuidePage(QTextBrowser):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic: Topic | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_UNFRAMED)
        self.setOpenLinks(False)

    def show_topic(self, topic: Topic, *, heading: str = "", word: str = "") -> None:
        """The page from this heading on, or from the first place that holds the word, else from its beginning."""
        self._topic = topic
        self.document().setBaseUrl(QUrl.fromLocalFile(str(topic.folder) + "/"))
        self.document().setMarkdown(topic.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        dress(self.document())
        self._fit_pictures()
        self.setAccessibleName(topic.title)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        if heading:
            self._go_to(heading)
        elif word and self.find(word):
            # With what stands before it, to be understood.
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _go_to(self, heading: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                return
            block = block.next()

    def _fit_pictures(self) -> None:
        if self._topic is None:
            return
        room = self.viewport().width() - 2 * _MARGIN
        block = self.document().begin()
        while block.isValid():
            for fragment in _fragments(block):
                shape = fragment.charFormat()
                if shape.isImageFormat():
                    picture = shape.toImageFormat()
                    wide = min(room, _width(self._topic.folder / picture.name()))
                    if wide > 0 and picture.width() != wide:
                        _set(self.document(), fragment.position(), picture, wide)
            block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def _width(file: Path) -> int:
    return QImageReader(str(file)).size().width()


def _set(document: QTextDocument, position: int, picture: QTextImageFormat, wide: int) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    picture.setWidth(wide)
    cursor.setCharFormat(picture)
