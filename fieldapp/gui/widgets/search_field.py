"""A line to search in, with the key that jumps to it written at its right end."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.tokens import SMALL


class SearchField(QLineEdit):
    """`textEdited` tells what a person types; Escape empties it."""

    def __init__(self, placeholder: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setProperty("variant", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._make_room)
        self._make_room()
        self.addAction(icon("search", current().muted, 18), QLineEdit.ActionPosition.LeadingPosition)

    def _make_room(self) -> None:
        """The hint must not stand in the placeholder."""
        self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(self._hint) if self._hint and not self.text() else 0, 0)

    def event(self, event: QEvent) -> bool:
        # Escape would otherwise be taken by a dialog around the field.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hint and not self.text() and not self.hasFocus():
            painter = QPainter(self)
            font = painter.font()
            font.setPixelSize(SMALL)
            painter.setFont(font)
            painter.setPen(QColor(current().muted))
            room = QRect(0, 0, self.width() - 14, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)
            painter.end()
