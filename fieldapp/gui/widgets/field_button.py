"""A button inside a field, at its right end: as high as the field and wide enough for a finger, which Qt's own are not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.tokens import TARGET_SMALL

_ICON = 16


class FieldButton(QToolButton):
    """The text keeps clear of it. `by_keyboard`: the Tab key stops at it; else a key of the field does the same."""

    def __init__(self, field: QLineEdit, name: str, words: str, *, by_keyboard: bool = False) -> None:
        super().__init__(field)
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if by_keyboard else Qt.FocusPolicy.NoFocus)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.describe(name, words)
        margins = field.textMargins()
        margins.setRight(margins.right() + TARGET_SMALL - 12)
        field.setTextMargins(margins)
        field.installEventFilter(self)
        self._keep_to_the_end()

    def describe(self, name: str, words: str) -> None:
        """Its icon, and what it does."""
        self.setIcon(icon(name, current().muted))
        self.setToolTip(words)
        self.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._keep_to_the_end()
        return False

    def _keep_to_the_end(self) -> None:
        self.setGeometry(self._field.width() - TARGET_SMALL - 1, 0, TARGET_SMALL, self._field.height())
