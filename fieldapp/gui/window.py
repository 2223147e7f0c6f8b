"""The one window: it shows one stage at a time (unlock, first sign-in, or the shell) and forgets the one before; or a cover over it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QStackedLayout, QWidget

from fieldapp.gui.reading_order import go_on

SIZE = (1366, 768)
SMALLEST_SIZE = (960, 560)


@dataclass(frozen=True, slots=True)
class PutAway:
    """A dialog, and what makes it one again."""

    dialog: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    place: QRect

    def bring_back(self) -> None:
        self.dialog.setParent(self.parent, self.flags)
        self.dialog.setGeometry(self.place)
        self.dialog.show()


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._stages = QStackedLayout(self)
        self._stages.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*SIZE)
        self._stage: QWidget | None = None
        self._cover: QWidget | None = None
        self._title = ""
        # A window of its own that is never shown: what lies in it is on no screen and in no tree that a screen reader walks.
        self._drawer = QWidget(self, Qt.WindowType.Window)

    @property
    def stage(self) -> QWidget | None:
        return self._stage

    def show_stage(self, stage: QWidget, title: str) -> None:
        """The old stage is deleted, and with it everything that it shows."""
        old, self._stage, self._title = self._stage, stage, title
        for holder in (self, self._drawer):
            for dialog in holder.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
                # It was about what the old stage showed.
                dialog.hide()
                dialog.deleteLater()
        if self._cover is not None:
            self._put_into_drawer(stage)
        else:
            self._bring_forward(stage)
        if old is not None:
            self._stages.removeWidget(old)
            old.hide()
            old.deleteLater()

    def cover(self, cover: QWidget, title: str, icon: QIcon) -> None:
        """Show this instead of the stage, which stays as it is where nobody sees it."""
        self._cover = cover
        self._stages.addWidget(cover)
        self._stages.setCurrentWidget(cover)
        self.setWindowTitle(title)
        self.setWindowIcon(icon)
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child not in (cover, self._stage) and not child.isWindow():
                child.hide()
        if self._stage is not None:
            self._put_into_drawer(self._stage)

    def uncover(self) -> None:
        cover, self._cover = self._cover, None
        self.setWindowIcon(QIcon())
        if self._stage is not None:
            self._bring_forward(self._stage)
        if cover is not None:
            self._stages.removeWidget(cover)
            cover.hide()
            cover.deleteLater()

    def put_away(self, dialog: QWidget) -> PutAway:
        """Into the drawer, with what was typed into it."""
        parent = dialog.parentWidget()
        put_away = PutAway(dialog, self if parent is self._drawer else parent, dialog.windowFlags(), dialog.geometry())
        dialog.hide()
        dialog.setParent(self._drawer, Qt.WindowType.Widget)
        return put_away

    def appear(self) -> None:
        """On a small screen the window takes all of it."""
        if self.screen().availableGeometry().width() <= SIZE[0]:
            self.showMaximized()
        else:
            self.show()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Where Tab and Shift+Tab end up, from wherever in the window they were pressed."""
        return go_on(self, forward=forward)

    def _put_into_drawer(self, stage: QWidget) -> None:
        self._stages.removeWidget(stage)
        stage.setParent(self._drawer)

    def _bring_forward(self, stage: QWidget) -> None:
        self._stages.addWidget(stage)
        self._stages.setCurrentWidget(stage)
        self.setWindowTitle(self._title)
        stage.setFocus(Qt.FocusReason.OtherFocusReason)
