"""Buttons in their few variants. A screen has at most one primary button in sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import LEADING_SIZE, leading_icon
from fieldapp.gui.theme.icons import icon as drawn


def primary(text: str, icon: str = "") -> QPushButton:
    return _button(text, "primary", icon, current().on_primary)


def plain(text: str, icon: str = "") -> QPushButton:
    return _button(text, "plain", icon, current().text)


def small(text: str, icon: str = "") -> QPushButton:
    """For rows of a list where the full height would crowd; still enough for a finger."""
    return _button(text, "small", icon, current().text)


def danger(text: str) -> QPushButton:
    return _button(text, "danger", "", current().danger)


def link(text: str, icon: str = "") -> QPushButton:
    return _button(text, "link", icon, current().primary_text)


def tool(icon: str, tooltip: str) -> QToolButton:
    """An icon alone; the tool tip is also its name for screen readers."""
    button = QToolButton()
    button.setIcon(drawn(icon))
    button.setIconSize(QSize(20, 20))
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _button(text: str, variant: str, icon: str, colour: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("variant", variant)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    if icon:
        button.setIcon(leading_icon(icon, colour))
        button.setIconSize(QSize(*LEADING_SIZE))
    return button
