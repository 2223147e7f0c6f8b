"""A dialog that may hold more than a low screen shows: then what it says scrolls, and the buttons at its foot stay in sight."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.scroll_page import ScrollPage

# The bar with the title, and a little of what lies under the dialog.
_AROUND = 48


def room_for(dialog: QWidget) -> int:
    """How high a dialog can be on this screen, in logical pixels."""
    return dialog.screen().availableGeometry().height() - _AROUND


class TallDialog(QDialog):
    """Put what is said into `body` and the buttons into `foot`."""

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self._page = ScrollPage(margin=0, spacing=space(3))
        self._page.body.setContentsMargins(0, 0, space(3), 0)
        self._page.take_keyboard(title)
        self.body = self._page.body
        self.foot = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(3), space(5))
        column.setSpacing(space(3))
        column.addWidget(self._page, 1)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, space(3), 0)
        holder.addLayout(self.foot)
        column.addLayout(holder)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as all of it, if the screen allows."""
        super().showEvent(event)
        inside = self._page.content
        for each in inside.findChildren(QWidget):
            # Until it is dressed a text tells the height of another type.
            each.ensurePolished()
        self.body.invalidate()
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        said = inside.heightForWidth(inside.width()) if inside.hasHeightForWidth() else inside.sizeHint().height()
        around = margins.top() + margins.bottom() + layout.spacing() + self.foot.totalSizeHint().height()
        self.resize(self.width(), min(said + around, room_for(self)))
