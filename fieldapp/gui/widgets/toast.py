"""A word at the foot of the window that goes by itself: something was done. Never for an error."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import RADIUS, TARGET, space
from fieldapp.gui.widgets.text import Text

_STAYS_MS = 4_500


class Toast(QFrame):
    """`say` replaces the one that may still be there."""

    def __init__(self, window: QWidget, text: str) -> None:
        super().__init__(window)
        self._window = window
        tokens = current()
        self.setObjectName("toast")
        self.setStyleSheet(
            f"#toast {{ background: {tokens.rail}; border: 1px solid {tokens.rail_active}; border-radius: {RADIUS}px; }}"
            f"#toast QLabel {{ color: {tokens.on_rail}; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(space(5), space(1), space(3), space(1))
        row.addWidget(Text(text))
        self.setMinimumHeight(TARGET)
        window.installEventFilter(self)
        QTimer.singleShot(_STAYS_MS, self, self.deleteLater)

    @staticmethod
    def say(window: QWidget, text: str) -> None:
        for old in window.findChildren(Toast):
            old.deleteLater()
        toast = Toast(window, text)
        toast._place()
        toast.show()
        toast.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - space(6))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
