"""The touch target for hiding everything: in the top bar, and in the corner of each dialog, since a dialog keeps fingers from the bar."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QDialog, QToolButton, QWidget

from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.texts import _


class HideButton(QToolButton):
    """In a dialog it keeps to the upper right corner by itself; elsewhere a layout places it."""

    def __init__(self, dialog: QDialog | None = None) -> None:
        super().__init__(dialog)
        self.setIcon(icon("eye-off"))
        self.setIconSize(QSize(22, 22))
        self.setFixedSize(TARGET, TARGET)
        self.setToolTip(_("Hide the screen ({key})").format(key="F9"))
        self.setAccessibleName(_("Hide the screen"))
        if dialog is not None:
            dialog.installEventFilter(self)
            self._keep_to_corner(dialog)
            self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._keep_to_corner(watched)
        return False

    def _keep_to_corner(self, dialog: QWidget) -> None:
        self.move(dialog.width() - TARGET - space(1), space(1))
        self.raise_()


def room_for_it(dialog: QDialog) -> None:
    """Nothing of the dialog lies under the button."""
    layout = dialog.layout()
    if layout is not None:
        margins = layout.contentsMargins()
        margins.setTop(max(margins.top(), TARGET + space(2)))
        layout.setContentsMargins(margins)
