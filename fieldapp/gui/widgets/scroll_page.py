"""A page whose content may be taller than the window; it scrolls up and down only, by wheel, key and finger."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space


class _Content(QWidget):
    """As high as what it holds needs at the width that it has. A scroll area would give it what wrapped texts need at their narrowest, and
    an empty stretch would lie below them."""

    def minimumSizeHint(self) -> QSize:
        hint, layout = super().minimumSizeHint(), self.layout()
        return QSize(hint.width(), 0) if layout is not None and layout.hasHeightForWidth() else hint


class ScrollPage(QScrollArea):
    """Put things into `body`."""

    def __init__(self, margin: int = 24, spacing: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The keys that scroll reach it from whatever is in it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = _Content()
        self.content.setProperty("role", "scroll")
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(margin, margin - space(1), margin, margin)
        self.body.setSpacing(spacing)
        self.setWidget(self.content)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def take_keyboard(self, name: str) -> None:
        """For a page in which nothing takes the keyboard: the Tab key stops at the page itself, and the name is read out."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)

    def fill(self, holder: QWidget) -> None:
        """Become all that the holder shows."""
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self)
