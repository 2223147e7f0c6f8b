"""The one window: it shows one stage at a time (unlock, first sign-in, or the shell) and forgets the one before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

SIZE = (1366, 768)
SMALLEST_SIZE = (960, 560)


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._stages = QStackedLayout(self)
        self._stages.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*SIZE)

    @property
    def stage(self) -> QWidget | None:
        return self._stages.currentWidget()

    def show_stage(self, stage: QWidget) -> None:
        """The old stage is deleted, and with it everything that it shows."""
        old = self._stages.currentWidget()
        self._stages.addWidget(stage)
        self._stages.setCurrentWidget(stage)
        if old is not None:
            self._stages.removeWidget(old)
            old.hide()
            old.deleteLater()
        stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def appear(self) -> None:
        """On a small screen the window takes all of it."""
        if self.screen().availableGeometry().width() <= SIZE[0]:
            self.showMaximized()
        else:
            self.show()
