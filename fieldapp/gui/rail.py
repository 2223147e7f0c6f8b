"""The rail at the left: the main screens, and at its foot settings and the lock."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from fieldapp.gui.navigation import SCREENS
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import RAIL_WIDTH, space
from fieldapp.gui.widgets.brand_mark import BrandMark
from fieldapp.texts import _


class RailButton(QToolButton):
    """Icon over label, with a number in its corner where something waits."""

    def __init__(self, icon: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = 0
        self.setProperty("variant", "rail")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIcon(QIcon(pixmap(icon, current().on_rail, 24)))
        self.setIconSize(QSize(24, 24))
        self.setText(label)
        self.setFixedSize(RAIL_WIDTH - space(3), 62)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The ring of the keyboard would stay on a button that was clicked.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_badge(self, count: int) -> None:
        if count != self._badge:
            self._badge = count
            self.setAccessibleDescription(_("{count} waiting").format(count=count) if count else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        words = str(self._badge) if self._badge < 100 else "99+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        width = max(18, painter.fontMetrics().horizontalAdvance(words) + 10)
        place = QRect(self.width() // 2 + 6, 4, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().accent))
        painter.drawRoundedRect(place, 9, 9)
        painter.setPen(QColor(current().on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class Rail(QFrame):
    """`chosen` carries a screen's key."""

    chosen = Signal(str)
    lock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(1) + 2, space(4) - 2, space(1) + 2, space(3))
        column.setSpacing(space(1))
        column.addWidget(BrandMark(44), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(space(3))
        self._buttons: dict[str, RailButton] = {}
        for number, entry in enumerate((entry for entry in SCREENS if entry.icon), start=1):
            column.addWidget(self._screen_button(entry.key, entry.icon, _(entry.label), f"Ctrl+{number}"))
        column.addStretch(1)
        column.addWidget(self._screen_button("settings", "settings", _("Settings"), "Ctrl+,"))
        lock = RailButton("lock", _("Lock"))
        lock.setToolTip(_("Lock ({key})").format(key="Ctrl+L"))
        lock.clicked.connect(self.lock_wanted)
        column.addWidget(lock)

    def show_current(self, key: str) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def button(self, key: str) -> RailButton:
        return self._buttons[key]

    def _on_clicked(self, key: str) -> None:
        self.chosen.emit(key)

    def _screen_button(self, key: str, icon: str, label: str, shortcut: str) -> RailButton:
        button = RailButton(icon, label)
        button.setCheckable(True)
        button.setToolTip(f"{label} ({shortcut})")
        button.clicked.connect(partial(self._on_clicked, key))
        self._buttons[key] = button
        return button
