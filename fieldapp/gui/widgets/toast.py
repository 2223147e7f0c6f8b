"""A word at the foot of the window that goes by itself: something was done. Never for an error."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import RADIUS, TARGET, space
from fieldapp.gui.widgets.buttons import link
from fieldapp.gui.widgets.text import Text

_STAYS_MS = 4_500


class Toast(QFrame):
    """`say` replaces the one that may still be there."""

    acted = Signal()

    def __init__(self, window: QWidget, text: str, action: str = "") -> None:
        super().__init__(window)
        self._window = window
        tokens = current()
        self.setObjectName("toast")
        self.setStyleSheet(
            f"#toast {{ background: {tokens.rail}; border: 1px solid {tokens.rail_active}; border-radius: {RADIUS}px; }}"
            f"#toast QLabel {{ color: {tokens.on_rail}; }}"
            f"#toast QPushButton {{ color: {tokens.accent}; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(space(5), space(1), space(3), space(1))
        row.setSpacing(space(3))
        row.addWidget(Text(text))
        self.setMinimumHeight(TARGET)
        if action:
            button = link(action)
            button.clicked.connect(self.acted)
            button.clicked.connect(self.deleteLater)
            row.addWidget(button)
        window.installEventFilter(self)
        QTimer.singleShot(_STAYS_MS, self, self.deleteLater)

    @staticmethod
    def say(window: QWidget, text: str, action: str = "") -> "Toast":
        for old in window.findChildren(Toast):
            old.deleteLater()
        toast = Toast(window, text, action)
        toast._place()
        toast.show()
        toast.raise_()
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - space(6))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
