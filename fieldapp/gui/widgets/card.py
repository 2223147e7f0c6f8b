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
    """Things one below the other in `body`, under an optional heading; `add_row` makes a list with hairlines from edge to edge."""

    def __init__(self, title: str = "", trailing: QWidget | None = None, padding: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._padding = padding
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        inside = QWidget(self)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(padding, padding - space(1), padding, padding - space(1))
        self.body.setSpacing(space(2))
        self._outer.addWidget(inside)
        self._inside = inside
        self._rows: list[QWidget] = []
        self._holds_body = False
        if title or trailing:
            self._add_head(title, trailing)
        inside.setVisible(self._holds_body)

    def add(self, widget: QWidget) -> None:
        self._holds_body = True
        self._inside.setVisible(True)
        self.body.addWidget(widget)

    def add_row(self, row: QWidget) -> None:
        """`row` under a hairline, indented like the body and with room above and below."""
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._rows or self._holds_body:
            column.addWidget(Divider(holder))
        padded = QHBoxLayout()
        padded.setContentsMargins(self._padding - space(1), space(3), self._padding - space(1), space(3))
        padded.addWidget(row)
        column.addLayout(padded)
        self._rows.append(holder)
        self._outer.addWidget(holder)

    def clear_rows(self) -> None:
        for row in self._rows:
            self._outer.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()

    def _add_head(self, title: str, trailing: QWidget | None) -> None:
        self._holds_body = True
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(Text(title, Role.HEADING), 1)
        if trailing:
            head.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
