"""One page of the guide over whatever is open, so that nobody loses their place for reading it. Works before sign-in, too."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fieldapp.gui.help.page import GuidePage
from fieldapp.gui.help.topics import topic_of
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.texts import _, language

_SIZE = QSize(720, 560)


class GuideDialog(QDialog):
    """`place` is `page` or `page#section`; raises KeyError where there is no such page."""

    def __init__(self, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        found = topic_of(language(), place)
        if found is None:
            raise KeyError(place)
        topic, heading = found
        self.setWindowTitle(topic.title)
        self.page = GuidePage()
        self.close_button = buttons.primary(_("Close"))
        self.close_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        column.addWidget(self.page, 1)
        column.addWidget(self.close_button)
        self.resize(_SIZE.boundedTo(parent.window().size()))
        self._topic, self._heading = topic, heading

    def showEvent(self, event: QShowEvent) -> None:
        """Where a heading stands is known when the page has its width."""
        super().showEvent(event)
        self.page.show_topic(self._topic, heading=self._heading)
