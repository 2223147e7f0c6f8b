"""Several of many choices: a list to search in and tick, which stays as light with a thousand."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QScroller, QVBoxLayout, QWidget

from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

_HEIGHT = 300
_VALUE = Qt.ItemDataRole.UserRole


class LongListAnswer(AnswerWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: list[str] = []
        self._options: list[tuple[str, str]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Type to search"))
        self.list = QListWidget()
        self.list.setProperty("role", "choices")
        self.list.setUniformItemSizes(True)
        self.list.setFixedHeight(_HEIGHT)
        QScroller.grabGesture(self.list.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.count = Text("", Role.SMALL_MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        for widget in (self.search, self.list, self.count):
            column.addWidget(widget)
        self.search.textChanged.connect(self._on_searched)
        self.list.itemChanged.connect(lambda _item: self._on_ticked())
        self.watch(self.list)
        self.setFocusProxy(self.search)

    def show_options(self, options: list[tuple[str, str]]) -> None:
        if options == self._options:
            return
        self._options = options
        self.list.blockSignals(True)
        self.list.clear()
        for value, label in options:
            item = QListWidgetItem(label)
            item.setData(_VALUE, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(_state(value in self._chosen))
            item.setSizeHint(QSize(0, TARGET - 4))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._on_searched(self.search.text())

    def show_answer(self, text: str) -> None:
        if text.split() != self._chosen:
            self._chosen = text.split()
            self.list.blockSignals(True)
            for item in self.items():
                item.setCheckState(_state(item.data(_VALUE) in self._chosen))
            self.list.blockSignals(False)
        self._say_count()

    def items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _on_searched(self, text: str) -> None:
        sought = text.strip().casefold()
        for item in self.items():
            item.setHidden(bool(sought) and sought not in item.text().casefold())

    def _on_ticked(self) -> None:
        self._chosen = [str(item.data(_VALUE)) for item in self.items() if item.checkState() is Qt.CheckState.Checked]
        self._say_count()
        self.answered.emit(" ".join(self._chosen), False)

    def _say_count(self) -> None:
        count = len(self._chosen)
        self.count.setText(ngettext("{count} chosen", "{count} chosen", count).format(count=count))


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
