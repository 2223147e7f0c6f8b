"""Progress of something a person may wait for: what, how many, how much is left, and a way to stop that loses nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import plain
from fieldapp.gui.widgets.text import Role, Text

_SCALE = 10_000


class ProgressStrip(QWidget):
    cancelled = Signal()

    def __init__(self, cancel_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        column = QVBoxLayout()
        column.setSpacing(space(1))
        self._title = Text("", Role.HEADING, wrap=True)
        self._detail = Text("", Role.MUTED, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(space(2))
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        self._cancel = plain(cancel_text)
        self._cancel.clicked.connect(self.cancelled)
        row.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        if not cancel_text:
            self._cancel.hide()

    def show_progress(self, title: str, detail: str, done: int, total: int) -> None:
        """`total` 0: it is not known yet how much there is."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._bar.setRange(0, _SCALE if total else 0)
        # Byte counts do not fit into the bar's 32 bits.
        self._bar.setValue(done * _SCALE // total if total else 0)
        self._bar.setAccessibleName(title)

    @property
    def share(self) -> float | None:
        """How much is done, None where that is not known."""
        return self._bar.value() / _SCALE if self._bar.maximum() else None

    def set_cancel_enabled(self, enabled: bool) -> None:
        self._cancel.setEnabled(enabled)
