"""A white panel with rounded corners: the ground on which everything stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.text import Role, Text


class Divider(QFrame):
    """A hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "divider")
        self.setFixedHeight(1)


class Card(QFrame):
    """Things one below the other in `body`, under an optional heading; `add_list` below them, from edge to edge."""

    def __init__(self, title: str = "", trailing: QWidget | None = None, padding: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        inside = QWidget(self)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(padding, padding - space(1), padding, padding - space(1))
        self.body.setSpacing(space(2))
        self._outer.addWidget(inside)
        self._inside = inside
        self._holds_body = False
        if title or trailing:
            self._add_head(title, trailing)
        inside.setVisible(self._holds_body)

    def add(self, widget: QWidget) -> None:
        self._holds_body = True
        self._inside.setVisible(True)
        self.body.addWidget(widget)

    def add_list(self, rows: QWidget) -> None:
        """Rows that bring their own distance from the edge, under a hairline where something stands above them."""
        if self._holds_body:
            self._outer.addWidget(Divider(self))
        self._outer.addWidget(rows)

    def _add_head(self, title: str, trailing: QWidget | None) -> None:
        self._holds_body = True
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(Text(title, Role.HEADING), 1)
        if trailing:
            head.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
