"""A line to search in, with the key that jumps to it written at its right end."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import SMALL, TARGET_SMALL
from fieldapp.gui.widgets.field_button import FieldButton
from fieldapp.texts import _

_GLASS, _GLASS_ROOM = 18, 34


class SearchField(QLineEdit):
    """`textEdited` tells what a person types; Escape empties it."""

    def __init__(self, placeholder: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setProperty("variant", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._empty = FieldButton(self, "close", _("Empty the search (Esc)"))
        self._empty.clicked.connect(self._on_empty)
        self.textChanged.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        """Neither the glass nor the hint nor the cross may stand in the text."""
        self._empty.setVisible(bool(self.text()))
        hint = self.fontMetrics().horizontalAdvance(self._hint) if self._hint else 0
        self.setTextMargins(_GLASS_ROOM, 0, TARGET_SMALL - 10 if self.text() else hint, 0)

    def _on_empty(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def event(self, event: QEvent) -> bool:
        # Escape would otherwise be taken by a dialog around the field.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape and self.text():
            self._on_empty()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(_GLASS_ROOM // 3, (self.height() - _GLASS) // 2, pixmap("search", current().muted, _GLASS))
        if self._hint and not self.text() and not self.hasFocus():
            font = painter.font()
            font.setPixelSize(SMALL)
            painter.setFont(font)
            painter.setPen(QColor(current().muted))
            room = QRect(0, 0, self.width() - 14, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)
        painter.end()
